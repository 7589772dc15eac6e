"""What a page shows, as texts: HTML, labels of controls, and what components are handed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from typing import Any

from streamlit.testing.v1 import AppTest

from base.folders import ROOT
from base.words import t

APP = ROOT / "app.py"
FIRST = "explore"
# Their heading says what the map shows.
MAP_PAGES = ("explore", "clusters", "compare")
# And of a place, which it is.
NAMED_PAGES = (*MAP_PAGES, "profile")
# All pages of the navigation but the map itself.
OTHER_PAGES = tuple(
    page.stem for page in sorted(APP.with_name("pages").glob("*.py")) if page.stem != "explore"
)
SLOWEST = 60
# What components are handed that nobody reads.
UNREAD = {"v", "href", "url", "k", "id", "layer", "codes", "marks", "palette", "colors", "style"}
# Nor what Streamlit says by itself, which is looked for in the browser and changed there.
UNREAD |= {"streamlit", "pages"}


class _Texts(HTMLParser):
    """Collect what is read of a piece of HTML, leaving out what is marked as another language."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.lang, self.texts, self.silent = lang, [], []

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        silent = tag == "style" or named.get("lang", self.lang) != self.lang
        if self.silent or silent:
            self.silent.append(tag)
        self.texts += [named[name] for name in ("title", "alt", "aria-label") if named.get(name)]

    def handle_endtag(self, tag):
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data):
        if not self.silent and data.strip():
            self.texts.append(data.strip())


def texts_of(html: str, lang: str) -> list[str]:
    """Return the texts that are read in a piece of HTML."""
    parser = _Texts(lang)
    parser.feed(html)
    return parser.texts


def _strings(data: Any) -> list[str]:
    if isinstance(data, str):
        return [data]
    if isinstance(data, list):
        return [text for item in data for text in _strings(item)]
    if isinstance(data, dict):
        return [text for key, item in data.items() if key not in UNREAD for text in _strings(item)]
    return []


@dataclass(frozen=True)
class Shown:
    """A page after one run."""

    app: AppTest

    @classmethod
    def run(cls, page: str, params: dict[str, str]) -> Shown:
        """Open a page at an address, whatever comes of it."""
        app = AppTest.from_file(APP, default_timeout=SLOWEST)
        app.query_params.update(params)
        if page != FIRST:
            app.switch_page(f"pages/{page}.py")
        return cls(app.run())

    @classmethod
    def of(cls, page: str, params: dict[str, str]) -> Shown:
        """Open a page at an address; fail if it could not be shown."""
        shown = cls.run(page, params)
        assert not shown.app.exception, shown.app.exception
        for lang in ("vi", "en"):
            assert t("error.page", lang) not in shown.html
            assert t("error.store", lang) not in shown.html
        return shown

    @property
    def address(self) -> dict[str, str]:
        """The parameters of the address afterwards."""
        return dict(self.app.query_params)

    @property
    def lang(self) -> str:
        """The language of the page."""
        return self.address["lang"]

    def elements(self):
        """Yield every element, dialogs included."""
        for block in self.app._tree.children.values():
            yield from block

    @property
    def html(self) -> str:
        """All HTML of the page but its style sheet."""
        bodies = [e.proto.body for e in self.elements() if type(e).__name__ == "Html"]
        return "\n".join(body for body in bodies if not body.startswith("<style"))

    @property
    def heading(self) -> str:
        """The title of the view."""
        return unescape(re.sub("<.*?>", "", re.search(r"<h1>.*?</h1>", self.html).group()))

    def component(self, name: str) -> dict[str, Any] | None:
        """Return what a component of our own was handed; None where it is not there."""
        for element in self.elements():
            proto = getattr(element, "proto", None)
            if getattr(proto, "id", "").endswith(f"-{name}") and hasattr(proto, "json"):
                return json.loads(proto.json)
        return None

    @property
    def rows(self) -> list[list[Any]]:
        """The rows of the ranking table."""
        return self.component("ranking")["rows"]

    @property
    def map(self) -> dict[str, Any]:
        """The message that the map was sent."""
        for element in self.elements():
            if hasattr(getattr(element, "proto", None), "json_args"):
                sent = json.loads(element.proto.json_args)["feature_group"]
                return json.JSONDecoder().raw_decode(sent.split("AtlasMap.show(")[1])[0]
        raise AssertionError("there is no map on the page")

    @property
    def texts(self) -> list[str]:
        """Every text that a reader sees or hears."""
        found = texts_of(self.html, self.lang)
        for element in self.elements():
            kind = type(element).__name__
            found += [getattr(element, name, None) for name in ("label", "help", "placeholder")]
            if kind in ("Selectbox", "ButtonGroup"):
                found += element.options
            if kind == "Markdown":
                found.append(element.value)
            if hasattr(getattr(element, "proto", None), "json"):
                found += _strings(json.loads(element.proto.json))
            if hasattr(getattr(element, "proto", None), "json_args"):
                found += _strings(self.map)
        return [text for text in found if isinstance(text, str) and text.strip()]
