"""The store of figures, over DuckDB and PostgreSQL."""

from metrics.store.alone import alone_in_database
from metrics.store.answers import kept_in_store
from metrics.store.as_of import VIET_NAM, clock_behind, read_as_of
from metrics.store.change import Change, as_stored
from metrics.store.generations import (
    Damage,
    DamagedError,
    Generations,
    StoreError,
    UnreachableError,
)
from metrics.store.history import Figure, figures_of, vintages
from metrics.store.log import ALSO, KEPT_FOR, NEW, REVISED, WITHDRAWN
from metrics.store.migrations import refuse_newer
from metrics.store.newest import newest
from metrics.store.originals import FOLDER, keep_bytes, keep_path, original
from metrics.store.pairing import GROUPS
from metrics.store.queries import Store
from metrics.store.refusals import Refused
from metrics.store.store import (
    Mode,
    current_store,
    damage,
    damage_note,
    ensure_store,
    generations_of,
    home_of,
    open_in_force,
    outage,
)
from metrics.store.tables import (
    AUDIT,
    CHANGES,
    DATASETS,
    DATE_COLUMNS,
    KNOWN_FROM,
    KNOWN_UNTIL,
    OBSERVATION_SCHEMA,
    OBSERVATIONS,
    OWN,
    PAST,
    RECORDS,
    SCHEMA_VERSION,
    SCHEMAS,
    SHIPPED_ID,
    SIMULATED_PREFIX,
    STORED,
    STORED_ORDER,
    WRITES,
    Dataset,
    in_force,
    stored_pieces,
)
from metrics.store.versions import Versions
from metrics.store.worded import known_words, period_words, when_words
from metrics.store.writing import apply, put_dataset, revise_dataset
