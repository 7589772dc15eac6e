"""A table read by its mapping, and what was found."""

from metrics.importing.examined.examine import PENDING, examine
from metrics.importing.examined.sheets import alike, joined, told_twice
