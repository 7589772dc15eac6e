"""Measure one page: load it, change it again and again, note what each change cost."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

from playwright.sync_api import Locator, Page

from benchmarks.pages import StreamlitPage

FEWEST = 2
PAINT_TIMEOUT_MS = 90_000


@dataclass(slots=True)
class Series:
    """What was measured of one kind of change, one entry a change.

    Attributes
    ----------
    painted_ms
        From the reader's act to the painted map.
    received, sent
        Bytes on the wire from the server, and to it.
    cpu_ms
        CPU time of the server, until the page is at rest.
    remounts
        Map documents that were made anew, in all changes.
    """

    painted_ms: list[float] = field(default_factory=list)
    received: list[float] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    remounts: int = 0

    def extend(self, other: Series) -> None:
        """Add the changes of another block."""
        for name in ("painted_ms", "received", "sent", "cpu_ms"):
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
    target.click()
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
        target = ready()
        target.wait_for()
        cpu, received, sent = of.server.cpu_ms(), of.proxy.received, of.proxy.sent
        measured.painted_ms.append(press(of.page, target)["ms"])
        of.settle()
        measured.cpu_ms.append(of.server.cpu_ms() - cpu)
        measured.received.append(of.proxy.received - received)
        measured.sent.append(of.proxy.sent - sent)
    measured.remounts = of.page.evaluate("bench.documents") - documents
    return measured


def unchanged(of: StreamlitPage, count: int) -> Series:
    """Measure runs of the same page with nothing changed; they paint nothing."""
    measured = Series()
    for _ in range(count):
        cpu, received, sent = of.server.cpu_ms(), of.proxy.received, of.proxy.sent
        of.rerun_unchanged()
        deadline = time.monotonic() + 5
        while of.proxy.received == received and time.monotonic() < deadline:
            time.sleep(0.005)
        if of.proxy.received == received:
            raise TimeoutError("the page did not run again")
        of.settle()
        measured.cpu_ms.append(of.server.cpu_ms() - cpu)
        measured.received.append(of.proxy.received - received)
        measured.sent.append(of.proxy.sent - sent)
    return measured
