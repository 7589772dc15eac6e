"""The running app, and a browser that knows nothing of it and reaches nothing else."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from base.folders import ROOT
from metrics.store import ensure_store
from metrics.store.store import HOME_VARIABLE
from tests.journeys.atlas import Atlas
from ui.shell.personal import TOKEN_VARIABLE

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# Journeys are made by the owner of the app, unless they sign in.
OWNERS_TOKEN = "a-token-of-the-journeys"
SLOWEST_START = 180  # s; other tests may run beside
SLOWEST = 90_000  # ms; a journey waits for what it needs and is usually far quicker


def pytest_collection_modifyitems(items):
    """Call every test of this folder a journey."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@contextmanager
def _serving(folder, base_path="", more=None):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ensure_store(home=folder)  # filled once, copied for whichever app comes next
    log = folder / "log.txt"
    command = [sys.executable, "-m", "streamlit", "run", "serve.py"]
    options = {"port": port, "address": "127.0.0.1", "baseUrlPath": base_path}
    command += [f"--server.{name}={value}" for name, value in options.items()]
    command += [f"--{name}={value}" for name, value in (more or {}).items()]
    env = os.environ | {HOME_VARIABLE: str(folder), TOKEN_VARIABLE: OWNERS_TOKEN}
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=out)
    url = f"http://127.0.0.1:{port}/{base_path}".rstrip("/")
    try:
        _wait_until_it_answers(f"{url}/_stcore/health", process, log)
        yield url
    finally:
        process.terminate()
        process.wait()
    assert "Traceback" not in log.read_text(encoding="utf-8"), log.read_text(encoding="utf-8")


def _wait_until_it_answers(url, process, log):
    end = time.monotonic() + SLOWEST_START
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the app did not start:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """A folder for what the app writes."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def app(home):
    """The address of the running app."""
    with _serving(home) as url:
        yield url


@pytest.fixture(scope="session")
def app_under_a_path(home):
    """The address of the app where it runs under a path of its server."""
    with _serving(home, "atlas") as url:
        yield url


@pytest.fixture(scope="session")
def browser():
    """Chromium, without a profile."""
    if not CHROMIUM.exists():
        pytest.fail(f"the journeys need Chromium at {CHROMIUM}: `make test` installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def contexts(browser):
    """Contexts by what they were opened with: scripts are compiled once for all their visitors."""
    return {}


@pytest.fixture(scope="session")
def idle():
    """Pages that are free for the next visitor, by context: a new one costs a process."""
    return defaultdict(list)


@pytest.fixture
def visit(app, browser, contexts, idle):
    """Return a function that opens an address on a page of its own, as another visitor would.

    What a page may remember of the one before (cookies, storage) is cleared. `alone`: on a page
    that nobody had before and nobody has after, for what cannot be cleared: its history, its media.
    Whatever goes wrong unseen on the way fails the test at its end: a request to elsewhere, an
    answer of 400 or more, an error in the console or in a script.
    """
    pages, trouble = [], []

    def build(address="", *, url=app, maps=1, width=1440, height=900, alone=False, **options):
        wanted = {"viewport": {"width": width, "height": height}, **options}
        context = contexts.get(repr(wanted))
        if context is None:
            context = browser.new_context(reduced_motion="reduce", **wanted)
            context.set_default_timeout(SLOWEST)
            context.add_init_script(AGAINST_THE_POLICY)
            contexts[repr(wanted)] = context
        name = f"atlas_token_{urlsplit(url).port}"
        context.add_cookies([{"name": name, "value": OWNERS_TOKEN, "url": url}])
        free = [] if alone else idle[context]
        page = free.pop() if free else context.new_page()
        pages.append((page, _listen(page, trouble), None if alone else context))
        page.goto(f"{url}/{'explore' if address[:1] in ('', '?') else ''}{address}")
        atlas = Atlas(page)
        atlas.settled(maps)
        return atlas

    yield build
    for page, listeners, context in pages:
        if page.is_closed():
            continue
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        if context is None:
            page.close()
            continue
        for event, listener in listeners:
            page.remove_listener(event, listener)
        page.goto("about:blank")
        idle[context].append(page)
    for context in contexts.values():
        context.clear_cookies()
    assert trouble == []


# Not everything that a policy forbids is written to the console: what a script catches is not.
AGAINST_THE_POLICY = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error("policy:", event.violatedDirective, event.blockedURI, event.sourceFile));"""
# Opened at the address of a page, Streamlit first asks below it where the server is.
PROBES = "/_stcore/"


def _listen(page, trouble):
    """Note what goes wrong on a page; return what listens, to be taken off it again."""

    def request(asked):
        if asked.url.startswith(("data:", "blob:")):
            return
        if not asked.url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:")):
            trouble.append(f"asked elsewhere: {asked.url}")

    def answer(response):
        if response.status >= 400 and PROBES not in response.url:
            trouble.append(f"{response.status}: {response.url}")

    def said(message):
        if message.type == "error" and PROBES not in message.location["url"]:
            trouble.append(f"console: {message.text}")

    def failed(error):
        trouble.append(f"script: {error}")

    listeners = (
        ("request", request),
        ("websocket", request),
        ("response", answer),
        ("console", said),
        ("pageerror", failed),
    )
    for event, listener in listeners:
        page.on(event, listener)
    return listeners
