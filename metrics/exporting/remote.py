"""Lines that read the rows of an address in other programs."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import Final

from metrics.exporting.snippet import reading
from metrics.observations import NUMBER_COLUMNS

PROGRAMS: Final = ("pandas", "R", "Excel (Power Query)", "Google Sheets", "curl")


def remote(address: str, numbers: Sequence[str] = NUMBER_COLUMNS) -> Mapping[str, str]:
    """Write, for each program, what reads the CSV file at an address.

    Codes are read as texts, what is missing as missing.

    Parameters
    ----------
    address
        Whole, and encoded as addresses are.
    numbers
        Its columns of numbers.
    """
    written = (_pandas, _r, _power_query, _sheets, _curl)
    return {name: write(address, numbers) for name, write in zip(PROGRAMS, written, strict=True)}


def _pandas(address: str, numbers: Sequence[str]) -> str:
    return "\n".join([*reading(address, numbers), ""])


def _r(address: str, numbers: Sequence[str]) -> str:
    columns = ", ".join(f'"{name}"' for name in numbers)
    return "\n".join(
        [
            f'rows <- read.csv("{address}", colClasses = "character",',
            '                 na.strings = "", encoding = "UTF-8")',
            f"for (name in c({columns})) rows[[name]] <- as.numeric(rows[[name]])",
            "",
        ]
    )


def _power_query(address: str, numbers: Sequence[str]) -> str:
    columns = ", ".join(f'"{name}"' for name in numbers)
    types = ", ".join(f'{{"{name}", type number}}' for name in numbers)
    return "\n".join(
        [
            "let",
            f'    File = Web.Contents("{address}"),',
            '    Parsed = Csv.Document(File, [Delimiter = ",", Encoding = 65001]),',
            "    Rows = Table.PromoteHeaders(Parsed, [PromoteAllScalars = true]),",
            "    Blank = Table.ReplaceValue("
            f'Rows, "", null, Replacer.ReplaceValue, {{{columns}}}),',
            f'    Typed = Table.TransformColumnTypes(Blank, {{{types}}}, "en-US")',
            "in",
            "    Typed",
            "",
        ]
    )


def _sheets(address: str, _: Sequence[str]) -> str:
    return f'=IMPORTDATA("{address}"; ","; "en_US")\n'


def _curl(address: str, _: Sequence[str]) -> str:
    return f"curl -fsS {shlex.quote(address)} -o atlas06.csv\n"
