"""Save a store as one checked archive, and restore it."""

from metrics.backup.archive import Manifest
from metrics.backup.backup import back_up, restore
