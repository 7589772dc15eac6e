"""Tables of people, read, matched, checked and reported before anything is stored."""

from metrics.importing.asked import (
    TYPED,
    Evidence,
    Question,
    Reading,
    evidence,
    evidence_rows,
    questions,
    readings,
    template,
)
from metrics.importing.cells import (
    MOST_OF_A_RULE,
    Block,
    Finding,
    ImportRefused,
    factor,
    findings_csv,
    looks_numeric,
    read_number,
    read_unit,
    unit_in_heading,
    written,
)
from metrics.importing.examined import PENDING, alike, examine, joined, told_twice
from metrics.importing.figures import category_of
from metrics.importing.mapping import (
    Mapping,
    Measure,
    Report,
    Time,
    columns_of,
    group_of,
    mapping_from,
    read_fields,
    read_mapping,
    write_columns,
    write_mapping,
)
from metrics.importing.names import ACCEPTED, NO_AREA
from metrics.importing.places import nearest, place_key
from metrics.importing.previewing import Preview, preview
from metrics.importing.proposal import (
    EACH,
    MAPPINGS,
    kept_columns,
    propose,
    put_columns,
    remember,
    remembered,
    settled,
    suggested,
    why_likely,
)
from metrics.importing.time import Period, read_period
