"""The pages that are measured, and how a reader changes what each of them shows."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as PageTimeout

from base.words import t
from benchmarks.browser import Chromium
from benchmarks.cases import LANG, Case, short_title
from benchmarks.proxy import CountingProxy
from benchmarks.servers import Server
from geo.boundaries import web_layer
from geo.classify import DEFAULT_CLASSES, METHODS
from geo.editions import COUNTRY_CODE
from metrics.catalog import Indicator

QUIET_S = 0.12
OPENINGS = 4
SETTLE_TIMEOUT_S = 60.0


@dataclass(slots=True)
class StreamlitPage:
    """An open page of a Streamlit server.

    Attributes
    ----------
    page, server, proxy, chromium
        The tab, the server behind it, the proxy between them, and the browser.
    indicators
        What `choose_indicator` goes round.
    """

    page: Page
    server: Server
    proxy: CountingProxy
    chromium: Chromium
    indicators: Sequence[Indicator]
    turns: Counter[str] = field(default_factory=Counter)
    last: str = ""
    # Name of the page in its app; "" where there is only one.
    name: ClassVar[str] = ""

    @staticmethod
    def query(
        case: Case, indicators: Sequence[Indicator], k: int = DEFAULT_CLASSES
    ) -> dict[str, str]:
        """Name a case and a number of classes in the address."""
        raise NotImplementedError

    def visit(self, case: Case, k: int = DEFAULT_CLASSES) -> float:
        """Load the page of a case; see `open`."""
        return self.open(self.query(case, self.indicators, k))

    def open(self, query: dict[str, str]) -> float:
        """Load the page; return milliseconds from the start of navigation to the first paint."""
        self.turns.clear()
        self.page.goto(f"http://127.0.0.1:{self.proxy.port}/{self.name}?{urlencode(query)}")
        try:
            first = self.page.wait_for_function("() => bench.first", polling=50).json_value()
        except PageTimeout as error:
            raise self.failure("the page was never painted") from error
        # The map of the document gives way to the page's own.
        self.page.wait_for_function("() => !document.querySelector('.atlas-first')", polling=50)
        self.settle()
        return float(first)

    def settle(self) -> None:
        """Wait until the script has ended and nothing has come over the wire for a while."""
        deadline = time.monotonic() + SETTLE_TIMEOUT_S
        quiet, seen = time.monotonic(), -1
        while time.monotonic() < deadline:
            time.sleep(0.03)
            moved = self.proxy.received + self.proxy.sent
            if moved != seen or self._running():
                quiet, seen = time.monotonic(), moved
            elif time.monotonic() - quiet > QUIET_S:
                return
        raise self.failure("the page does not come to rest")

    def failure(self, what: str) -> RuntimeError:
        """Describe why a page cannot be measured: what it shows, and what its server said."""
        said = self.server.log.read_text(encoding="utf-8", errors="replace")[-1500:]
        shown = self.page.locator("body").inner_text()[:500]
        return RuntimeError(f"{what}: {self.page.url}\nIt shows: {shown}\nIts server said: {said}")

    def _running(self) -> bool:
        state = "document.querySelector('.stApp')?.dataset.testScriptState"
        return bool(self.page.evaluate(state) != "notRunning")

    def rerun_unchanged(self) -> None:
        """Run the page again with nothing changed: Streamlit's own key for it."""
        self.page.evaluate("document.activeElement?.blur()")
        self.page.keyboard.press("r")

    def picture(self) -> bytes:
        """Return the map as it is on the screen, PNG."""
        return self.page.locator("iframe").first.screenshot()

    def turn(self, key: str, options: int) -> int:
        """Return which option of a list comes after the one chosen last."""
        self.last = key
        self.turns[key] += 1
        return self.turns[key] % options

    def take_back(self) -> None:
        """Note that what was got ready last was not chosen after all."""
        self.turns[self.last] -= 1

    def next_of(self, key: str, options: int) -> Locator:
        """Open a list of Streamlit's and return the option after the one chosen last."""
        option = self.page.locator("[role=option]").nth(self.turn(key, options))
        opener = self.page.locator(f".st-key-{key} button[aria-haspopup=listbox]")
        for _ in range(OPENINGS):
            opener.click()
            try:
                option.wait_for(timeout=2000)
            except PageTimeout:
                continue  # the list closes when the page moves under it
            break
        return option

    def choose_method(self) -> Locator:
        """Get ready to choose the next way of making classes."""
        return self.next_of("method", len(METHODS))

    def choose_indicator(self) -> Locator:
        """Get ready to choose the next indicator."""
        return self.next_of("indicator", len(self.indicators))


class UsualPage(StreamlitPage):
    """benchmarks/usual_page.py."""

    @staticmethod
    def setting(case: Case) -> str:
        """Say what the probe has to wait for: a path for each area."""
        return f"window.benchPaths = {case.n}"

    @staticmethod
    def query(
        case: Case, indicators: Sequence[Indicator], k: int = DEFAULT_CLASSES
    ) -> dict[str, str]:
        """Name a case and a number of classes in the address."""
        ids = ",".join(indicator.id for indicator in indicators)
        return {"edition": case.edition, "level": str(case.level), "indicators": ids, "k": str(k)}


class AtlasPage(StreamlitPage):
    """The Explore page of the app."""

    name = "explore"

    @staticmethod
    def setting(case: Case) -> str:  # noqa: ARG004 - the map tells by itself when it is painted
        """Say what the probe has to wait for: nothing more than it hears."""
        return ""

    @staticmethod
    def query(
        case: Case, indicators: Sequence[Indicator], k: int = DEFAULT_CLASSES
    ) -> dict[str, str]:
        """Name a case and a number of classes in the address."""
        return {
            "lang": LANG,
            "edition": case.edition,
            "place": COUNTRY_CODE,
            "level": str(case.level),
            "indicator": indicators[0].id,
            "k": str(k),
        }

    def choose_method(self) -> Locator:
        """Get ready to choose the other way of making classes."""
        method = self.page.locator(".st-key-method")
        if not method.is_visible():
            self.page.get_by_text(t("picker.more_choices", LANG), exact=True).click()
            method.wait_for()
        return super().choose_method()

    def choose_indicator(self) -> Locator:
        """Get ready to choose the next indicator: type its title, as a reader would."""
        title = short_title(self.indicators[self.turn("indicator", len(self.indicators))])
        box = self.page.locator(".st-key-indicator")
        box.locator("input").fill(title)
        exactly = re.compile(f"^{re.escape(title)}$")
        return box.locator(".item", has=self.page.locator(".t", has_text=exactly))

    def level_button(self, at: int) -> Locator:
        """Return a part of the switch between provinces and their parts."""
        return self.page.locator(".st-key-level button").nth(at)


def plain_address(case: Case) -> str:
    """Return the path of the plain Leaflet page that draws a case."""
    return f"/?{urlencode({'layer': web_layer(case.edition, case.level).url})}"
