"""Say why a cell that matched nothing has no code, and what may have been meant."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
from rapidfuzz import fuzz, process

from geo.editions import Area, Level, area, areas
from geo.names.answer import Answer, refuse, refuse_elsewhere
from geo.names.data import not_places as not_place_rows
from geo.names.entry import Kind, core_name
from geo.names.index import Index, elsewhere, index
from geo.names.methods import Method
from geo.names.text import MISSING, Key, Text, disagreement, fold, key
from geo.names.trim import trims, without_era
from geo.names.types import prefix_reading, readings

MIN_SCORE = 72.0
MAX_SUGGESTIONS = 3
MAX_INITIALS = 4
_KINDS = {
    "total": Method.TOTAL,
    "placeholder": Method.PLACEHOLDER,
    "region": Method.REGION,
    "authority": Method.AUTHORITY,
}
_FIRST_WORD = re.compile(r"[a-z]+")
_VIETNAMESE = re.compile(r"[a-z0-9 .,;:/()\[\]'*†#&+|\"“”%?!<>=-]*\Z")


def explain(text: str, names: Index) -> Answer:
    """Give the reason why nothing matched."""
    folded = fold(text)
    if _damaged(text, folded):
        return refuse(Method.ENCODING)
    bare = trims(folded, names.level)[-1][0]
    split = without_era(bare)
    for variant in (bare, split[0]) if split else (bare,):
        for check in (not_a_place, _of_another_level, _initials):
            found = check(variant, names)
            if found is not None:
                return found
    return refuse(Method.UNKNOWN, level=names.level, edition=names.edition)


def _damaged(text: str, folded: Text) -> bool:
    """Say whether letters are not Vietnamese: TCVN3, VNI, a wrong code page, lost letters."""
    if "\ufffd" in text or "?" in folded.marks:
        return True
    if "?" in text and re.search(r"\w\?\w|\?\?", text):
        return True
    return not _VIETNAMESE.match(folded.plain)


@cache
def _words() -> tuple[dict[str, list[tuple[Key, str]]], dict[str, list[tuple[Text, str]]]]:
    """Group what is no place: whole cells by their letters, beginnings by their first word."""
    whole: dict[str, list[tuple[Key, str]]] = {}
    starts: dict[str, list[tuple[Text, str]]] = {}
    for kind, form, text in not_place_rows():
        folded = fold(text)
        if form == "whole":
            whole.setdefault(key(folded).bare, []).append((key(folded), kind))
        else:
            starts.setdefault(folded.plain.split(" ")[0], []).append((folded, kind))
    return whole, starts


def not_a_place(text: Text, names: Index) -> Answer | None:
    """Tell totals, regions, authorities and what stands where no name is known.

    Returns
    -------
    Answer or None
        The reason; None where it is none of these.
    """
    if names.level is Level.REGION:
        return None
    whole, starts = _words()
    name = key(text)
    for official, kind in whole.get(name.bare, ()):
        if disagreement(name, official) <= MISSING:
            return refuse(_KINDS[kind], level=names.level)
    first = _FIRST_WORD.match(text.plain)
    for word, kind in starts.get(first[0], ()) if first else ():
        size = len(word.plain)
        if text.plain.startswith(word.plain) and not text.plain[size : size + 1].isalnum():
            start = key(text.cut(0, size))
            if disagreement(start, key(word)) <= MISSING:
                return refuse(_KINDS[kind], level=names.level)
    regions = index(names.edition, Level.REGION).by_bare.get(name.bare, ())
    if any(disagreement(name, entry.key) <= MISSING for entry in regions):
        return refuse(Method.REGION, level=names.level)
    return None


def _of_another_level(text: Text, names: Index) -> Answer | None:
    """Find the name at another level of the edition, or in another edition."""
    for way in readings(text):
        name = key(way.core)
        units_found = [
            unit
            for unit in elsewhere(name, names.edition, names.level, types=way.types)
            if disagreement(name, _key_of(unit)) <= MISSING
        ]
        if units_found:
            first = units_found[0]
            alike = [u for u in units_found if (u.edition, u.level) == (first.edition, first.level)]
            return refuse_elsewhere(tuple(alike), names.edition, names.level)
    typed = prefix_reading(text)
    if typed is not None and typed.types is not None and not typed.types & names.types:
        return refuse(Method.OTHER_LEVEL, "other_type", level=names.level)
    return None


def _key_of(unit: Area) -> Key:
    return key(fold(core_name(unit)))


def _initials(text: Text, names: Index) -> Answer | None:
    """Tell which provinces an abbreviation may mean (ĐN: Đà Nẵng, Đồng Nai)."""
    name = key(text)
    if names.level is not Level.PROVINCE or not 1 < len(name.bare) <= MAX_INITIALS:
        return None
    found = tuple(
        unit
        for unit in areas(names.edition, names.level)
        if "".join(word[0] for word in re.findall(r"[a-z]+", fold(core_name(unit)).plain))
        == name.bare
    )
    return refuse(Method.ABBREVIATION, near=found) if found else None


def suggestions(names: list[str], searched: Index) -> list[tuple[Area, ...]]:
    """Find areas whose names look like names that matched nothing: to suggest, never to join.

    Returns
    -------
    list of tuple of Area
        The closest few of each name; empty where none is close.
    """
    entries = [e for group in searched.by_bare.values() for e in group if not e.dotted]
    entries = [e for e in entries if e.kind is not Kind.ALIAS and not e.needs_type]
    bares = [entry.key.bare for entry in entries]
    cores = []
    for name in names:
        folded = fold(name)
        way = prefix_reading(folded)
        cores.append(key(way.core if way else folded).bare)
    # Scores are whole percents from 0 to 100; what is below the least is 0.
    scores = process.cdist(
        cores, bares, scorer=fuzz.ratio, score_cutoff=MIN_SCORE, workers=-1, dtype=np.uint8
    )
    best = np.argsort(100 - scores, axis=1, kind="stable")[:, :MAX_SUGGESTIONS]
    found = []
    for row, columns in enumerate(best.tolist()):
        close = [entries[i] for i in columns if scores[row, i]]
        codes = dict.fromkeys(code for entry in close for code in entry.targets)
        found.append(tuple(area(searched.edition, code) for code in codes))
    return found
