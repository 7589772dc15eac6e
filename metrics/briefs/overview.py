"""The atlas at a glance: how current it is, what its themes are, and what it does not know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from metrics.briefs.theme import THEMES, Silence, Theme, best_covered, theme
from metrics.catalog import Domain
from metrics.store import Store
from metrics.targets import State, as_of, counted, progress


@dataclass(frozen=True, slots=True)
class Overview:
    """What the first page tells.

    Attributes
    ----------
    newest
        As-of date of the newest result; None where there is none.
    themes
        Ids of the subjects that have a page and are in the catalog.
    widest
        The one of them with the best-covered map; "" where none has a map.
    unknowns
        Areas of the newest map without any figure of a subject, the largest share first.
    unknown_targets, targets
        How many targets nothing can be said about, of how many there are.
    """

    newest: date | None
    themes: tuple[str, ...]
    widest: str
    unknowns: tuple[tuple[Domain, Silence], ...]
    unknown_targets: int
    targets: int


@lru_cache(maxsize=4)
def overview(store: Store) -> Overview:
    """Gather what the first page tells about the atlas.

    Parameters
    ----------
    store
        The store of figures; a new generation is a new store.

    Returns
    -------
    Overview
        The same object for the same figures.
    """
    themes = [theme(store, id_) for id_ in THEMES if id_ in store.catalog.domains]
    widest = best_covered([facts.best for facts in themes if facts.best is not None])
    targets = counted(progress(store))
    return Overview(
        as_of(store),
        tuple(facts.domain.id for facts in themes),
        widest.indicator.domain if widest else "",
        unknowns(themes),
        targets[State.UNKNOWN],
        sum(targets.values()),
    )


def unknowns(themes: Sequence[Theme]) -> tuple[tuple[Domain, Silence], ...]:
    """Order what is not known on the newest map: the largest share of silent areas first.

    Parameters
    ----------
    themes
        Subjects in the order of the menu, which decides between equal shares.
    """
    found = []
    for facts in themes:
        newest = facts.silence[0].edition if facts.silence else ""
        found += [(facts.domain, s) for s in facts.silence if s.edition == newest and s.silent]
    return tuple(sorted(found, key=lambda pair: -len(pair[1].silent) / pair[1].of))
