"""Weigh claims of coverage against measurements."""

from geo.coverage.evidence.records import CHOSEN, VERDICTS, Thresholds
from geo.coverage.evidence.weigh import verdicts
from geo.coverage.evidence.whole import Files, Weighed, lines, tables, thresholds_text, weigh
