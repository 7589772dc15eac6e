"""What the page of clusters is asked besides its view, and how an address says it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from geo.classify import ALPHAS, DEFAULT_PERMUTATIONS, DEFAULT_SEED, LARGEST_SEED, PERMUTATIONS
from ui.address.engine import Address, Param, Reading, among, spelled
from ui.address.own import AREA, of_view
from ui.address.view import View

CORRECTIONS = ("bh", "none")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the page of clusters is asked besides its view.

    Attributes
    ----------
    alpha, permutations, seed
        As of `geo.classify.clusters.find_clusters`.
    correction
        ``bh`` (Benjamini and Hochberg) or ``none``.
    area
        Edition and code of the area singled out; empty for none.
    """

    alpha: float = ALPHAS[0]
    permutations: int = DEFAULT_PERMUTATIONS
    seed: int = DEFAULT_SEED
    correction: str = CORRECTIONS[0]
    area: tuple[str, str] = ("", "")

    def params(self, view: View) -> dict[str, str]:
        """Write them as parameters of an address; an area of another edition is left out."""
        return CLUSTERED.write(replace(self, area=of_view(self.area, view)))


def _seed(text: str, _: Reading) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= LARGEST_SEED):
        raise ValueError(text)
    return int(text)


CLUSTERED: Final = Address(
    Settings,
    (
        Param("alpha", spelled({f"{alpha:g}": alpha for alpha in ALPHAS}), "{:g}".format),
        Param("permutations", spelled({str(n): n for n in PERMUTATIONS})),
        Param("seed", _seed),
        Param("correction", among(*CORRECTIONS)),
        AREA,
    ),
)
