"""Why something was not stored, in the reader's words."""

from __future__ import annotations

from metrics.store.generations import StoreError


class Refused(StoreError):
    """Something that cannot be stored; what was there before is unchanged."""

    prefix = "refused.store."
