"""The API in words, for people: what can be asked, how, and what each parameter may be."""

from __future__ import annotations

from typing import Final

from base.html import Markup, el, items, terms
from base.words import Lang, number, t
from metrics.exporting import MOST_ROWS, permalink, public_url
from ui.serving.api.data import MOST_SHAPES
from ui.serving.api.endpoint import AT_ONCE, DRAWN_AT_ONCE
from ui.serving.api.listed import MOST
from ui.serving.api.operations import ROOT, Operation
from ui.serving.api.parameters import LANG, Parameter
from ui.serving.api.pictures import MOST_DPI
from ui.serving.api.routing import OPERATIONS
from ui.serving.api.shapes import MOST_AREAS
from ui.serving.base import base_path
from ui.serving.published import LONGEST_QUERY

HERE: Final = ROOT.lstrip("/")
# What is said of a page's own address is not said again for each of its parameters.
OF_ADDRESSES: Final = "view."
LIMITS: Final = {
    "page": MOST,
    "rows": MOST_ROWS,
    "shapes": MOST_SHAPES,
    "areas": MOST_AREAS,
    "dpi": MOST_DPI,
    "query": LONGEST_QUERY,
    "at_once": AT_ONCE,
    "drawn": DRAWN_AT_ONCE,
}


def described(lang: Lang) -> Markup:
    """Write what the page says below its heading."""
    told = [el("h2", t("api.begin", lang)), _begin(lang)]
    told += [el("h2", t("api.limits", lang)), items(_limits(lang))]
    told += [el("h2", t("api.what", lang)), *(_operation(one, lang) for one in OPERATIONS)]
    return el("div.atlas-text.atlas-api", told)


def _begin(lang: Lang) -> Markup:
    document = f"{HERE}/openapi.json"
    at = permalink(HERE) if public_url() else f"{base_path()}{ROOT}"
    return items(
        [
            (
                t("api.at", lang),
                " ",
                el("code", at),
            ),
            (t("api.document", lang), " ", el("a", document, href=f"{document}?lang={lang}")),
            t("api.lang", lang),
            t("api.beside", lang),
            t("api.etag", lang),
        ]
    )


def _limits(lang: Lang) -> list[str]:
    return [t(f"api.limit.{name}", lang, n=number(most, lang)) for name, most in LIMITS.items()]


def _operation(one: Operation, lang: Lang) -> Markup:
    own = [p for p in one.parameters if p is not LANG and not p.said.startswith(OF_ADDRESSES)]
    of_pages = any(p.said.startswith(OF_ADDRESSES) for p in one.parameters)
    return el(
        "section",
        el("h3", t(f"api.op.{one.name}", lang)),
        el("p", el("code", f"GET {one.path}")),
        el("p", t("api.example", lang), " ", el("a", one.example, href=f"{HERE}{one.example}")),
        terms((el("code", p.name), _meaning(p, lang)) for p in own),
        of_pages and el("p", t("api.addresses", lang)),
    )


def _meaning(one: Parameter, lang: Lang) -> str:
    needed = f" ({t('api.needed', lang)})" if one.required else ""
    return f"{one.means(lang)}: {one.rule(lang)}{needed}"
