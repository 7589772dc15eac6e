"""Targets, and how far figures have come."""

from metrics.targets.attainment import ATTAINMENTS, NEAR_SHARE, attained, has_targets, targets_of
from metrics.targets.goals import BEGINNING, UNTIL, Goal, is_stated
from metrics.targets.progress import Progress, Reason, State, as_of, by_place, counted, progress
from metrics.targets.targets import targets
