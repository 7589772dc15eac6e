"""Whether a figure was loaded by a user, beside those that the atlas ships."""

from __future__ import annotations

from base.words import Lang, t
from metrics.store import SHIPPED_ID, SIMULATED_PREFIX


def is_uploaded(dataset: object) -> bool:
    """Tell whether a row of a panel is of a dataset of a user; one without a figure is of none."""
    known = isinstance(dataset, str) and dataset not in ("", SHIPPED_ID)
    return known and not str(dataset).startswith(SIMULATED_PREFIX)


def as_uploaded(name: str, dataset: object, lang: Lang) -> str:
    """Say beside the name of a source or a dataset that a user has loaded its figures."""
    return t("source.uploaded", lang, source=name) if name and is_uploaded(dataset) else name
