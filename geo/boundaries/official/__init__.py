"""Replace the bundled, approximate boundaries by official ones, and take that back."""

from geo.boundaries.official.download import Progress
from geo.boundaries.official.fetching import fetched
from geo.boundaries.official.importing import FileOptions, from_file
from geo.boundaries.official.install import LayerState, install, install_each, status, undo
from geo.boundaries.official.records import FINEST, Finding, Refused, Weight
from geo.boundaries.official.upgrade import Step
