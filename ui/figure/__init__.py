"""Figures to publish, from views."""

from ui.figure.kinds import fits, spec_of
from ui.figure.names import figure_stem
from ui.figure.parts import Choices
from ui.figure.spec import figure_spec
