"""The typeface of figures: found, registered once, and measured."""

from __future__ import annotations

import logging
import threading
from functools import cache
from pathlib import Path
from typing import Final

from base.folders import STATIC

FAMILY: Final = "Be Vietnam Pro"
# Comes with matplotlib; has every Vietnamese letter and the signs that the typeface lacks.
SECOND: Final = "DejaVu Sans"
FOLDER = STATIC / "vendor" / "fonts"
STYLES: Final = {400: "Regular", 500: "Medium", 600: "SemiBold"}
# Stands for what neither typeface has.
UNKNOWN: Final = "□"
_lock = threading.Lock()
_log = logging.getLogger(__name__)


def font_path(weight: int) -> Path:
    """Name the file of a weight of the typeface, whether or not it exists."""
    return FOLDER / f"BeVietnamPro-{STYLES[weight]}.ttf"


@cache
def _register() -> tuple[str, ...]:
    import matplotlib as mpl  # noqa: PLC0415
    from matplotlib import font_manager  # noqa: PLC0415

    # Constant for the life of the process, so that figures may be drawn by several threads.
    mpl.rcParams.update(
        {
            "svg.fonttype": "none",
            "svg.hashsalt": "atlas06",
            "pdf.fonttype": 42,
            "path.simplify": False,
            "text.hinting": "none",
            "text.antialiased": True,
        }
    )
    # Weights that the second typeface lacks are no news.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    missing = [font_path(weight).name for weight in STYLES if not font_path(weight).exists()]
    if missing:
        _log.warning(
            "The typeface of figures is not in %s (%s); %s stands in. `make run` makes it.",
            FOLDER,
            ", ".join(missing),
            SECOND,
        )
        return (SECOND,)
    for weight in STYLES:
        font_manager.fontManager.addfont(font_path(weight))
    return (FAMILY, SECOND)


def families() -> tuple[str, ...]:
    """Return the typefaces to draw with, the first one first; makes them known to matplotlib."""
    with _lock:
        return _register()


def _second_path() -> Path:
    import matplotlib as mpl  # noqa: PLC0415

    return Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"


@cache
def _advances(path: Path) -> dict[int, float]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    with TTFont(path, lazy=True) as font:
        unit, widths = font["head"].unitsPerEm, font["hmtx"].metrics
        return {code: widths[name][0] / unit for code, name in font.getBestCmap().items()}


def advances(weight: int) -> tuple[dict[int, float], dict[int, float]]:
    """Return the width of each character in ems, in the typeface and in the second one."""
    return _both_advances(FOLDER, weight)


@cache
def _both_advances(_: Path, weight: int) -> tuple[dict[int, float], dict[int, float]]:
    path = font_path(weight)
    second = _advances(_second_path())
    return (_advances(path) if path.exists() else second), second


def typefaces() -> Path:
    """Return what tells whether the same characters can be drawn as before."""
    return FOLDER


def has_glyph(char: str) -> bool:
    """Say whether a character can be drawn."""
    return any(ord(char) in known for known in advances(400))


def text_width(text: str, size: float, weight: int = 400) -> float:
    """Measure a line of text.

    Returns
    -------
    float
        Points. Kerning is left out, so that it is rather a little too much.
    """
    first, second = advances(weight)
    return size * sum(first.get(code) or second.get(code, 0.6) for code in map(ord, text))
