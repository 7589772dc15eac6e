"""Whom pages are written for."""

from __future__ import annotations

from dataclasses import dataclass

from base.words import Lang
from metrics.people.access import VISITOR
from metrics.people.actors import Actor
from metrics.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody who looks at figures.

    Attributes
    ----------
    store
        The figures that they may see; see `metrics.people.seen_by`.
    lang
        Their language.
    actor
        Who they are. What is kept for several readers is kept for a visitor, who may do least.
    """

    store: Store
    lang: Lang
    actor: Actor = VISITOR
