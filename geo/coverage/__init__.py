"""Find places without mobile signal (lõm sóng) in lists of settlements and radio sites."""

from geo.coverage.files import Files
from geo.coverage.find import find_gaps
from geo.coverage.simulate import DEFAULT_SEED, simulate
