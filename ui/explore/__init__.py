"""The map explorer."""

from ui.explore.framed import show_framed
