"""Boundary layers as the files a browser fetches."""

from geo.boundaries.web.files import build, simplified, write_bounds, write_edition, write_layer
from geo.boundaries.web.full import Full
