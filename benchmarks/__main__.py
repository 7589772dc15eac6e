"""Run the benchmarks: a table on the screen, everything in bench-results/latest.json.

    python -m benchmarks [--quick] [--only provinces districts communes] [--docs] [--all]

Ends with code 0 when it could measure, whether or not an aim is met.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, nullcontext
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks import aims, beside, report, ways
from benchmarks.browser import Chromium, chromium
from benchmarks.cases import CASES, COMMUNES, DISTRICTS, Case, fill_store
from benchmarks.geometry import write_geometry
from benchmarks.pages import AtlasPage, UsualPage
from benchmarks.proxy import CountingProxy
from benchmarks.rounds import (
    Subject,
    first_paints,
    measure_bare,
    measure_changes,
    measure_plain,
    summary,
)
from benchmarks.servers import ROOT, Server, start_streamlit
from benchmarks.sessions import TIDY, Address, measure_sessions
from benchmarks.static_site import StaticSite
from metrics.catalog import Indicator

RESULTS = ROOT / "bench-results" / "latest.json"
DOCUMENT = ROOT / "docs" / "performance.md"
SCRIPTS = {"atlas": "serve.py", "usual": "benchmarks/usual_page.py"}
# Sessions that run at once.
CROWDS = {"atlas": (1, 5, 20), "usual": (1, 5)}
KINDS: dict[str, type[AtlasPage] | type[UsualPage]] = {"atlas": AtlasPage, "usual": UsualPage}
# The app's typeface is served from beside app.py: without this the usual page would look in vain.
PLAIN_FONTS = {"theme_font": "sans-serif", "theme_headingFont": "sans-serif"}
# What has no aim here, and takes long.
OTHERS = ("match_names", "figures", "exports", "tables", "coverage")


class Run:
    """One run of all benchmarks.

    Parameters
    ----------
    home
        Temporary folder for the store, the geometry and the logs.
    site
        Address of the plain file server.
    cases, quick
        What to measure, and whether to do with few repetitions.
    """

    def __init__(self, home: Path, site: str, cases: tuple[Case, ...], quick: bool) -> None:
        self.home, self.site, self.cases, self.quick = home, site, cases, quick
        write_geometry(home, cases)
        self.indicators: tuple[Indicator, ...] = fill_store(home)

    def start(self, name: str, **env: str) -> Server:
        """Start the server of a page."""
        if name == "atlas":
            return start_streamlit(SCRIPTS[name], self.home, env)
        env |= {"BENCH_CDN": self.site, "BENCH_GEOMETRY": str(self.home)}
        return start_streamlit(SCRIPTS[name], self.home, env, **PLAIN_FONTS)

    def in_browser(self) -> dict[str, Any]:
        """Measure all that a reader notices."""
        with ExitStack() as stack:
            browser = stack.enter_context(chromium())
            subjects = []
            for name, kind in KINDS.items():
                server = stack.enter_context(self.start(name))
                proxy = stack.enter_context(CountingProxy(server.port))
                subjects.append(Subject(name, kind, server, proxy))
            found: dict[str, Any] = {"chromium": browser.version}
            found["cases"] = {
                str(case.n): self._case(browser, tuple(subjects), case) for case in self.cases
            }
            found["ways"] = self._ways(browser, subjects[0])
            bare = stack.enter_context(
                start_streamlit("benchmarks/bare_page.py", self.home, None, **PLAIN_FONTS)
            )
            proxy = stack.enter_context(CountingProxy(bare.port))
            found["bare"] = summary(measure_bare(browser, bare, proxy, self.quick))
            found["outside"] = sorted(set(browser.outside))
            if self.quick:
                running = {subject.name: subject.server for subject in subjects}
                found["sessions"] = self._sessions(lambda name: nullcontext(running[name]))
            return found

    def _case(self, browser: Chromium, subjects: tuple[Subject, ...], case: Case) -> dict[str, Any]:
        say(f"{case.n} areas: changes")
        measured = measure_changes(browser, subjects, case, self.indicators, self.quick)
        found: dict[str, Any] = {
            name: {kind: summary(series) for kind, series in kinds.items()}
            for name, kinds in measured.items()
        }
        say(f"{case.n} areas: first paints")
        for subject in subjects:
            loads = 1 if self.quick else case.loads
            times, received = first_paints(browser, subject, case, self.indicators, loads)
            found[subject.name]["first"] = {"painted_ms": times, "received": received}
        found["plain"] = measure_plain(browser, self.site, case, 1 if self.quick else case.loads)
        return found

    def _ways(self, browser: Chromium, atlas: Subject) -> dict[str, Any]:
        say("into provinces, to communes")
        count = 1 if self.quick else 6
        return {
            "into_province": ways.into_provinces(browser, atlas, self.indicators, count),
            "to_communes": ways.to_communes(browser, atlas, self.indicators, count),
        }

    def without_browser(self) -> dict[str, Any]:
        """Measure what sessions cost servers that nobody has visited; a smoke test has done so."""
        if self.quick:
            return {}
        return {"sessions": self._sessions(lambda name: self.start(name, **TIDY))}

    def _sessions(
        self, server_of: Callable[[str], AbstractContextManager[Server]]
    ) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for case in self.cases:
            say(f"{case.n} areas: sessions")
            found[str(case.n)] = {
                name: self._sessions_at(server_of, name, case) for name in SCRIPTS
            }
        return found

    def _sessions_at(
        self, server_of: Callable[[str], AbstractContextManager[Server]], name: str, case: Case
    ) -> dict[str, Any]:
        slow = name == "usual" and case is COMMUNES
        count = 2 if self.quick else 5 if slow else 20
        crowds = CROWDS[name] if case is DISTRICTS and not self.quick else (1,)
        with server_of(name) as server:
            query = urlencode(KINDS[name].query(case, self.indicators))
            address = Address(KINDS[name].name, query)
            measured = measure_sessions(server, address, count, crowds, self.quick)
        return {
            "memory_kb": measured.memory_kb,
            "opened": measured.opened,
            "server_kb": measured.server_kb,
            "together": {str(n): pair for n, pair in measured.together.items()},
            "map_bytes": measured.message.map_bytes,
            "map_deflated": measured.message.map_deflated,
            "page_bytes": measured.message.page_bytes,
        }


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few repetitions: a smoke test")
    sizes = {f"{case.level}s": case for case in CASES}
    parser.add_argument("--only", nargs="+", choices=sizes, default=list(sizes))
    parser.add_argument("--out", type=Path, default=RESULTS, help="where all numbers are kept")
    parser.add_argument("--docs", action="store_true", help="put the tables into docs as well")
    parser.add_argument("--pages", action="store_true", help="only what a browser or session shows")
    parser.add_argument("--all", action="store_true", help="run the other benchmarks after it")
    args = parser.parse_args()
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="atlas-bench-") as home, StaticSite() as site:
        cases = tuple(case for name, case in sizes.items() if name in args.only)
        run = Run(Path(home), site.url, cases, args.quick)
        results = {**report.machine(), "quick": args.quick, **run.in_browser()}
        results |= run.without_browser()
    if not args.pages:
        results["beside"] = beside.measure(args.quick, say)
    results["seconds"] = round(time.monotonic() - start)
    found = aims.aims(results)
    results["aims"] = aims.as_records(found)
    args.out.parent.mkdir(exist_ok=True)
    args.out.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    tables = report.text(results, found)
    print(tables)
    if args.docs:
        report.write_into(DOCUMENT, tables)
    for name in OTHERS if args.all else ():
        print(flush=True)
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=ROOT, check=False)


if __name__ == "__main__":
    main()
