"""Read settlements, sites and grids as teams have them."""

from geo.coverage.input.candidates import read_candidates
from geo.coverage.input.columns import FIELDS, columns, key, numbers, texts, unread, yes_no
from geo.coverage.input.files import read_file
from geo.coverage.input.operators import (
    operator_name,
    operator_order,
    technologies,
)
from geo.coverage.input.peek import Peek, peek
from geo.coverage.input.points import check_points, read_points, with_two_columns, within
from geo.coverage.input.problems import Problems, Sieve
from geo.coverage.input.raw import ROOM, Limits, Raw
from geo.coverage.input.settlements import read_settlements
from geo.coverage.input.shapes import read_measurements, read_polygons
from geo.coverage.input.sites import read_sites
