"""Match the names of places to area codes."""

from geo.names.bulk import resolve_many
from geo.names.collate import vietnamese_key
from geo.names.data import iso_codes, old_units, searched, type_words
from geo.names.methods import MATCHED, Method
from geo.names.spellings import spellings
from geo.names.text import NONE, Key, fold, key, normalise, tidy
