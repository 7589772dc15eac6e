"""Datasets, spellings and indicators of people."""

from metrics.datasets.alias_changes import remove
from metrics.datasets.aliases import Alias, aliases, spellings
from metrics.datasets.datasets import (
    Details,
    audit_line,
    diff,
    find,
    keep_file,
    load,
    publish,
    restore,
    unpublish,
    withdraw,
    writing,
)
from metrics.datasets.indicator_draft import (
    AGGREGATIONS,
    ALONE,
    DIRECTIONS,
    KINDS,
    LANGS,
    LISTS,
    LONGEST,
    Draft,
    DraftTarget,
    draft_of,
    problems,
    record_of,
)
from metrics.datasets.indicators import history, put_indicator
