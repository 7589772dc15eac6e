"""What the page of clusters is asked besides its view, and how an address says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from geo.classify import ALPHAS, DEFAULT_PERMUTATIONS, DEFAULT_SEED, LARGEST_SEED, PERMUTATIONS
from ui.address.own import area_text, asked, read_area
from ui.address.view import Refusal, View

PARAMS = ("alpha", "permutations", "seed", "correction", "area")
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
        edition, code = self.area
        texts = {
            name: f"{value:g}" if name == "alpha" else str(value)
            for name, value in asdict(self).items()
        }
        return texts | {"area": area_text(view, code) if edition == view.edition else ""}


def read_settings(given: Mapping[str, str]) -> tuple[Settings, list[Refusal]]:
    """Read the settings from an address; see `ui.comparing.asked`."""
    found, refused = asked(
        given,
        {
            "alpha": {f"{alpha:g}": alpha for alpha in ALPHAS}.__getitem__,
            "permutations": {str(n): n for n in PERMUTATIONS}.__getitem__,
            "seed": _seed,
            "correction": {name: name for name in CORRECTIONS}.__getitem__,
            "area": read_area,
        },
    )
    return Settings(**found), refused


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= LARGEST_SEED):
        raise ValueError(text)
    return int(text)
