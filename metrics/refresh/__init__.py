"""Sources that are asked again: what they say now, what differs, and whether it is stored."""

from metrics.refresh.adapter import Adapter, Ask, Gathered, Reply, ShapeError, unknown_shape
from metrics.refresh.alone import RunningError, alone
from metrics.refresh.brought import is_web, place_of
from metrics.refresh.difference import KINDS, Difference, Kind, Line, in_words, told
from metrics.refresh.fresh import Fresh, fresh_mark, freshness
from metrics.refresh.held import HeldError
from metrics.refresh.log import Entry, counted, log
from metrics.refresh.manners import CONTACT_VARIABLE, VERSION, Manners, NotAsked
from metrics.refresh.running import How, Outcome, accept, refresh, refuse
from metrics.refresh.source import Bounds, Source
from metrics.refresh.sources import Found, SourceError, chosen, sources
from metrics.refresh.standing import Standing, standing, standings, waiting
from metrics.refresh.state import State, next_due
