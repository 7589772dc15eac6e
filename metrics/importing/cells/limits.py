"""Why a table or a mapping cannot be taken."""

from __future__ import annotations

from base.words import Refusal


class ImportRefused(Refusal):
    """A table or a mapping that cannot be taken; nothing of it was stored."""

    prefix = "import.refused."
