"""The ways in which a row is matched to an area, or is none: beside those of `geo.names`."""

from __future__ import annotations

from typing import Final

from geo.names import MATCHED, Method

# A predecessor's figure is not its successor's: it belongs to the edition it was published on.
ACCEPTED: Final = frozenset(MATCHED - {Method.PREDECESSOR, Method.COUNTRY})
# Rows that are no area, and are not missed: totals and regions serve as checks.
NO_AREA: Final = frozenset(
    {Method.TOTAL, Method.REGION, Method.EMPTY, Method.PLACEHOLDER, Method.COUNTRY}
)
# Units of another edition: nobody's word makes their figures those of a unit of this one.
FOREIGN: Final = frozenset(
    str(method) for method in (Method.PREDECESSOR, Method.SPLIT, Method.OTHER_EDITION)
)
BY_HAND: Final = "by_hand"
TEAM_ALIAS: Final = "team_alias"
PARENT_ROW: Final = "parent_row"
# Rows of sums over a group of places, and words between them: "Khối phường", "Trong đó:".
GROUP: Final = "group"
NOT_PLACES: Final = (*map(str, NO_AREA), PARENT_ROW, GROUP)
