"""From cells to figures: decimal marks, scales, parts and totals, statuses, and what is checked."""

from metrics.importing.figures.checks import SAME_KEY, check, without_repeats
from metrics.importing.figures.rows import read_rows
from metrics.importing.figures.shorthand import read_short, short_kind
from metrics.importing.figures.statuses import category_of
from metrics.importing.figures.totals import stored_totals, total_findings
