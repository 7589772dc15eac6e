"""Match the names of places to area codes, and search places by name."""

from geo.names.bulk import resolve_many
from geo.names.collate import vietnamese_key
from geo.names.methods import MATCHED, Method
from geo.names.search import search_keys
from geo.names.text import Key, fold, key, normalise, tidy
