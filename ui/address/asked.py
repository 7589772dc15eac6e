"""What a figure is of: a view, and what the pages that compare areas are asked besides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urlencode

from metrics.store import Store
from ui.address.clusters import CLUSTERED
from ui.address.clusters import Settings as ClusterSettings
from ui.address.engine import Refusal
from ui.address.kinds import CLUSTERS, MULTIPLES, PAIR, PROFILE
from ui.address.known import AS_OF
from ui.address.pair import COMPARED
from ui.address.pair import Settings as PairSettings
from ui.address.view import View

# Parameters of the pages that a figure can be of, besides those of a view.
PARAMS: Final = tuple(dict.fromkeys((*COMPARED.names, *CLUSTERED.names)))
# What none of them means in a figure: whose figure is traced to its source.
UNUSED: Final = ("way", "of")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a figure is of, besides how it is drawn.

    Attributes
    ----------
    view
        The view.
    pair, clusters
        What the pages of comparison and of clusters are asked.
    """

    view: View
    pair: PairSettings = field(default_factory=PairSettings)
    clusters: ClusterSettings = field(default_factory=ClusterSettings)

    def params(self, kind: str) -> dict[str, str]:
        """Write what a kind is asked besides its view; "" for the parameters of other kinds."""
        found = dict.fromkeys(PARAMS, "")
        if kind in (PAIR, MULTIPLES):
            found |= replace(self.pair, way=kind).params(self.view)
        elif kind == CLUSTERS:
            found |= self.clusters.params(self.view)
        return found | dict.fromkeys(UNUSED, "")

    def href(self, kind: str) -> str:
        """Write the address, relative to any page of the app, that shows the same."""
        more = {name: text for name, text in self.params(kind).items() if text}
        view = self.view.params()
        if kind in (PAIR, MULTIPLES):
            return f"compare?{urlencode(view | {'way': kind} | more)}"
        if kind == CLUSTERS:
            return f"clusters?{urlencode(view | more)}"
        if kind == PROFILE:
            names = ("lang", AS_OF, "edition", "place")
            return f"profile?{urlencode({name: view[name] for name in names if name in view})}"
        return self.view.href()


def read_asked(
    given: Mapping[str, str], kind: str, view: View, store: Store
) -> tuple[Asked, list[Refusal]]:
    """Read what a figure is of; only what its kind is asked is refused.

    Parameters
    ----------
    given
        The address as it arrived.
    kind
        One of `ui.figure.parts.KINDS`.
    store
        For the indicators that exist.
    """
    pair, unpaired = COMPARED.read(given, store.catalog.indicators)
    clusters, unclustered = CLUSTERED.read(given)
    refused = {PAIR: unpaired, MULTIPLES: unpaired, CLUSTERS: unclustered}.get(kind, [])
    return Asked(view, pair, clusters), refused
