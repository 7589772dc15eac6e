"""The page of targets."""

from ui.targets.targeting import TARGETS, chosen, controls, options
from ui.targets.targets import (
    aim_text,
    also_text,
    by_text,
    deadline_text,
    figure_text,
    gap_text,
    parts_text,
    reason_text,
    rules_html,
    state_html,
    summary_text,
    table_html,
    tally_html,
    verdict_text,
)
