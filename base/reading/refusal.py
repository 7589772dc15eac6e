"""Why a file could not be read."""

from __future__ import annotations

from base.words import Refusal


class Unreadable(Refusal):
    """A file that cannot be read: which, what is wrong with it, and what to do."""

    prefix = "reading.refused."
