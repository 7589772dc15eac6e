"""Some places side by side, their lines over time and where they lie."""

from ui.compare import places_page
from ui.shell import read_view, style

style()
places_page(*read_view())
