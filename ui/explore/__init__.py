"""The map explorer."""

from ui.explore.early import early
from ui.explore.framed import show_framed
from ui.explore.panel import NAMES, panel, read_taking
