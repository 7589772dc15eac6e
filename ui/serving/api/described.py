"""The API in words, for people: what can be asked, how, and what each parameter may be."""

from __future__ import annotations

from typing import Final

from base.html import Markup, el, items, row
from base.words import Lang, number, t
from metrics.exporting import MOST_ROWS, permalink
from ui.serving.api.data import MOST_SHAPES
from ui.serving.api.endpoint import AT_ONCE, DRAWN_AT_ONCE
from ui.serving.api.listed import MOST
from ui.serving.api.operations import ROOT, Operation
from ui.serving.api.parameters import Parameter, rule
from ui.serving.api.pictures import MOST_DPI
from ui.serving.api.routing import OPERATIONS
from ui.serving.api.shapes import MOST_AREAS
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
    return items(
        [
            (t("api.at", lang), " ", el("code", permalink(HERE))),
            (t("api.document", lang), " ", el("a", document, href=f"{document}?lang={lang}")),
            t("api.beside", lang),
            t("api.etag", lang),
        ]
    )


def _limits(lang: Lang) -> list[str]:
    return [t(f"api.limit.{name}", lang, n=number(most, lang)) for name, most in LIMITS.items()]


def _operation(one: Operation, lang: Lang) -> Markup:
    href = f"{HERE}{one.example}"
    own = [p for p in one.parameters if not p.said.startswith(OF_ADDRESSES)]
    return el(
        "section",
        el("h3", t(f"api.op.{one.name}", lang)),
        el("p", el("code", f"GET {one.path}"), " – ", el("a", one.example, href=href)),
        el("table.atlas-table", el("tbody", [_parameter(p, lang) for p in own])),
        len(own) < len(one.parameters) and el("p.atlas-small", t("api.addresses", lang)),
    )


def _parameter(one: Parameter, lang: Lang) -> Markup:
    needed = f" ({t('api.needed', lang)})" if one.required else ""
    name = el("th", el("code", one.name), needed, scope="row")
    return row(name, el("td", one.means(lang)), el("td", rule(one.schema, lang)))
