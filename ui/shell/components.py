"""The pieces of the page that Streamlit has no widget for, as components of our own.

Their scripts are static files; what Streamlit sends with each run is a line that imports them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import streamlit as st

from base.folders import STATIC
from base.words import Lang, t
from geo.maps import versioned
from ui.shell.doors import pages
from ui.shell.known import led_data
from ui.shell.own_words import own_words

Chosen = Callable[[Any], None]


def static_url(path: str) -> str:
    """Return the address of a static file for scripts of the page, also under a sub-path.

    Parameters
    ----------
    path
        Path below static/, with or without a query.
    """
    return f"{_base()}/app/static/{path}"


def _base() -> str:
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


@cache
def _renderer(name: str, html: str, base: str) -> Any:  # noqa: ARG001 - base is part of the key
    module = static_url(versioned(f"ui/{name}.js"))
    styles = STATIC / "ui" / f"{name}.css"
    css = styles.read_text(encoding="utf-8") if styles.exists() else ""
    js = f"""
const module = import(location.origin + "{module}");
export default (component) => {{
  let stop = null, gone = false;
  module.then((m) => {{ if (!gone) stop = m.default(component); }});
  return () => {{ gone = true; stop?.(); }};
}};
"""
    return st.components.v2.component(f"atlas_{name}", html=html, css=css, js=js)


def _mount(name: str, html: str, key: str, data: dict[str, Any], **triggers: Chosen) -> None:
    def heard(trigger: str, act: Chosen) -> Callable[[], None]:
        def callback() -> None:
            value = getattr(st.session_state[key], trigger, None)
            if value is not None:
                act(value)

        return callback

    base = str(st.get_option("server.baseUrlPath") or "")
    callbacks = {f"on_{t}_change": heard(t, act) for t, act in triggers.items()}
    _renderer(name, html, base)(key=key, data=led_data(data, pages()), **callbacks)


_COMBOBOX = """<div class="combo"><label></label>
<div class="field"><input type="text" role="combobox" aria-autocomplete="list"
 aria-expanded="false" autocomplete="off" autocapitalize="off" spellcheck="false"></div>
<div role="listbox" hidden></div></div>"""


def combobox(key: str, data: dict[str, Any], chosen: Chosen) -> None:
    """Show a searchable list; `data` as static/ui/combobox.js describes it."""
    _mount("combobox", _COMBOBOX, key, data, chosen=chosen)


def links(key: str, data: dict[str, Any], chosen: Chosen) -> None:
    """Show links that change the view; `data` as static/ui/links.js describes it."""
    _mount("links", "<nav></nav>", key, data, chosen=chosen)


def ranking_table(key: str, data: dict[str, Any], **triggers: Chosen) -> None:
    """Show the ranking table; `data` and triggers as static/ui/ranking.js describes them."""
    html = '<div class="ranking" tabindex="0" role="region"></div>'
    _mount("ranking", html, key, data, **triggers)


def scatter(key: str, data: dict[str, Any], chosen: Chosen) -> None:
    """Show a scatter plot linked to the map; `data` as static/ui/scatter.js describes it."""
    _mount("scatter", '<div class="scatter"></div>', key, data, chosen=chosen)


def crosstable(key: str, data: dict[str, Any], chosen: Chosen) -> None:
    """Show the square legend with its counts; `data` as static/ui/crosstable.js describes it."""
    _mount("crosstable", '<div class="crosstable"></div>', key, data, chosen=chosen)


def print_button(key: str, label: str) -> None:
    """Show the button that prints the page."""
    _mount("print", '<button type="button"></button>', key, {"label": label})


def speak(lang: Lang, within: Sequence[str] = (), visited: Chosen | None = None) -> None:
    """Tell the browser which language the page is in, and put Streamlit's own words into it.

    Parameters
    ----------
    within, visited
        To which pages links in texts lead within the session, and what is done with the address,
        relative to the app, of one that was clicked.
    """
    data = {"lang": lang, "skip": t("skip.text", lang), "streamlit": own_words(lang)}
    data["pages"] = list(within)
    followed = visited or (lambda _: None)
    _mount("lang", "", "spoken", data, scheme=lambda _: None, visit=followed)


def early_views(key: str, data: dict[str, Any]) -> None:
    """Paint choices before the page has run; `data` as static/ui/early.js describes it."""
    _mount("early", "", key, {"url": f"{_base()}/view", **data})


def skip_links(data: dict[str, Any]) -> None:
    """Show the links that a keyboard meets first; `data` as static/ui/skip.js describes it."""
    _mount("skip", "<nav></nav>", "skip", data)


def sheet_button(data: dict[str, Any]) -> None:
    """Show the button of the controls on a phone; `data` as static/ui/sheet.js describes it."""
    _mount("sheet", '<button type="button"></button>', "sheet_button", data)


def redirect(to: str) -> None:
    """Put another address, relative to the app, in place of this one."""
    _mount("redirect", "", "redirect", {"to": to})


_TIMELINE = """<div class="timeline"><label></label><output></output>
<div class="bar"><button type="button"></button>
<div class="track"><div class="marks" aria-hidden="true"></div>
<input type="range" min="0" step="1"></div></div></div>"""


def timeline(key: str, data: dict[str, Any], at: Chosen) -> None:
    """Show the slider over periods; `data` as static/ui/timeline.js describes it."""
    _mount("timeline", _TIMELINE, key, data, at=at)


def filter_panel(key: str, data: dict[str, Any], chosen: Chosen) -> None:
    """Show the filters; `data` as static/ui/filters.js describes it."""
    _mount(
        "filters",
        '<div class="filters"><details><summary>&nbsp;</summary></details></div>',
        key,
        data,
        set=chosen,
    )


def pin_list(key: str, data: dict[str, Any], toggled: Chosen, cleared: Chosen) -> None:
    """Show the pinned areas; `data` as static/ui/pins.js describes it."""
    html = '<div class="pins" role="group"></div>'
    _mount("pins", html, key, data, toggle=toggled, clear=cleared)


def counts_table(key: str, data: dict[str, Any], **triggers: Chosen) -> None:
    """Show a table of counts by area; `data` and triggers as static/ui/counts.js describes."""
    html = '<div class="counts" tabindex="0" role="region"></div>'
    _mount("counts", html, key, data, **triggers)
