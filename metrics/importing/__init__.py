"""Tables of people, read, matched, checked and reported before anything is stored."""

from metrics.importing.block import Block
from metrics.importing.evidence import Evidence, evidence, evidence_rows
from metrics.importing.examine import PENDING, examine
from metrics.importing.findings import MOST_OF_A_RULE, Finding, findings_csv, written
from metrics.importing.headings import group_of
from metrics.importing.indicator_words import why_likely
from metrics.importing.limits import ImportRefused
from metrics.importing.mapping import (
    Mapping,
    Measure,
    Time,
    columns_of,
    mapping_from,
    read_fields,
    read_mapping,
    write_columns,
    write_mapping,
)
from metrics.importing.memory import (
    MAPPINGS,
    kept_columns,
    put_columns,
    remember,
    remembered,
)
from metrics.importing.nearest import nearest
from metrics.importing.numbers import looks_numeric, read_number
from metrics.importing.periods import read_period
from metrics.importing.previews import Preview, preview
from metrics.importing.propose import propose
from metrics.importing.questions import TYPED, Question, Reading, questions
from metrics.importing.readings import readings
from metrics.importing.report import Report
from metrics.importing.settle import EACH, settled
from metrics.importing.sheets import alike, joined, told_twice
from metrics.importing.spellings import place_key
from metrics.importing.statuses import category_of
from metrics.importing.template import template
from metrics.importing.topics import suggested
