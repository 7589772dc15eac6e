"""What a table says of its units, above it or in a heading, and what that makes of its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

_TIMES: Final = {
    "trăm": 100, "nghìn": 1_000, "ngàn": 1_000, "vạn": 10_000, "triệu": 1_000_000,
    "tỷ": 1_000_000_000, "tỉ": 1_000_000_000,
    "thousand": 1_000, "thous.": 1_000, "million": 1_000_000, "mill.": 1_000_000,
    "billion": 1_000_000_000, "bill.": 1_000_000_000,
}  # fmt: skip
# "1.000 đồng", "1000 người", "x1000".
_TIMES_IN_DIGITS: Final = re.compile(r"(?:x\s*)?1(?P<groups>(?:[.,\s]?000){1,3})\b\s*")
_BASES: Final = (
    r"%|phần trăm|‰|phần nghìn|(?:(?:tính )?trên|/|per)\s*1[\d.,]*\s+\w.*|"
    r"người|nhân khẩu|khẩu|đồng|vnđ|vnd|hộ|hồ sơ|lượt|lượt người|tài khoản|thẻ|trẻ|"
    r"trường hợp|đối tượng|doanh nghiệp|cơ sở|thủ tục|dịch vụ|tổ|sổ|thửa đất|thửa|dữ liệu|"
    r"persons?|people|inhabitants|dongs?|households?|percent"
)
_ALIKE: Final = {
    "phần trăm": "%", "percent": "%", "nhân khẩu": "người", "khẩu": "người", "person": "người",
    "persons": "người", "people": "người", "inhabitants": "người", "vnđ": "đồng", "vnd": "đồng",
    "dong": "đồng", "dongs": "đồng", "household": "hộ", "households": "hộ", "lượt người": "lượt",
    "phần nghìn": "‰", "đối tượng": "người", "thửa": "thửa đất", "": "",
}  # fmt: skip
PEOPLE: Final = "người"
_WORD: Final = (
    rf"(?P<times>{'|'.join(map(re.escape, _TIMES))})?\s*(?P<base>{_BASES})?(?:\s*[-/]\s*.*)?"
)
_UNIT: Final = re.compile(_WORD, re.IGNORECASE)
_SCALING: Final = re.compile(
    rf"(?<!\w)(?:{'|'.join(map(re.escape, _TIMES))})\s+(?:{_BASES})(?!\w)", re.IGNORECASE
)
_LINE: Final = re.compile(
    r"\(?\s*(?:đơn vị(?:\s+tính)?|đvt|đv\s*tính|đv|unit)\s*[:\-–]?\s*(?P<unit>[^()]+?)\s*\)?\s*\.?",
    re.IGNORECASE,
)
_LINE_INSIDE: Final = re.compile(
    r"(?:đơn vị tính|đvt|đv\s*tính|unit)\s*[:\-–]\s*(?P<unit>[^()]+)", re.IGNORECASE
)
_IN_HEADING: Final = re.compile(
    r"^(?P<name>.*?)\s*(?:\((?:đvt|đơn vị(?: tính)?)?\s*:?\s*(?P<a>[^()]+)\)|,\s*(?P<b>[^,()]+)|"
    r"(?P<c>[%‰]))\s*$",
    re.IGNORECASE | re.DOTALL,
)

_PARTED: Final = re.compile(r"\s*[;,]\s*(?!\d)|\s+(?:và|hoặc|and)\s+")
_IN_PARENTHESES: Final = re.compile(r"\(([^()]{2,60})\)")
_RECKONED: Final = re.compile(r"\btính (?:bằng|theo)\s+([^,;.()]{2,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: how many of what; `base` is "" where only "nghìn" is said."""

    times: int
    base: str


def read_unit(text: str) -> Unit | None:
    """Read a wording that is a unit and nothing else.

    Examples
    --------
    >>> read_unit("nghìn người"), read_unit("%"), read_unit("Hà Nội")
    (Unit(times=1000, base='người'), Unit(times=1, base='%'), None)
    """
    words = " ".join(text.split()).strip(" .:()").lower()
    digits = _TIMES_IN_DIGITS.match(words)
    if digits:
        rest = words[digits.end() :]
        unit = Unit(1, "") if not rest else read_unit(rest)
        if unit is None or unit.times != 1:
            return None
        return Unit(1_000 ** digits["groups"].count("000"), unit.base)
    match = _UNIT.fullmatch(words) if words else None
    if match is None or not (match["times"] or match["base"]):
        return None
    base = match["base"] or ""
    return Unit(_TIMES.get(match["times"] or "", 1), _ALIKE.get(base, base))


def read_units(text: str) -> list[Unit]:
    """Read a wording that is one unit or several: "Nghìn người, tỷ đồng"; [] for anything else."""
    whole = read_unit(text)
    if whole is not None:
        return [whole]
    parts = [read_unit(part) for part in _PARTED.split(text) if part.strip()]
    return [unit for unit in parts if unit] if parts and all(parts) else []


def unit_above(titles: Iterable[str]) -> str | None:
    """Find the units that the lines above a table name, as written; None for none."""
    found: dict[tuple[Unit, ...], str] = {}
    for title in titles:
        line = _LINE.fullmatch(title.strip()) or _LINE_INSIDE.search(title)
        if line:
            said = [line["unit"]]
        else:
            said = [title, *_IN_PARENTHESES.findall(title), *_RECKONED.findall(title)]
        for text in said:
            units = read_units(text)
            # Without "Đơn vị tính" a line is a unit only where it counts: "Nghìn người".
            if units and (line or any(unit.times > 1 and unit.base for unit in units)):
                found.setdefault(tuple(units), " ".join(text.split()))
            elif line and not units and _SCALING.search(text):
                found.setdefault((), " ".join(text.split()))
    return "; ".join(found.values()) or None


def unit_in_heading(heading: str) -> tuple[str, str | None]:
    """Split a heading into its name and the unit behind it.

    Examples
    --------
    >>> unit_in_heading("Dân số (nghìn người)"), unit_in_heading("Tỷ lệ (cũ)")
    (('Dân số', 'nghìn người'), ('Tỷ lệ (cũ)', None))
    """
    match = _IN_HEADING.match(heading)
    said = (match["a"] or match["b"] or match["c"]) if match else None
    if match is None or said is None or read_unit(said) is None:
        return heading, None
    return match["name"], " ".join(said.split())


def unit_headed(parts: Sequence[str]) -> tuple[str, str | None]:
    """Return the last part of a heading without its unit, and the unit that any part says.

    Above the last part only what scales is one: "Nghìn người", "%"; "Hồ sơ" is what it is about.
    """
    called, beside = unit_in_heading(parts[-1])
    for part in reversed(parts) if len(parts) > 1 else ():
        if beside is not None:
            break
        line = _LINE.fullmatch(part)
        said = unit_in_heading(part)[1] or (line["unit"] if line else part)
        unit = read_unit(said)
        if unit is not None and (unit.times > 1 or unit.base == "%"):
            beside = " ".join(said.split())
    return called, beside


def factor(said: str | None, own: str, *, beside: bool) -> int | float | None:
    """Return what numbers in a unit that is said are multiplied by to be in an indicator's own.

    Parameters
    ----------
    own
        The indicator's unit.
    beside
        Whether the unit stands in the heading of the column; above the table it may be of other
        columns.

    Returns
    -------
    int, float or None
        None where the two do not agree, or it is not said which numbers are scaled: that is to be
        asked about.
    """
    units = read_units(said) if said else []
    if not units:
        # "Đơn vị: người, riêng Hà Nội: nghìn người" scales some of the numbers.
        scales = (
            bool(said and _SCALING.search(said)) and (read_unit(own) or Unit(1, "")).base != "%"
        )
        return None if scales else 1
    if len(units) > 1:
        return _of_several(units, own)
    unit = units[0]
    mine = read_unit(own) or Unit(1, own.lower())
    same = unit.base in ("", mine.base) or unit.base in own.lower()
    if beside and not same:
        return None
    if not same and (mine.base == "%" or unit.times == 1):
        return 1
    if not same and (mine.base == "%" or unit.base == "%" or unit.times != 1):
        return None
    if mine.base == "%" and unit.times != 1:
        return None if beside else 1
    return factor_of(unit, mine)


def _of_several(units: Iterable[Unit], own: str) -> int | float | None:
    """Return what numbers are multiplied by where a line names units of several columns."""
    mine = read_unit(own) or Unit(1, own.lower())
    same = {unit for unit in units if unit.base == mine.base or unit.base in own.lower().split()}
    if len(same) == 1:
        return factor_of(same.pop(), mine)
    # Of two for the same columns, or of none, it is not said.
    return 1 if mine.base == "%" or (not same and all(u.times == 1 for u in units)) else None


def factor_of(unit: Unit, mine: Unit) -> int | float:
    """Return what a number of one unit is multiplied by to be of another."""
    return unit.times / mine.times if unit.times % mine.times else unit.times // mine.times
