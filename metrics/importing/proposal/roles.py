"""What a heading says its figures are: reached, planned, or expected."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from metrics.importing.cells import JOIN, plain

RESULT, TARGET, FORECAST = "result", "target", "forecast"
_GIVEN: Final = r"(?:chi tieu|muc tieu|ke hoach|du toan)"
_TARGET: Final = re.compile(
    r"(?:cac )?(?:ke hoach|muc tieu|kh|phan dau|target|plan)\b.*|"
    r"chi tieu (?:duoc |da )?(?:giao|ke hoach|phan dau|de ra|dang ky)\b.*|"
    rf".* (?:theo {_GIVEN}|duoc giao|{_GIVEN} (?:duoc )?giao)(?: (?:nam|quy|thang) .*)?"
)
_FORECAST: Final = re.compile(
    r"(?:uoc|du kien|du bao|forecast|estimated?)\b.*|.* (?:uoc thuc hien|du kien)"
)
_RESULT: Final = re.compile(r"(?:ket qua|thuc hien|thuc te|da thuc hien|actual|result)\b.*")
# "Tỷ lệ thực hiện/kế hoạch", "So với kế hoạch": what was reached, measured by the plan.
_MEASURED: Final = re.compile(
    r".*(?:so voi|so sanh|ty le|ti le|dat|hoan thanh|vuot|tien do|/|%).*"
    rf"(?:{_GIVEN}|\bkh)\b.*|.*\bthuc hien (?:so voi )?{_GIVEN}\b.*"
)
_SHARE: Final = re.compile(r"%\s*(?:so với\s*)?(?:kế hoạch|mục tiêu|chỉ tiêu|kh\b)", re.IGNORECASE)

# In a title; "Kế hoạch số 12/KH-UBND" and "Kế hoạch triển khai …" are documents.
_GIVEN_OUT: Final = re.compile(r"\b(?:giao chi tieu|chi tieu (?:duoc )?giao)\b")
_PLANNED: Final = re.compile(
    r"(?:ke hoach|muc tieu|du toan)\b(?!.*\b(?:so \d|trien khai|thuc hien|ket qua|ban hanh)).*"
    r"\b(?:nam|quy|thang)\b.*"
)
_EXPECTED: Final = re.compile(r"\b(?:uoc thuc hien|so lieu uoc|so uoc|du kien thuc hien)\b")


def role_headed(heading: str) -> str | None:
    """Return what a heading says its figures are; None where it says nothing.

    Examples
    --------
    >>> role_headed("Kế hoạch năm 2025"), role_headed("Ước thực hiện"), role_headed("Số người")
    ('target', 'forecast', None)
    >>> role_headed("Tỷ lệ thực hiện/kế hoạch (%)")
    'result'
    """
    if _MEASURED.fullmatch(plain(heading)) or _SHARE.search(heading):
        return RESULT
    parts = [plain(part) for part in reversed(heading.split(JOIN))]
    for part in parts:
        for role, pattern in ((FORECAST, _FORECAST), (TARGET, _TARGET), (RESULT, _RESULT)):
            if pattern.fullmatch(part):
                return role
    return None


def role_titled(titles: Iterable[str]) -> str | None:
    """Return what the titles of a table say that its figures are; None where they say nothing."""
    for words in map(plain, titles):
        if _GIVEN_OUT.search(words) or _PLANNED.fullmatch(words):
            return TARGET
        if _EXPECTED.search(words):
            return FORECAST
    return None
