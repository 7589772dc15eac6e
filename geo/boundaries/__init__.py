"""The boundary layers that are drawn: their files, boxes and shapes."""

from geo.boundaries.keeping import kept
from geo.boundaries.layers import (
    BOUNDARIES_DIR,
    BOUNDS_NAME,
    CRS,
    MANIFEST_NAME,
    WEB_DIR,
    bounds,
    has_layer,
    load,
    parquet_path,
    web_layer,
    web_layers,
)
from geo.boundaries.pointed import areas_at
from geo.boundaries.records import (
    DETAIL,
    KIND_APPROXIMATE,
    KIND_OFFICIAL,
    KIND_PARTLY,
    OVERVIEW,
    BoundaryLayer,
    Box,
    NoBoundariesError,
    Symbol,
)
from geo.boundaries.topology import Member, Topology, arc_at, decoded, joined, read_topology
