"""Figures that stand by dimensions: read, taken apart and put as observations."""

from metrics.refresh.adapters.cubes.cube import Cells, Cube, Unit
from metrics.refresh.adapters.cubes.dataset import cube_of, datasets_in
from metrics.refresh.adapters.cubes.faults import fault, fault_of, named, of_shape
from metrics.refresh.adapters.cubes.observed import FIGURE, gathered
from metrics.refresh.adapters.cubes.options import CubeOptions, Placed
from metrics.refresh.adapters.cubes.statuses import is_marker
from metrics.refresh.adapters.cubes.taken import cells_by
from metrics.refresh.adapters.cubes.text import read_bytes, read_json, read_text
from metrics.refresh.adapters.cubes.times import read_time
