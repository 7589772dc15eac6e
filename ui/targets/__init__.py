"""The page of targets."""

from ui.targets.targeting import PARAMS, chosen, controls, read_choices
from ui.targets.targets import (
    aim_text,
    deadline_text,
    figure_text,
    gap_text,
    parts_text,
    rules_html,
    state_html,
    summary_text,
    table_html,
    tally_html,
)
