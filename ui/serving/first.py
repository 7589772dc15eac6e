"""The map of the first view, which the document of a page brings before the page is there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from base.folders import STATIC
from base.html import Markup, el
from base.words import DEFAULT_LANG, LANGS, Lang, t
from geo.maps import frame_html, versioned
from metrics.store import Store, current_store, damage
from ui.address import View, as_known
from ui.serving import viewed
from ui.serving.base import base_path
from ui.serving.kept_files import FOREVER
from ui.serving.program import PROGRAM
from ui.shell import cookie_name, is_token

# Two folders below the app, from where the map finds its files.
FRAME: Final = "first/map"
SIGNED_IN: Final = "_streamlit_user"
SHOW: Final = """
const first = parent.atlasFirst;
if (first) {
  document.documentElement.dataset.theme = first.theme;
  first.told.then((told) => AtlasMap.show(told.map)).catch(() => {});
}
"""


def first_map(
    store: Store, params: Mapping[str, str], view: View, cookies: Mapping[str, str]
) -> Markup:
    """Write what shows the map of a page's first view at once.

    Nothing for readers who may see more than what is published, and where something stands above
    the map that cannot be foreseen.

    Parameters
    ----------
    store
        What is published.
    params
        What the address says of the view; all of it is followed.
    view
        That view.
    cookies
        Those of the reader.
    """
    owner = is_token(cookies.get(cookie_name(), ""))
    signed_in = any(name.startswith(SIGNED_IN) for name in cookies)
    hidden = store is not as_known(current_store(), view.as_of)
    if damage() is not None or (hidden and (owner or signed_in)):
        return Markup()
    base = base_path()
    frame = f"{base}/{FRAME}/{view.lang}?v={PROGRAM}"
    address = f"{base}/{viewed.PATH}?{urlencode({'lang': view.lang, **params})}"
    style = el("link", rel="stylesheet", href=f"{base}/app/static/{versioned('ui/first.css')}")
    # Nobody else's page has no word about who looks at it.
    told = {"data_view": address, "data_frame": frame, "data_owner": "yes" if owner else None}
    return el("script", first_script(), **told) + style


@cache
def first_script() -> Markup:
    """Return the script that stands in the document, as it stands there."""
    return Markup((STATIC / "ui/first.js").read_text(encoding="utf-8"))


def frame(request: Request) -> Response:
    """Answer with the frame of that map: the same for every view of a language."""
    lang = next((one for one in LANGS if one == request.path_params["lang"]), DEFAULT_LANG)
    return HTMLResponse(_frame(lang), headers={"Cache-Control": FOREVER})


@cache
def _frame(lang: Lang) -> str:
    return frame_html(t("map.zoom_in", lang), t("map.zoom_out", lang), SHOW)
