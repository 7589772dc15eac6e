"""What each column is: how it is written down, kept, and told."""

from metrics.importing.mapping.export import (
    COLUMNS,
    export_findings,
    export_mapping,
    is_export,
    left_out,
    new_origins,
    observed,
    read_export,
    simulated_findings,
)
from metrics.importing.mapping.headings import (
    column_period,
    compared_with,
    first_days,
    group_of,
    is_first_day,
    is_relative,
    is_time_alone,
    period_above,
    relative_period,
    sheet_period,
    subject_of,
)
from metrics.importing.mapping.mapping import (
    Mapping,
    Measure,
    Time,
    check_columns,
    columns_of,
    mapping_from,
    read_fields,
    read_mapping,
    shape_of,
    write_columns,
    write_mapping,
)
from metrics.importing.mapping.observing import PLACE_OF_CELL, observations
from metrics.importing.mapping.report import Report, is_unmatched
from metrics.importing.mapping.source import Source, distinct
