"""Kinds of figures, as the address names them."""

from __future__ import annotations

from typing import Final

MAP: Final = "map"
BARS: Final = "bars"
SERIES: Final = "series"
PAIR: Final = "pair"
MULTIPLES: Final = "multiples"
CLUSTERS: Final = "clusters"
PROFILE: Final = "profile"
KINDS: Final = (MAP, BARS, SERIES, PAIR, MULTIPLES, CLUSTERS, PROFILE)
