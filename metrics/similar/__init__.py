"""Which places are like one another, by the indicators that both have."""

from metrics.similar.measures import measures
from metrics.similar.peers import FEWEST_SHARED, NEAR, Driver, NoPeers, Peer, Similar, similar
