"""How classes were found, in words for the foot of a legend."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np

from base.words import number, t, tn
from geo.classify import DEFAULT_METHOD, MANUAL
from ui.scene.scene import Scene

# Methods whose breaks are numbers of their own: a mean, an interval.
STATISTICS: Final = ("equal_interval", "std_mean", "head_tail")


def method_notes(scene: Scene, n: str) -> Iterable[str]:
    """Say how classes were found, and what of that the bounds and counts beside them do not show.

    Parameters
    ----------
    n
        How many areas or numbers were sorted, as written.
    """
    lang, classes = scene.lang, scene.classes
    k = tn("legend.classes", classes.k, lang)
    method = t(f"method.{classes.method}", lang)
    if classes.steps and classes.method != MANUAL:
        centre = number(classes.centre, lang, 4)
        method = t(f"method.short.{classes.method}", lang)
        yield t("legend.method.around", lang, n=n, method=method, k=k, centre=centre)
    else:
        yield t("legend.method", lang, n=n, method=method, k=k)
        if classes.method == DEFAULT_METHOD and classes.uneven:
            yield t("legend.uneven", lang)
    if classes.k < classes.asked:
        yield t("legend.fewer", lang, asked=classes.asked)
    if classes.sampled:
        yield t("legend.sampled", lang, n=number(classes.sampled, lang))
    if classes.exact and not classes.steps and classes.method in STATISTICS:
        told = "; ".join(number(edge, lang, _exact_digits(edge)) for edge in classes.exact)
        yield t("legend.exact", lang, breaks=told)
    elif classes.exact and classes.method != DEFAULT_METHOD:
        yield t("legend.rounded", lang)


def _exact_digits(edge: float) -> int:
    """Return the decimals that give a number four digits, none beyond six."""
    size = int(np.floor(np.log10(abs(edge)))) if edge else 0
    return min(6, max(0, 3 - size))
