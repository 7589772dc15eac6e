"""Measure one page: load it, change it again and again, note what each change cost."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as PageTimeout

from benchmarks.pages import StreamlitPage

FEWEST = 2
ANSWER_S = 10.0
PAINT_TIMEOUT_MS = 90_000
CLICK_TIMEOUT_MS = 4_000
ATTEMPTS = 4


@dataclass(slots=True)
class Series:
    """What was measured of one kind of change, one entry a change.

    Attributes
    ----------
    painted_ms
        From the reader's act to the painted map.
    received, sent
        Bytes on the wire from the server, and to it.
    cpu_ms, browser_ms
        CPU time of the server and of the browser, until the page is at rest.
    remounts
        Map documents that were made anew, in all changes.
    """

    painted_ms: list[float] = field(default_factory=list)
    received: list[float] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    browser_ms: list[float] = field(default_factory=list)
    remounts: int = 0

    def extend(self, other: Series) -> None:
        """Add the changes of another block."""
        for name in ("painted_ms", "received", "sent", "cpu_ms", "browser_ms"):
            getattr(self, name).extend(getattr(other, name))
        self.remounts += other.remounts


def spread(values: list[float]) -> tuple[float, float, float]:
    """Return the lower quartile, the median and the upper quartile; NaN of nothing."""
    if not values:
        return (float("nan"),) * 3
    if len(values) == 1:
        return (values[0],) * 3
    low, middle, high = quantiles(values, n=4, method="inclusive")
    return low, middle, high


def median(values: list[float]) -> float:
    """Return the median; NaN of nothing."""
    return spread(values)[1]


def press(page: Page, target: Locator) -> dict[str, Any]:
    """Press something and wait for the map that answers; return the probe's note of it."""
    target.wait_for()
    page.evaluate("bench.arm()")
    target.click(timeout=CLICK_TIMEOUT_MS)
    late = f"new Promise((_, no) => setTimeout(() => no(Error('not painted')), {PAINT_TIMEOUT_MS}))"
    return dict(page.evaluate(f"Promise.race([bench.done, {late}])"))


def changes(of: StreamlitPage, ready: Callable[[], Locator], count: int, budget_s: float) -> Series:
    """Measure changes of a page.

    Parameters
    ----------
    of
        The page, at rest.
    ready
        Brings the page to where one press makes the next change, and returns what to press.
    count, budget_s
        How many changes; no more once the seconds are used up, but never fewer than `FEWEST`
        (or `count`).
    """
    measured, start = Series(), time.monotonic()
    documents = of.page.evaluate("bench.documents")
    for done in range(count):
        if done >= FEWEST and time.monotonic() - start > budget_s:
            break
        for attempt in range(ATTEMPTS):
            target = ready()
            target.wait_for()
            try:
                with _counted(of, measured):
                    measured.painted_ms.append(press(of.page, target)["ms"])
                break
            except PageTimeout:
                # Streamlit closed its list before the press: nothing was changed, open it again.
                of.take_back()
                if attempt == ATTEMPTS - 1:
                    raise
    measured.remounts = of.page.evaluate("bench.documents") - documents
    return measured


def unchanged(of: StreamlitPage, count: int) -> Series:
    """Measure runs of the same page with nothing changed; they paint nothing."""
    measured = Series()
    for _ in range(count):
        with _counted(of, measured):
            of.rerun_unchanged()
    return measured


@contextmanager
def _counted(of: StreamlitPage, into: Series) -> Iterator[None]:
    """Count what is used from here until the page is at rest after what is done."""
    cpu, browser = of.server.cpu_ms(), of.chromium.cpu_ms()
    received, sent = of.proxy.received, of.proxy.sent
    yield
    deadline = time.monotonic() + ANSWER_S
    while of.proxy.received == received:
        if time.monotonic() > deadline:
            raise of.failure("the server sent nothing")
        time.sleep(0.005)
    of.settle()
    into.cpu_ms.append(of.server.cpu_ms() - cpu)
    into.browser_ms.append(of.chromium.cpu_ms() - browser)
    into.received.append(of.proxy.received - received)
    into.sent.append(of.proxy.sent - sent)
