"""From the names of rows to areas."""

from metrics.importing.places.editions_apart import absent, other_editions
from metrics.importing.places.nearest import nearest
from metrics.importing.places.places import match_places
from metrics.importing.places.spellings import place_key
from metrics.importing.places.unplaced import place_findings
