"""The sources of a scene in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from base.words import Lang, number, t
from metrics.store import SIMULATED_PREFIX, Store
from ui.scene.figures import records, source_name
from ui.scene.scene import Scene

MOST_SOURCES: Final = 3  # named one by one


def is_made_up(datasets: Iterable[Any]) -> bool:
    """Tell whether any of some datasets is a simulated one."""
    return any(str(id_).startswith(SIMULATED_PREFIX) for id_ in datasets)


def sources_text(store: Store, *scenes: Scene) -> str:
    """Name the sources of the figures shown, the first few of them."""
    lang = scenes[0].view.lang
    ids = (
        row.get("origins") or (row["origin"],)
        for scene in scenes
        for row in records(scene.panel.frame)
    )
    return origins_text(store, ids, lang)


def origins_text(store: Store, found: Iterable[Iterable[Any]], lang: Lang) -> str:
    """Name sources, those of most figures first; `found` has the ids of each figure."""
    counts = Counter[str]()
    for ids in found:
        for id_ in ids:
            origin = store.catalog.origins.get(str(id_))
            if origin is not None:
                counts[source_name(origin, lang)] += 1
    names = [name for name, _ in counts.most_common()]
    if not names:
        return ""
    named = "; ".join(names[:MOST_SOURCES])
    rest = len(names) - MOST_SOURCES
    more = t("figure.sources.more", lang, n=number(rest, lang)) if rest > 0 else ""
    return t("figure.sources", lang, names=named) + more
