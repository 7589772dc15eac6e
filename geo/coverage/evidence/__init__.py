"""Weigh claims of coverage against measurements."""

from geo.coverage.evidence.records import Thresholds
from geo.coverage.evidence.weigh import verdicts
