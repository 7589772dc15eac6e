"""What leaves over HTTP: what is published, whoever asks, under a mark that says what it is of."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from base.words import Lang
from geo.boundaries.replaced import in_force
from metrics.people import VISITOR, AccessError, seen_by
from metrics.store import Store, current_store
from ui.address import as_known
from ui.serving.program import PROGRAM
from ui.shell import current_policy

# Characters of an address that are read.
LONGEST_QUERY: Final = 4000


def is_closed() -> bool:
    """Tell whether nothing leaves, as the pages show nothing to who has not signed in."""
    try:
        policy = current_policy()
    except AccessError:
        return True
    return policy is not None and policy.sign_in_to_read


def published(as_of: str = "") -> Store:
    """Return the figures as a visitor sees them.

    Parameters
    ----------
    as_of
        As they were known then, in the words of an address; "" for now.

    Raises
    ------
    base.words.Refusal
        If that cannot be followed.
    """
    return seen_by(as_known(current_store(), as_of), VISITOR)


def mark(store: Store, lang: Lang, *more: str) -> str:
    """Name all that an answer depends on besides its address, as an ETag."""
    boundaries = in_force()
    parts = (store.generation, boundaries.name if boundaries else "", lang, PROGRAM, *more)
    return f'"{sha256(" ".join(map(str, parts)).encode()).hexdigest()[:16]}"'
