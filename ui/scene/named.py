"""What sources are called."""

from __future__ import annotations

from base.words import Lang, pick, t
from metrics.catalog import Origin
from ui.scene.uploads import is_uploaded


def headline(origin: Origin, lang: Lang) -> str:
    """Return what a source is called: what it is about where it has no title of its own."""
    title = pick(origin.title, lang)
    untitled, colon, about = title.partition(":")
    if colon and untitled.casefold() == t("source.untitled", lang).casefold():
        about = about.strip()
        return about[:1].upper() + about[1:]
    return title


def source_name(origin: Origin, lang: Lang) -> str:
    """Name a source briefly: its producer, or its title where the producer is unknown."""
    producer = pick(origin.producer, lang)
    unknown = producer.casefold().startswith(t("source.unknown", lang).casefold())
    return headline(origin, lang) if unknown else producer


def licence_text(origin: Origin, lang: Lang) -> str:
    """Return the licence of a source as recorded; said to be unknown where it is."""
    return t("source.unknown", lang) if origin.licence == "unknown" else origin.licence


def as_uploaded(name: str, dataset: object, lang: Lang) -> str:
    """Say beside the name of a source or a dataset that a user has loaded its figures."""
    return t("source.uploaded", lang, source=name) if name and is_uploaded(dataset) else name
