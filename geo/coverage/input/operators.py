"""What networks are called: technologies, and operators by their country and network code.

Names of the codes of Viet Nam are those of the list of ITU-T Recommendation E.212 that is annexed
to the ITU Operational Bulletin, in the copy that Wireshark keeps of it
(epan/dissectors/packet-e212.c at 79bf77a70942). Any other stays a bare code such as "452-03".
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from geo.coverage.ground import Bools, Ints, Texts
from geo.coverage.input.columns import key

MCC_VIET_NAM: Final = 452
_BETWEEN: Final = re.compile(r"[/,;+&|\s]+")
OPERATORS: Final = {
    **{1: "MobiFone", 2: "VinaPhone", 4: "Viettel", 5: "Vietnamobile", 7: "Gmobile"},
    **{8: "I-Telecom", 9: "REDDI"},
}
_TECHNOLOGIES: Final = {
    "": "",
    **dict.fromkeys(("2g", "gsm", "gprs", "edge"), "2G"),
    **dict.fromkeys(("3g", "umts", "wcdma", "hspa", "hsdpa"), "3G"),
    **dict.fromkeys(("4g", "lte", "ltea"), "4G"),
    **dict.fromkeys(("5g", "nr", "5gnr"), "5G"),
    "cdma": "CDMA",
    "nbiot": "NB-IoT",
}
TECHNOLOGIES: Final = ("2G", "3G", "4G", "5G", "CDMA", "NB-IoT", "")


def each_technology(cells: Texts) -> tuple[Ints, Texts]:
    """Take apart cells that name several technologies, such as "2G/3G/4G".

    Returns
    -------
    row
        Index of the cell, once for each technology it names.
    technology
        What it names; the whole cell where not all of its parts are known.
    """
    known: dict[str, list[str]] = {}
    for cell in set(cells):
        parts = [part for part in _BETWEEN.split(cell) if part]
        whole = len(parts) < 2 or any(key(part) not in _TECHNOLOGIES for part in parts)
        known[cell] = [cell] if whole else list(dict.fromkeys(parts))
    counts = np.array([len(known[cell]) for cell in cells], dtype=np.int64)
    row = np.repeat(np.arange(len(cells)), counts)
    return row, np.array([part for cell in cells for part in known[cell]], dtype=object)


def technologies(cells: Texts) -> tuple[Texts, Bools]:
    """Name the technologies of a column.

    Returns
    -------
    names
        "2G" to "5G", "CDMA", "NB-IoT"; "" where the cell is empty.
    bad
        Where a cell names none of them.
    """
    known = {cell: _TECHNOLOGIES.get(key(cell)) for cell in set(cells)}
    names = [known[cell] for cell in cells]
    bad = np.array([name is None for name in names], dtype=bool)
    return np.array([name or "" for name in names], dtype=object), bad


def operator(mcc: int, mnc: int) -> str:
    """Name an operator by its codes.

    Examples
    --------
    >>> operator(452, 4), operator(452, 3)
    ('Viettel', '452-03')
    """
    if mcc == MCC_VIET_NAM and mnc in OPERATORS:
        return OPERATORS[mnc]
    return f"{mcc}-{mnc:02d}"


def operator_name(cell: str) -> str:
    """Write the name of an operator the one way, whatever capitals a file has."""
    for name in OPERATORS.values():
        if key(cell) == key(name):
            return name
    return cell


def operator_order(name: str) -> tuple[int, str]:
    """Order operators by their network code, those without one that is known last by name.

    Examples
    --------
    >>> sorted(["Viettel", "A", "VinaPhone"], key=operator_order)
    ['VinaPhone', 'Viettel', 'A']
    """
    codes = {name: code for code, name in OPERATORS.items()}
    return codes.get(name, max(OPERATORS) + 1), name
