"""Whether the ground lets settlements see the sites that reach them."""

from geo.coverage.terrain.assume import assumptions, built, defaults
from geo.coverage.terrain.judge import judge
from geo.coverage.terrain.run import open_relief, over_ground
from geo.coverage.terrain.summits import greedy, rank_summits
