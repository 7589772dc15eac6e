"""Find places of every edition by what people type."""

from geo.search.finding import search
from geo.search.index import heirs_of, shipped
from geo.search.units import units
