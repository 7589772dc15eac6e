"""Find places without mobile signal (lõm sóng) in lists of settlements and radio sites."""

from geo.coverage.find import Files, find_gaps
from geo.coverage.simulate import DEFAULT_SEED, simulate
