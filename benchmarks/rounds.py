"""Measure both pages at one size of map, turn and turn about, so that noise falls on both alike."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page

from benchmarks.browser import Chromium
from benchmarks.cases import CLASSES, Case
from benchmarks.pages import AtlasPage, StreamlitPage, UsualPage, plain_address
from benchmarks.proxy import CountingProxy
from benchmarks.series import Series, changes, press, unchanged
from benchmarks.servers import Server
from metrics.catalog import Indicator

KINDS = ("indicator", "method", "unchanged")
WARMUPS = 3
BLOCK = 5
BARE = 12
# How often a smoke test does the same: enough for a spread.
FEW = 2
# Seconds that one page may take for the changes of a block; a slow page gets fewer.
BUDGET_S = 12.0

Found = dict[str, dict[str, Series]]


@dataclass(frozen=True, slots=True)
class Subject:
    """A Streamlit page that is measured.

    Attributes
    ----------
    name
        "atlas" or "usual".
    kind
        How it is driven.
    server, proxy
        Where it runs and what counts its bytes.
    """

    name: str
    kind: type[AtlasPage] | type[UsualPage]
    server: Server
    proxy: CountingProxy

    def open(
        self, page: Page, chromium: Chromium, indicators: tuple[Indicator, ...]
    ) -> StreamlitPage:
        """Drive the page in a tab."""
        return self.kind(page, self.server, self.proxy, chromium, indicators)


def measure_changes(
    chromium: Chromium,
    subjects: tuple[Subject, ...],
    case: Case,
    indicators: tuple[Indicator, ...],
    quick: bool,
) -> Found:
    """Measure changes of indicator, of method, and runs without a change.

    A change of indicator leads to a view that neither server nor browser has met: each block uses
    another number of classes. A change of method leads back to the view before.

    Returns
    -------
    dict
        Name of the page, then kind of change ("indicator", "method", "unchanged"), to a series.
    """
    found: Found = {s.name: {kind: Series() for kind in KINDS} for s in subjects}
    with ExitStack() as stack:
        tabs: dict[str, StreamlitPage] = {}
        for subject in subjects:
            page = stack.enter_context(chromium.page(subject.kind.setting(case)))
            tabs[subject.name] = subject.kind(
                page, subject.server, subject.proxy, chromium, indicators
            )
        blocks = 1 if quick else case.blocks
        for k in CLASSES[:blocks]:
            for name, tab in tabs.items():
                tab.visit(case, k)
                check_that_it_changes(tab)
                n = FEW if quick else len(indicators) - 2
                round_ = changes(tab, tab.choose_indicator, n, BUDGET_S)
                found[name]["indicator"].extend(round_)
        for block in range(blocks):
            for name, tab in tabs.items():
                if block == 0:
                    changes(tab, tab.choose_method, 1 if quick else WARMUPS, BUDGET_S)
                same = changes(tab, tab.choose_method, FEW if quick else BLOCK, BUDGET_S)
                found[name]["method"].extend(same)
        for name, tab in tabs.items():
            found[name]["unchanged"] = unchanged(tab, FEW if quick else 9)
    return found


def check_that_it_changes(tab: StreamlitPage) -> None:
    """Warm a page up with one change, and see that its map looks another way after it.

    Raises
    ------
    RuntimeError
        When it does not: what would be measured is not a change of the map.
    """
    before = tab.picture()
    changes(tab, tab.choose_indicator, 1, BUDGET_S)
    if tab.picture() == before:
        raise tab.failure("the map did not change")


def first_paints(
    chromium: Chromium,
    subject: Subject,
    case: Case,
    indicators: tuple[Indicator, ...],
    count: int,
) -> tuple[list[float], list[float]]:
    """Load a page again and again with an empty cache; milliseconds and bytes until at rest."""
    times, received = [], []
    for _ in range(count):
        before = subject.proxy.received
        with chromium.page(subject.kind.setting(case)) as page:
            tab = subject.open(page, chromium, indicators)
            times.append(tab.visit(case))
        received.append(float(subject.proxy.received - before))
    return times, received


def measure_plain(chromium: Chromium, site: str, case: Case, count: int) -> dict[str, list[float]]:
    """Measure the plain Leaflet page: first paint with an empty cache, and restyling."""
    first, restyle = [], []
    for _ in range(count):
        with chromium.page() as page:
            page.goto(site + plain_address(case))
            first.append(
                float(page.wait_for_function("() => bench.first", polling=20).json_value())
            )
            button = page.locator("#change")
            restyle += [press(page, button)["ms"] for _ in range(4)]
    return {"first_ms": first, "painted_ms": restyle}


def measure_bare(chromium: Chromium, server: Server, proxy: CountingProxy, quick: bool) -> Series:
    """Measure an almost empty Streamlit page: what the framework alone takes for a change."""
    with chromium.page("window.benchText = true") as page:
        tab = StreamlitPage(page, server, proxy, chromium, ())
        tab.open({})

        def ready() -> Locator:
            return tab.next_of("choice", 6)

        changes(tab, ready, 1 if quick else WARMUPS, BUDGET_S)
        return changes(tab, ready, FEW if quick else BARE, BUDGET_S)


def summary(series: Series) -> dict[str, Any]:
    """Return a series as plain lists, for the file of results."""
    return {name: getattr(series, name) for name in Series.__slots__}
