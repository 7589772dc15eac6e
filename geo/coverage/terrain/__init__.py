"""Whether the ground lets settlements see the sites that reach them."""

from geo.coverage.terrain.assume import assumptions, built, defaults, of_path
from geo.coverage.terrain.judge import judge, paths_of
from geo.coverage.terrain.parcels import lay_out
from geo.coverage.terrain.run import Opened, forecast, open_relief, over_ground
from geo.coverage.terrain.section import Section, section
from geo.coverage.terrain.summits import greedy, rank_summits
