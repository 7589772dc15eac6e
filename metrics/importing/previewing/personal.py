"""Columns that look like data about persons: the atlas holds aggregates only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from base.reading import Cell, Sheet
from metrics.importing.cells import ERROR, Block, Finding, plain
from metrics.importing.names import are_places

# Citizen identity numbers have twelve digits, the first three the code of a province (Decree
# 137/2015/NĐ-CP); those of before nine.
_IDENTITY: Final = re.compile(r"(?<!\d)0\d\d[0-3]\d{8}(?!\d)")
_PHONE: Final = re.compile(r"(?<!\d)(?:\+?84|0)(?:3|5|7|8|9)\d{8}(?!\d)")
_MAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
# One alone tells, where it is written as a text: the zero that a number would not keep.
_SURE: Final = re.compile(r"(?<![\d.,])(?:\+84[ .]?|0)\d")
# What says that numbers are those of persons.
_CALLED: Final = re.compile(
    r"cccd|cmnd|can cuoc|dinh danh|dien thoai|\bsdt\b|phone|lien he|hotline|e-?mail|thu dien tu"
)
# What says that a column names who is in charge; offices may stand there too.
_IN_CHARGE: Final = re.compile(
    r"(?:nguoi|can bo|chuyen vien|dong chi|dau moi|lanh dao|phu trach|nhan su|contact|officer)\b.*"
)
_HONOURED: Final = re.compile(r"(?:đ/c|đồng chí|ông|bà|mr|mrs|ms)[.:]?\s+", re.IGNORECASE)
# Headings of one person a row; a column that counts cards or telephones is known by its cells.
_HEADINGS: Final = re.compile(
    r"ho (?:va )?ten(?: .*)?|ho,? ten|ten (?:nguoi|cong dan|chu ho|doi tuong)(?: .*)?|chu ho|"
    r"ngay(?:,? thang,? nam)? sinh|full name|date of birth"
)
_SURNAMES: Final = frozenset(
    (
        *("nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi"),
        *("đỗ", "hồ", "ngô", "dương", "lý", "đinh", "trịnh", "mai", "đào", "đoàn", "lương"),
        *("trương", "tạ", "cao", "lâm", "hà", "thái", "tô", "châu", "quách"),
    )
)
# So many cells of a kind are no accident; so large a share of a column neither.
FEWEST: Final = 3
SHARE: Final = 0.2
NAMES_SHARE: Final = 0.6
NUMBERS_SHARE: Final = 0.95
# Cells looked at of each column: the first ones, and as many from all over the rest.
SAMPLE: Final = 2_000


def personal_findings(tables: Iterable[tuple[Sheet, Sequence[Block]]]) -> list[Finding]:
    """Find columns that look like personal data, on any sheet of a workbook.

    Returns
    -------
    list of Finding
        One per column, never with a cell of it: what is refused is not shown either.
    """
    found = []
    for sheet, blocks in tables:
        for block in blocks:
            for name in block.columns:
                rule = _rule(name, _sample(block.column(name)))
                if rule:
                    row = block.numbers[0] if block.numbers else 0
                    values = {"column": name[:60]}
                    found.append(Finding(ERROR, rule, sheet.name, row, name[:60], "", values))
        if not blocks:
            rule = _rule("", [cell for row in sheet.rows[:SAMPLE] for cell in row])
            if rule:
                found.append(Finding(ERROR, rule, sheet.name, 0, "", "", {"column": "?"}))
    return found


def _sample(cells: Sequence[Cell]) -> list[Cell]:
    rest = cells[SAMPLE:]
    return [*cells[:SAMPLE], *rest[:: max(1, len(rest) // SAMPLE)]]


def _rule(name: str, cells: Sequence[Cell]) -> str:
    texts = [_text(cell) for cell in cells if cell is not None]
    if not texts:
        return ""
    # Amounts of money have as many digits: of plain numbers, nearly all must be alike.
    as_numbers = sum(isinstance(cell, float) for cell in cells) > len(texts) / 2
    told = _CALLED.search(plain(name)) is not None
    share = NUMBERS_SHARE if as_numbers and not told else SHARE
    written = [_text(cell) for cell in cells if isinstance(cell, str) and _SURE.search(cell)]
    for rule, pattern in (
        ("personal_identity", _IDENTITY),
        ("personal_phone", _PHONE),
        ("personal_mail", _MAIL),
    ):
        hits = sum(pattern.search(text) is not None for text in texts)
        if hits >= (1 if told else FEWEST) and hits >= share * len(texts):
            return rule
        if hits and (told or any(map(pattern.search, written))):
            return rule
    heading = plain(name.rsplit(" – ", 1)[-1])
    if _HEADINGS.fullmatch(heading):
        return "personal_heading"
    names = [text for text in texts if _is_person(text)]
    mostly = len(set(names)) >= 5 and len(names) >= NAMES_SHARE * len(texts)
    in_charge = bool(names) and _IN_CHARGE.fullmatch(heading) is not None
    if (mostly or in_charge) and not are_places(names):
        return "personal_name"
    addressed = [_HONOURED.sub("", text) for text in texts if _HONOURED.match(text)]
    return "personal_name" if any(map(_is_person, addressed)) else ""


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell == int(cell):
        digits = str(int(cell))
        # A spreadsheet drops the zeros that identity and phone numbers begin with.
        return {9: "0", 10: "00", 11: "0"}.get(len(digits), "") + digits
    return re.sub(r"(?<=\d)[ .\-](?=\d)", "", str(cell).strip())


def _is_person(text: str) -> bool:
    words = re.split(r"\s+[-–]|[,;(]", text.casefold())[0].split()
    if not 2 <= len(words) <= 5 or words[0] not in _SURNAMES:
        return False
    return not any(map(str.isdigit, " ".join(words)))
