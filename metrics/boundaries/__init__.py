"""Replacing boundaries as a person with a role."""

from metrics.boundaries.changes import MIRROR_VARIABLE, fetch, import_file, undo
