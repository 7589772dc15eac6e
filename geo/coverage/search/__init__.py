"""Decide what is covered, and gather what is not."""

from geo.coverage.search.answers import REASONS, layer_name, pointed, settlement_frame, spread
from geo.coverage.search.cells import said_in
from geo.coverage.search.clusters import GREEDY_BOUND, clusters, rank_new_sites, weigh
from geo.coverage.search.gaps import ground, over_dask, search
from geo.coverage.search.grid import search_grid
from geo.coverage.search.network import network
from geo.coverage.search.regroup import on_edition
from geo.coverage.search.totals import above, area_frame, network_frame, with_verdicts
