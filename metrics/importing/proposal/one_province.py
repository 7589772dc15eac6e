"""The one province that all rows of a table are in, where its titles or its sheet name it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from geo.editions import Level, areas, editions
from metrics.importing.cells import Block
from metrics.importing.names import Fit, fits, province_named
from metrics.importing.proposal.column_kinds import MOSTLY, SAMPLE_ROWS
from metrics.importing.proposal.place_column import NEAR, allowed_fits, best_fit

LONGEST_NAME: Final = 60
# A title or the name of a sheet that says where all rows are.
_OF_PROVINCE: Final = re.compile(
    r"\b(?:tỉnh|thành phố|t\.?p\.?|thủ đô|province of)\s+(?=(\S.*))", re.IGNORECASE
)
MOST_WORDS_OF_A_NAME: Final = 5


def within_one(
    block: Block,
    place: str,
    fit: Fit,
    time: Sequence[date],
    told: dict[str, Any],
) -> tuple[str | None, Fit]:
    """Find the one province that all rows are in, by the name of the sheet or a title."""
    found: dict[Fit, str] = {}
    cells = block.column(place)[:SAMPLE_ROWS]
    texts = [text for text in (block.sheet, *block.titles) if text]
    for edition in reversed(editions()):
        named = provinces_in(texts, edition.id)
        if told.get("within"):
            named = {str(told["within"])} & {a.code for a in areas(edition.id, Level.PROVINCE)}
        for code in sorted(named):
            inside = allowed_fits(fits(cells, [code] * len(cells)), told)
            own = [f for f in inside if f.edition == edition.id and f.level is not Level.PROVINCE]
            if own and (best := best_fit(own, place, time)).share >= max(MOSTLY, fit.share - NEAR):
                found[best] = code
    if not found:
        return None, fit
    best = best_fit(sorted(found, key=lambda f: -f.share), place, time)
    return found[best], best


def provinces_in(texts: Sequence[str], edition_id: str) -> set[str]:
    """Return the provinces of an edition that a title or the name of a sheet speaks of.

    "UBND tỉnh Tây Ninh" and "… AN SINH XÃ HỘI tỉnh Tây Ninh THÁNG 9/2026" name one; "(cũ)" behind
    a name takes it out.
    """
    found: set[str] = set()
    for text in texts:
        if len(text) <= LONGEST_NAME and (whole := province_named(text, edition_id)):
            found.add(whole)
            continue
        for match in _OF_PROVINCE.finditer(text):
            words = re.split(r"[\s,;:()]+", match[1])[:MOST_WORDS_OF_A_NAME]
            for n in range(len(words), 0, -1):
                if code := province_named(" ".join(words[:n]), edition_id):
                    found.add(code)
                    break
    return found
