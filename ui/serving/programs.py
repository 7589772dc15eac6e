"""For programs: what stands beside the page that is shown, and the lines that read it."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

import streamlit as st

from base.html import Markup, details, el, link
from base.words import Lang, t
from metrics.briefs import THEMES
from metrics.exporting import remote
from metrics.observations import NUMBER_COLUMNS
from ui.download import whole_address
from ui.serving.api import LISTS, asked_beside, beside_pages
from ui.serving.api.beside import PNG
from ui.serving.api.beside_lists import NUMBERS, TABLES_PAGE
from ui.shell import framed, store
from ui.theme import story

# Of lists, these have the rows of an export.
OBSERVATIONS: Final = frozenset({*THEMES, TABLES_PAGE})


def for_programs(page: str, lang: Lang) -> Markup:
    """Write the addresses of the rows of a page, and how programs read them."""
    forms = beside_pages().get(page)
    if not forms or framed():
        return Markup()
    given = asked_beside(page, st.query_params.to_dict().items())
    asked = f"?{urlencode(given)}" if given else ""
    if page in THEMES and not story(store(), page, lang).mapped:
        forms = tuple(form for form in forms if form != PNG)
    ways = [link(f"{page}.{form}{asked}", form.upper()) for form in forms]
    exported = page in OBSERVATIONS or page not in LISTS
    numbers = NUMBER_COLUMNS if exported else NUMBERS.get(page, ())
    code = remote(whole_address(f"{page}.csv{asked}"), numbers)
    return el(
        "div.atlas-programs",
        details(
            t("programs.title", lang),
            el("p", t("programs.how", lang), " ", [(way, " ") for way in ways]),
            *(
                details(name, el("pre", el("code", lines), tabindex="0"))
                for name, lines in code.items()
            ),
        ),
    )
