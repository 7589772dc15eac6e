"""The sources of figures in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from base.words import Lang, number, t
from metrics.store import SIMULATED_PREFIX, Store
from ui.scene.found import Found
from ui.scene.named import source_name

MOST_SOURCES: Final = 3  # named one by one


def is_made_up(datasets: Iterable[Any]) -> bool:
    """Tell whether any of some datasets is a simulated one."""
    return any(str(id_).startswith(SIMULATED_PREFIX) for id_ in datasets)


def origins_of(found: Found) -> list[tuple[str, ...]]:
    """Return the ids of the sources of each row; several where it is carried from other areas."""
    frame = found.panel.frame
    single: list[tuple[str, ...]] = [(str(origin),) for origin in frame["origin"].tolist()]
    if "origins" not in frame:
        return single
    return [tuple(own) or one for own, one in zip(frame["origins"], single, strict=True)]


def sources_named(store: Store, ids: Iterable[Any], lang: Lang) -> str:
    """Name the sources of one figure."""
    known = (store.catalog.origins.get(str(id_)) for id_ in ids)
    return "; ".join(dict.fromkeys(source_name(origin, lang) for origin in known if origin))


def sources_text(*scenes: Found) -> str:
    """Name the sources of the figures shown, the first few of them."""
    ids = (own for scene in scenes for own in origins_of(scene))
    return origins_text(scenes[0].store, ids, scenes[0].lang)


def origins_text(store: Store, found: Iterable[Iterable[Any]], lang: Lang) -> str:
    """Name sources, those of most figures first; `found` has the ids of each figure."""
    counts = Counter(str(id_) for ids in found for id_ in ids)
    named = Counter[str]()
    for id_, n in counts.items():
        origin = store.catalog.origins.get(id_)
        if origin is not None:
            named[source_name(origin, lang)] += n
    names = [name for name, _ in named.most_common()]
    if not names:
        return ""
    first = "; ".join(names[:MOST_SOURCES])
    rest = len(names) - MOST_SOURCES
    more = t("figure.sources.more", lang, n=number(rest, lang)) if rest > 0 else ""
    return t("figure.sources", lang, names=first) + more
