"""What is done before the first reader is let in: what lives long is read, and left alone."""

from __future__ import annotations

import gc
import importlib
import logging
import pkgutil
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from streamlit import config, runtime

import ui
from base.words import LANGS
from metrics.people import VISITOR, seen_by
from metrics.store import Store, StoreError, current_store
from ui.address import View, levels_at, mapped_editions
from ui.scene import draw
from ui.serving.base import OUTSIDE_A_PAGE
from ui.serving.logs import set_up
from ui.serving.owner import greet
from ui.serving.programs import for_programs
from ui.serving.settings import settings
from ui.shell import add_below

# Not pages: this room itself, and the commands.
NOT_SHOWN: Final = ("serving", "commands", "__main__")
AFTER_EACH_RUN: Final = "runner.postScriptGC"
# Objects made since the last search of the youngest, searches of them before one of the next.
ALLOCATED: Final = (20_000, 20, 20)
# A view over HTTP takes a few ms: it is not to wait five for each turn of a run of the page.
TURN_S: Final = 0.001

_log = logging.getLogger("atlas.warming")


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Warm the server up before it listens; see `warm_up`."""
    set_up(as_json=settings().json_log)
    add_below("programs", for_programs)
    warm_up()
    greet()
    yield


def warm_up() -> None:
    """Read what every reader needs, and let garbage be looked for less often."""
    began = time.perf_counter()
    _import_rooms()
    try:
        _first_views(seen_by(current_store(), VISITOR))
    except StoreError as error:
        # The pages say so too, and answer as soon as there is a store.
        _log.error("The figures could not be opened: %s", error)
    _settle_garbage()
    sys.setswitchinterval(TURN_S)
    _log.info("warmed up in %.1f s", time.perf_counter() - began)


def _settle_garbage() -> None:
    """Look for garbage by how much was allocated, not after each run, and never in what stays.

    After each run Streamlit searches everything alive, which is most of what a run costs. What an
    operator has set about that stands.
    """
    if not config.is_manually_set(AFTER_EACH_RUN):
        config.set_option(AFTER_EACH_RUN, False, "serve.py")
    gc.set_threshold(*ALLOCATED)
    gc.collect()
    gc.freeze()


def _import_rooms() -> None:
    OUTSIDE_A_PAGE.disabled = True
    for room in pkgutil.iter_modules(ui.__path__, "ui."):
        if room.name.removeprefix("ui.") not in NOT_SHOWN:
            importlib.import_module(room.name)
    OUTSIDE_A_PAGE.disabled = False
    # Read outside a page, the component of the map has not made itself known to the server.
    if runtime.exists():
        map_component = sys.modules["streamlit_folium"]._component_func
        runtime.get_instance().component_registry.register_component(map_component)


def _first_views(store: Store) -> None:
    """Work out the first view of each edition and level, with all the words it takes."""
    for lang in LANGS:
        for edition in mapped_editions():
            view = View(lang=lang).to(edition=edition)
            for level in levels_at(view.area()):
                draw(store, view.to(level=level))
