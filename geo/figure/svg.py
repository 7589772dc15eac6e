"""Finish an SVG: titles of groups, halos of names, the typeface, a description."""

from __future__ import annotations

import base64
import io
import re
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from geo.figure.fonts import FAMILY, STYLES, font_path
from geo.figure.page import Page
from geo.figure.records import FigureSpec

_GROUP = re.compile(r'<g id="([^"]+)">')
_ROOT = re.compile(r"<svg ([^>]*)>")
_STYLE = re.compile(r'<style type="text/css">([^<]*)</style>')


def finish(svg: str, page: Page, spec: FigureSpec) -> str:
    """Add what matplotlib cannot write.

    Returns
    -------
    str
        With a title for each area, a description for those who do not see it, and the letters of
        the typeface that are used, so that the text looks the same where it is not installed.
    """

    def titled(match: re.Match[str]) -> str:
        told = page.titles.get(match[1])
        return f"{match[0]}<title>{escape(told)}</title>" if told else match[0]

    body = _GROUP.sub(titled, svg)
    head = f"<title>{escape(spec.title)}</title><desc>{escape(spec.alt or spec.subtitle)}</desc>"
    # Functions, since a replacement text would be searched for backslashes.
    body = _ROOT.sub(
        lambda m: f'<svg {m[1]} role="img" xml:lang={quoteattr(spec.lang)}>{head}', body, count=1
    )
    style = _style(page, svg)
    return _STYLE.sub(lambda m: f'<style type="text/css">{m[1]}{style}</style>', body, count=1)


def _style(page: Page, svg: str) -> str:
    def halo(kind: str, color: str) -> str:
        return (
            f'g[id^="{kind}-"] text{{paint-order:stroke;stroke:{color};stroke-opacity:.85;'
            "stroke-width:2px;stroke-linejoin:round}"
        )

    rules = halo("name", page.inks.paper) + 'g[id^="name-bare-"] text{stroke:none}'
    letters = "".join(sorted(set(_text_of(svg))))
    return rules + "".join(face(weight, letters) for weight in STYLES)


def _text_of(svg: str) -> str:
    from html import unescape  # noqa: PLC0415

    return unescape("".join(re.findall(r"<text [^>]*>([^<]*)</text>", svg)))


@lru_cache(maxsize=64)
def face(weight: int, letters: str) -> str:
    """Write a style rule that holds a weight of the typeface, with only these letters."""
    path = font_path(weight)
    if not path.exists():
        return ""
    from fontTools import subset  # noqa: PLC0415

    options = subset.Options(flavor="woff2", layout_features=["kern"], notdef_outline=True)
    font = subset.load_font(str(path), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    buffer = io.BytesIO()
    subset.save_font(font, buffer, options)
    data = base64.b64encode(buffer.getvalue()).decode()
    return (
        f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};'
        f'src:url("data:font/woff2;base64,{data}") format("woff2")}}'
    )
