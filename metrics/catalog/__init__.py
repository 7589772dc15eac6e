"""Indicators and origins, as declared in data/."""

from metrics.catalog.boundary_note import (
    boundary_disclaimer,
    boundary_kind,
    boundary_licence,
    boundary_note,
    boundary_note_short,
    boundary_notes,
    origin_text,
)
from metrics.catalog.catalog import (
    DATA_DIR,
    INDICATOR,
    ORIGIN,
    Catalog,
    CatalogError,
    load_catalog,
    with_records,
)
from metrics.catalog.grades import SCALES
from metrics.catalog.records import (
    SHORT_TITLE_LENGTH,
    DateKind,
    Domain,
    Indicator,
    Origin,
    Rhythm,
    Target,
    Text,
    Withheld,
)
from metrics.catalog.relations import (
    Answers,
    Beyond,
    Categories,
    Cohort,
    Counted,
    First,
    Full,
    Implied,
    Increase,
    Listed,
    NotAll,
    Ordered,
    People,
    Plan,
    Ranking,
    Ratio,
    Same,
    Shared,
    Sum,
    Verdict,
    Within,
)
from metrics.catalog.scales import difference, kindred
