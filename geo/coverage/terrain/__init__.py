"""Whether the ground lets settlements see the sites that reach them."""

from geo.coverage.terrain.assume import assumptions, built, defaults, of_path
from geo.coverage.terrain.judge import PATH_COLUMNS, TERRAIN_COLUMNS, judge, paths_of
from geo.coverage.terrain.run import Opened, open_relief, over_ground, seconds
from geo.coverage.terrain.summits import SUMMIT_COLUMNS, greedy, rank_summits
