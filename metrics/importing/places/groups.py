"""Rows that are sums over a group of places, or words between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import pandas as pd

from base.reading import Cell
from base.words import Lang
from geo.editions import Level, editions
from geo.names import Method, resolve_many
from metrics.importing.cells import looks_numeric, plain
from metrics.importing.mapping import Mapping
from metrics.importing.names import FOREIGN, GROUP, NO_AREA, NOT_PLACES, TYPES, fits

_GROUPS: Final = re.compile(
    r"(?:khoi|nhom|cum|khu vuc|vung)(?: .*)?|mien (?:bac|trung|nam|nui|dong|tay)\b.*|"
    r"(?:cong|tong|toan)(?: (?:so|cong|hop|toan|chung|cac|ca|trang|tinh|thanh pho|huyen|xa|quoc|"
    r"[a-z]|\d+)\b.*)?|(?:so |luy ke )?(?:mang|chuyen) (?:sang|tiep)(?: .*)?|"
    r"(?:trung binh|binh quan).*|"
    r"(?:trong do|bao gom|gom|chia ra|"
    r"cac (?!.*\bkhac$)(?:xa|phuong|tinh|huyen|quan|thanh pho|don vi))\b.*|"
    r"(?:cac )?(?:xa|phuong|huyen|tinh) (?:mien nui|dong bang|trung du|vung (?:cao|sau|xa|bien)|"
    r"bien gioi|hai dao|ven bien|bai ngang|dac biet kho khan|kho khan|nong thon|do thi|con lai|"
    r"khac|khu vuc \S+|loai \S+)(?: .*)?|"
    r"(?:[ivx]+|[a-d])(?:[./-].*)?"
)
_LETTERED: Final = re.compile(r"(?:[IVXivx]+|[A-Da-d])\s*[./)-]\s*(\S.*)")
# Above rows of communes: "Khu vực huyện Đô Lương (cũ)".
_OLD_GROUPS: Final = re.compile(
    r"(?:khu vuc |dia ban |thuoc )?(?:huyen|quan|thi xa|thanh pho|tinh|tx|tp) .* (?:cu|truoc day)"
)
# A total in two languages: "CẢ NƯỚC - WHOLE COUNTRY".
_TWO_LANGUAGES: Final = re.compile(r"\s+[-–/]\s+|\n")


def groups_told(frame: pd.DataFrame, mapping: Mapping, lang: Lang) -> pd.DataFrame:
    """Tell rows of groups and of totals in two languages from places that match nothing."""
    groups = []
    if mapping.level is Level.COMMUNE and mapping.edition == editions()[-1].id:
        old = [bool(_OLD_GROUPS.fullmatch(plain(str(place)))) for place in frame["place"]]
        groups = list(frame.index[old])
        frame.loc[groups, ["code", "method"]] = "", GROUP
    open_ = (frame["code"] == "") & ~frame["method"].isin([*NOT_PLACES, *FOREIGN])
    for at in frame.index[open_ & (frame["place"] != "")]:
        place = str(frame.at[at, "place"])
        first = _TWO_LANGUAGES.split(place)[0]
        if first != place:
            read = resolve_many([first], edition=mapping.edition, level=mapping.level, lang=lang)
            method = str(read.iloc[0]["match_method"])
            if method in map(str, NO_AREA - {Method.EMPTY, Method.PLACEHOLDER}):
                frame.at[at, "method"] = method
                continue
        if _GROUPS.fullmatch(plain(place)) and not _is_typed(_lettered(place), mapping.level):
            frame.at[at, "method"] = GROUP
            groups.append(at)
    frame.loc[groups, "suggestions"] = pd.Series([()] * len(groups), index=groups, dtype=object)
    return frame


def _lettered(text: str) -> str:
    """Return what stands behind the letter or Roman figure of a row: "A. …"; "" for others."""
    found = _LETTERED.fullmatch(text.strip())
    return found[1] if found else ""


def _is_typed(text: str, level: Level) -> bool:
    """Tell whether a text is a unit of a level by its type and a name: "Xã Thanh Lam"."""
    words = text.split()
    for type_ in TYPES[level]:
        n = len(type_.split())
        if plain(" ".join(words[:n])) == plain(type_) and len(words) > n:
            return words[n][0].isupper() and not text.isupper()
    return False


def is_doubtful_group(text: str, mapping: Mapping) -> bool:
    """Tell whether a row that counts as a group does so by its letter alone, its name unknown."""
    name = _lettered(text)
    if not name or _GROUPS.fullmatch(plain(name)) or fits([name])[0].n:
        return False
    read = resolve_many([name], edition=mapping.edition, level=mapping.level).iloc[0]
    return read["match_method"] not in map(str, NO_AREA)


def is_total_row(row: Sequence[Cell], mapping: Mapping) -> bool:
    """Tell whether a row without a place is one of totals, said in another column: "Tổng cộng"."""
    texts = [cell for cell in row if isinstance(cell, str) and not looks_numeric(cell)]
    if not texts:
        return False
    read = resolve_many(texts, edition=mapping.edition, level=mapping.level)["match_method"]
    return bool(read.isin([str(Method.TOTAL), str(Method.COUNTRY)]).any()) or any(
        _GROUPS.fullmatch(plain(text)) for text in texts if len(text) > 2
    )
