"""Publication figures: a picture that can be printed, with everything that it needs beside it.

    from geo.figure import FigureSpec, render

    png = render(spec, "png", dpi=200)

A `FigureSpec` says what is shown, in finished words and colours; `ui.figure.spec` makes it from
what a page shows, so that screen and figure agree. Drawn by matplotlib without any state of its own
between figures: threads and processes may draw at once. The projection is described, with its
parameters and what it distorts, in `geo.figure.geometry`.
"""

from __future__ import annotations

import io
import threading
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from geo.figure.chart_records import (
    Bar,
    BarsBody,
    Line,
    LinesBody,
    Point,
    ProfileBody,
    ProfileRow,
    Seam,
    SectionBody,
)
from geo.figure.map_records import Archipelago, Dot, Fill, MapBody, MultiplesBody, Panel, Shape
from geo.figure.presets import DEFAULT_PRESET, MAX_DPI, MIN_DPI, PRESETS, Preset
from geo.figure.records import FORMATS, THEMES, Body, FigureSpec, Format, Key, Legend, Square, Theme
from geo.figure.text import clean

if TYPE_CHECKING:
    from geo.figure.page import Page

__all__ = [
    "DEFAULT_DPI",
    "DEFAULT_PRESET",
    "FORMATS",
    "LONGEST_NOTE",
    "LONGEST_TITLE",
    "MAX_DPI",
    "MEDIA",
    "MIN_DPI",
    "PRESETS",
    "THEMES",
    "Archipelago",
    "Bar",
    "BarsBody",
    "Body",
    "Dot",
    "FigureSpec",
    "Fill",
    "Format",
    "Key",
    "Legend",
    "Line",
    "LinesBody",
    "MapBody",
    "MultiplesBody",
    "Panel",
    "Point",
    "Preset",
    "ProfileBody",
    "ProfileRow",
    "Seam",
    "SectionBody",
    "Shape",
    "Square",
    "Theme",
    "pixels",
    "render",
]

DEFAULT_DPI = 200
LONGEST_TITLE = 200
LONGEST_NOTE = 500
LONGEST_ADDRESS = 1500  # what a QR code that can be scanned from paper holds
MEDIA = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}
# A page of A4 at 600 dots per inch takes 140 MB while it is drawn: so many at once, others wait.
_turns = threading.BoundedSemaphore(2)


def render(spec: FigureSpec, fmt: Format, dpi: int = DEFAULT_DPI) -> bytes:
    """Draw a figure.

    Parameters
    ----------
    spec
        What it shows. Its texts may hold anything: control characters are removed, dollar signs do
        not start formulas, long words are broken, title and note are cut to `LONGEST_TITLE` and
        `LONGEST_NOTE` characters.
    fmt
        ``png``; ``svg``, text as text and each area a group ``area-CODE`` with a title; ``pdf``,
        typeface embedded as TrueType.
    dpi
        Dots per inch, `MIN_DPI` to `MAX_DPI`. Matters for PNG only.

    Returns
    -------
    bytes
        A complete file. The same for the same arguments.

    Raises
    ------
    ValueError
        For an unknown format, preset or theme, a resolution out of range, or an address that is not
        one of the web; the message says what is allowed.
    """
    _check(spec, fmt, dpi)
    from geo.figure.layout import compose  # noqa: PLC0415

    spec = _cleaned(spec)
    with _turns:
        page = compose(spec, fmt)
        try:
            return _save(page, spec, fmt, dpi)
        finally:
            page.figure.clear()


def pixels(preset: str, dpi: int) -> tuple[int, int]:
    """Return how wide and high a PNG of a preset will be."""
    page = PRESETS[preset]
    # As matplotlib does: parts of pixels are cut off.
    return int(page.width / 72 * dpi), int(page.height / 72 * dpi)


def _check(spec: FigureSpec, fmt: str, dpi: int) -> None:
    for what, given, allowed in (
        ("format", fmt, FORMATS),
        ("preset", spec.preset, tuple(PRESETS)),
        ("theme", spec.theme, THEMES),
    ):
        if given not in allowed:
            raise ValueError(f"{what} is {given!r}; allowed are {', '.join(allowed)}")
    if not MIN_DPI <= dpi <= MAX_DPI:
        raise ValueError(f"dpi is {dpi}; allowed are {MIN_DPI} to {MAX_DPI}")
    if spec.permalink and (
        urlsplit(spec.permalink).scheme not in ("http", "https")
        or len(spec.permalink) > LONGEST_ADDRESS
    ):
        raise ValueError(
            f"permalink is {spec.permalink[:80]!r}; allowed are web addresses of up to "
            f"{LONGEST_ADDRESS} characters"
        )


def _cleaned(spec: FigureSpec) -> FigureSpec:
    """Clean every text of a figure, title and note cut to their lengths."""
    cleaned: FigureSpec = _clean_all(spec)
    return replace(
        cleaned, title=clean(spec.title, LONGEST_TITLE), note=clean(spec.note, LONGEST_NOTE)
    )


def _clean_all(record: Any) -> Any:
    if isinstance(record, str):
        # Levels and fills are words of ours; `clean` would turn them into plain text.
        return clean(record) if type(record) is str else record
    if isinstance(record, tuple):
        return tuple(_clean_all(item) for item in record)
    if is_dataclass(record) and not isinstance(record, type):
        changed = {
            field.name: new
            for field in fields(record)
            if (new := _clean_all(old := getattr(record, field.name))) is not old and new != old
        }
        return replace(record, **changed) if changed else record
    return record


def _save(page: Page, spec: FigureSpec, fmt: Format, dpi: int) -> bytes:
    stream = io.BytesIO()
    about = {"Title": spec.title, "Creator": "Atlas 06"}
    rights = " ".join(text for text in (spec.as_of, spec.source, spec.boundary) if text)
    if fmt == "png":
        import numpy as np  # noqa: PLC0415
        from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415

        from geo.figure.png import png_bytes  # noqa: PLC0415

        metadata = {"Title": spec.title, "Software": "Atlas 06", "Source": rights}
        canvas = FigureCanvasAgg(page.figure)
        page.figure.set_dpi(dpi)
        canvas.draw()
        return png_bytes(np.asarray(canvas.buffer_rgba())[:, :, :3], dpi, metadata)
    if fmt == "pdf":
        about |= {"Subject": rights, "Producer": "Atlas 06 (matplotlib)"}
        page.figure.savefig(stream, format=fmt, metadata={**about, "CreationDate": None})
    else:
        from geo.figure.svg import finish  # noqa: PLC0415

        about |= {"Source": rights, "Language": spec.lang}
        page.figure.savefig(stream, format=fmt, metadata={**about, "Date": None})
        return finish(stream.getvalue().decode(), page, spec).encode()
    return stream.getvalue()
