"""One Chromium, cut off from everything but this machine, and pages with the probe in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

PROBE = Path(__file__).with_name("probe.js").read_text(encoding="utf-8")
CHROMIUM = "/usr/bin/chromium"
ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    # Blocks all other hosts. Playwright's own routes would do so too, but they turn the browser's
    # cache off, and a page that fetches its scripts again and again would pay for that.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)
VIEWPORT: ViewportSize = {"width": 1440, "height": 900}
TIMEOUT_MS = 60_000


class Chromium:
    """The browser, and what it tried to fetch from elsewhere.

    Attributes
    ----------
    outside
        Addresses of other hosts that any page asked for.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._asked = browser.new_browser_cdp_session()
        self.outside: list[str] = []

    @property
    def version(self) -> str:
        """Version of the browser."""
        return self._browser.version

    def cpu_ms(self) -> float:
        """Return the CPU time of all processes of the browser so far, in ms."""
        processes = self._asked.send("SystemInfo.getProcessInfo")["processInfo"]
        return float(sum(process["cpuTime"] for process in processes)) * 1000

    @contextmanager
    def page(self, setting: str = "") -> Iterator[Page]:
        """Open a page in a profile of its own, with an empty cache.

        Parameters
        ----------
        setting
            JavaScript that says what the probe is to watch for.
        """
        context = self._browser.new_context(viewport=VIEWPORT, locale="vi-VN")
        page = context.new_page()
        page.set_default_timeout(TIMEOUT_MS)
        page.on("request", lambda request: self._note(request.url))
        page.add_init_script(f"{setting};{PROBE}")
        try:
            yield page
        finally:
            context.close()

    def _note(self, url: str) -> None:
        if urlsplit(url).hostname not in ("127.0.0.1", None):
            self.outside.append(url)


@contextmanager
def chromium() -> Iterator[Chromium]:
    """Start Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGS))
        try:
            yield Chromium(browser)
        finally:
            browser.close()
