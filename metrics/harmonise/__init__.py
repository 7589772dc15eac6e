"""Figures of one edition carried to another, marked or refused."""

from metrics.harmonise.carried import carried
from metrics.harmonise.carried_notes import carried_note
from metrics.harmonise.frame import CARRIED_COLUMNS, as_published
from metrics.harmonise.outcome import CANNOT, MIXED, PARTIAL
from metrics.harmonise.parts import SplitBy
