"""What became of every area from one edition to another."""

from geo.crosswalk.crosswalk import available, crosswalk, old_commune, old_communes
from geo.crosswalk.history import Event, Kind, predecessors, successors
from geo.crosswalk.old import OLD_COMMUNE_COLUMNS, TYPE_WORDS_OLD, OldCommune
from geo.crosswalk.parts import Number, covered, exact_shares, total
from geo.crosswalk.read import (
    CROSSWALK_DIR,
    LINK_COLUMNS,
    links_name,
    old_communes_name,
    read_links,
    read_old_communes,
)
from geo.crosswalk.records import (
    Crosswalk,
    Extent,
    Link,
    Method,
    NoCrosswalkError,
    Relation,
    Weight,
)
