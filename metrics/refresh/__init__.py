"""Sources that are asked again: what they say now, what differs, and whether it is stored."""

from metrics.refresh.adapter import Adapter, Ask, Gathered, Reply, ShapeError, unknown_shape
from metrics.refresh.source import Bounds, Source
