"""What is said of a figure carried to another edition: sentences by key, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from base.words import Lang

# Keys are those of the message catalogue; the Vietnamese sentence is also kept in the row's note.
NOTES: Final[Mapping[str, tuple[str, str]]] = {
    "harmonise.single": (
        "Giữ nguyên số của {names} trên bản đồ {edition}: đơn vị không đổi.",
        "As published for {names} on the map of {edition}: the unit has not changed.",
    ),
    "harmonise.sum": (
        "Atlas cộng {n} đơn vị của bản đồ {edition}: {names}.",
        "Added up by Atlas from {n} units of the map of {edition}: {names}.",
    ),
    "harmonise.apportioned": (
        "Atlas ước tính từ {n} đơn vị của bản đồ {edition} ({names}); đơn vị bị chia được phân bổ "
        "theo {weight}.",
        "Estimated by Atlas from {n} units of the map of {edition} ({names}); divided units are "
        "shared out by {weight}.",
    ),
    "harmonise.ratio_of_sums": (
        "Atlas tính lại: tổng tử số chia tổng mẫu số của {n} đơn vị bản đồ {edition}: {names}.",
        "Recomputed by Atlas: the sum of numerators over the sum of denominators of {n} units of "
        "the map of {edition}: {names}.",
    ),
    "harmonise.weighted_mean": (
        "Atlas tính trung bình có trọng số ({weight}) của {n} đơn vị bản đồ {edition}: {names}.",
        "Mean by Atlas, weighted by {weight}, of {n} units of the map of {edition}: {names}.",
    ),
    "harmonise.all": (
        "Cả {n} đơn vị của bản đồ {edition} đều như vậy: {names}.",
        "So in all {n} units of the map of {edition}: {names}.",
    ),
    "harmonise.mixed": (
        "Không giống nhau: {k} trên {n} đơn vị của bản đồ {edition} có thông tin ({parts}).",
        "Not alike: {k} of {n} units of the map of {edition} are reported on ({parts}).",
    ),
    "harmonise.partial": (
        "Chưa đủ: có {k} trên {n} đơn vị của bản đồ {edition}, chiếm {percent}% (theo {basis}); "
        "còn thiếu {missing}.",
        "Incomplete: {k} of {n} units of the map of {edition}, {percent}% of it (by {basis}); "
        "{missing} missing.",
    ),
    "harmonise.unlike_periods": (
        "Không gộp: số của {names} (bản đồ {edition}) không cùng kỳ.",
        "Not combined: the figures of {names} (map of {edition}) are of different periods.",
    ),
    "harmonise.parts_missing": (
        "Không gộp: {missing} (bản đồ {edition}) không có {weight}.",
        "Not combined: {missing} (map of {edition}) has no {weight}.",
    ),
    "harmonise.no_weight": (
        "Không tính được: tổng của {weight} bằng 0.",
        "Cannot be computed: {weight} adds up to zero.",
    ),
    "harmonise.conflicting": (
        "Các nguồn không thống nhất về {names} (bản đồ {edition}).",
        "Sources disagree about {names} (map of {edition}).",
    ),
    "harmonise.none": (
        "Không đơn vị nào của bản đồ {edition} ở đây có số: {names}.",
        "No unit of the map of {edition} here has a figure: {names}.",
    ),
    "harmonise.no_relation": (
        "Chưa biết đơn vị này gồm những đơn vị nào của bản đồ {edition}.",
        "It is not known which units of the map of {edition} this one is made of.",
    ),
    "harmonise.rank": (
        "Thứ hạng không chuyển sang bản đồ khác: đó là hạng trong số {units} đơn vị của bản đồ "
        "{edition}.",
        "A rank cannot be carried to another map: it is a place among the {units} units of the map "
        "of {edition}.",
    ),
    "harmonise.not_additive": (
        "Không gộp được số của {names} (bản đồ {edition}): chỉ số này không cộng, và nguồn không "
        "cho trọng số.",
        "The figures of {names} (map of {edition}) cannot be combined: this indicator does not add "
        "up, and its source gives no weights.",
    ),
    "harmonise.part_of": (
        "Không chuyển được: {names} (bản đồ {edition}) chỉ có một phần ở đây; số của cả đơn vị "
        "không nói gì về phần này.",
        "Cannot be carried: only a part of {names} (map of {edition}) is here; a figure for the "
        "whole says nothing of the part.",
    ),
}

# What a weight or the basis of a share is called; anything else is the title of an indicator.
WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "population": ("dân số", "population"),
    "area": ("diện tích", "area"),
    "count": ("số đơn vị", "number of units"),
    "fraction": ("tử số và mẫu số", "numerator and denominator"),
    "denominator": ("mẫu số", "denominator"),
}


def say(key: str, lang: Lang, values: Mapping[str, Any]) -> str:
    """Say a note.

    Parameters
    ----------
    key
        One of `NOTES`; "" gives "".
    """
    if not key:
        return ""
    english = lang == "en"
    plain = {
        name: WORDS[value][english] if name in ("weight", "basis") and value in WORDS else value
        for name, value in values.items()
    }
    return NOTES[key][english].format(**plain)
