"""The aims of speed, and whether what was measured meets them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.cases import COMMUNES, DISTRICTS, PROVINCES
from benchmarks.series import median

KIB = 1024
KINDS = {"indicator": "a view not seen before", "method": "back to a view seen"}
# How many times faster than the usual way, and how many times the bare page's time at most.
FASTER = {
    DISTRICTS.n: {"method": 8, "indicator": 5},
    PROVINCES.n: {"method": 5, "indicator": 3},
}
OVER_BARE = {"method": 1.5, "indicator": 2.5}
# Milliseconds from a province clicked to its parts; or so many times the bare page's.
INTO_MS, INTO_OVER = 120, 2.5
# CPU of a view that nobody has asked for, in milliseconds.
UNSEEN = {DISTRICTS.n: 40, COMMUNES.n: 120}
Results = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Aim:
    """One aim and how far it is reached.

    Attributes
    ----------
    what, limit
        What is to be reached.
    found
        What was measured, in the unit of the limit; None where it could not be.
    at_least
        Whether more is better.
    unit
        Of both numbers.
    """

    what: str
    limit: float
    found: float | None
    at_least: bool = False
    unit: str = ""

    @property
    def met(self) -> bool:
        """Whether the aim is reached; never by a number that is not one."""
        if self.found is None:
            return False
        return self.found >= self.limit if self.at_least else self.found <= self.limit

    def line(self) -> str:
        """Write the aim for the reader, as a row of a table."""
        sign = "≥" if self.at_least else "≤"
        found = "not measured" if self.found is None else f"{_written(self.found)} {self.unit}"
        verdict = "met" if self.met else "**missed**"
        limit = f"{sign} {_written(self.limit)} {self.unit}"
        return f"| {self.what} | {found.strip()} | {limit.strip()} | {verdict} |"


def _written(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.2f}"


def aims(results: Results) -> list[Aim]:
    """Compare the results with the aims; those of sizes that were not measured are left out."""
    found: list[Aim] = []
    for n in FASTER:
        if str(n) in results.get("cases", {}):
            found += _of_size(results, n)
    if str(DISTRICTS.n) in results.get("cases", {}):
        found += _of_districts(results)
    if "ways" in results:
        found.append(_into(results))
    if "beside" in results:
        found += [_read(aim, results["beside"]) for aim in BESIDE]
    found.append(Aim("requests to other hosts", 0, len(results.get("outside", ()))))
    return found


def _of_size(results: Results, n: int) -> Iterator[Aim]:
    case, bare = results["cases"][str(n)], median(results["bare"]["painted_ms"])
    for kind in ("method", "indicator"):
        own, usual = (median(case[page][kind]["painted_ms"]) for page in ("atlas", "usual"))
        what = f"click → painted, {n} areas, {KINDS[kind]}"
        yield Aim(f"{what}: faster than the usual way", FASTER[n][kind], usual / own, True, "×")
        if n == DISTRICTS.n:
            yield Aim(f"{what}: over the bare page", OVER_BARE[kind], own / bare, unit="×")
    first = [median(case[page]["first"]["painted_ms"]) for page in ("atlas", "usual")]
    what = f"first paint, empty cache, {n} areas, over the usual way's"
    yield Aim(what, 0.5, first[0] / first[1], unit="×")


def _of_districts(results: Results) -> Iterator[Aim]:
    atlas = results["cases"][str(DISTRICTS.n)]["atlas"]
    idle, bare = median(atlas["unchanged"]["cpu_ms"]), median(results["bare"]["cpu_ms"])
    yield Aim("server CPU of an unchanged rerun over the bare page's", 6, idle / bare, unit="×")
    sessions = results["sessions"][str(DISTRICTS.n)]["atlas"]
    if "20" in sessions["together"]:
        until = sessions["together"]["20"][1]
        yield Aim("20 sessions at once, until the last", 400, until, unit="ms")
    yield Aim("map message, before compression", 25, sessions["map_bytes"] / KIB, unit="KB")
    for kind, words in KINDS.items():
        wire = median(atlas[kind]["received"]) / KIB
        yield Aim(f"whole page on the wire, {words}", 60, wire, unit="KB")
    yield Aim("remounts of the map", 0, sum(atlas[kind]["remounts"] for kind in KINDS))


def _into(results: Results) -> Aim:
    """Take the easier of two limits: milliseconds, or times the bare page's."""
    into, bare = (median(part["painted_ms"]) for part in _into_and_bare(results))
    most = max(INTO_MS, INTO_OVER * bare)
    return Aim("a province selected is clicked → its parts, later", most, into, unit="ms")


def _into_and_bare(results: Results) -> tuple[Results, Results]:
    return results["ways"]["into_province"], results["bare"]


@dataclass(frozen=True, slots=True)
class _Beside:
    """An aim of what is measured without a browser."""

    what: str
    limit: float
    unit: str
    find: Callable[[Results], float]


def _of(part: str, *path: str) -> Callable[[Results], float]:
    def find(beside: Results) -> float:
        value: Any = beside[part]
        for name in path:
            value = value[name]
        return float(value)

    return find


BESIDE = (
    *(
        _Beside(
            f"CPU of a view not asked for before, {n:,} areas",
            most,
            "ms",
            lambda beside, n=n: median(beside["unseen"][str(n)]),
        )
        for n, most in UNSEEN.items()
    ),
    *(
        _Beside(
            f"CPU of the profile of {name}, run again", 40, "ms", _of("profiles", name, "again_ms")
        )
        for name in ("a province", "the country")
    ),
    _Beside("50 readers: errors", 0, "", lambda beside: len(beside["readers"]["errors"])),
    _Beside("50 readers: 95 % answered within", 400, "ms", _of("readers", "answered_p95_ms")),
    _Beside(
        "500 sessions opened and closed: growth of memory a session",
        20,
        "KB",
        _of("many", "slope_kb"),
    ),
    _Beside(
        "figure of 63 provinces over a bare geopandas plot",
        2,
        "×",
        lambda beside: beside["figure"]["own_s"] / beside["figure"]["plain_s"],
    ),
    _Beside(
        "preview of 1,000,000 rows", 3, "s", _of("imports", "atlas preview table.csv", "seconds")
    ),
    _Beside(
        "import of 1,000,000 rows", 12, "s", _of("imports", "atlas import table.csv", "seconds")
    ),
    _Beside(
        "import of 1,000,000 rows: memory at most",
        1024,
        "MB",
        _of("imports", "atlas import table.csv", "peak_mb"),
    ),
    _Beside(
        "gaps of 100,000 × 300,000: search over sjoin_nearest",
        1,
        "×",
        lambda beside: (
            beside["gaps"]["search"]["search_alone_s"] / beside["gaps"]["nearest"]["join_s"]
        ),
    ),
)


def _read(one: _Beside, beside: Results) -> Aim:
    try:
        found = one.find(beside)
    except (KeyError, TypeError):  # it failed, and says why in the results
        found = None
    return Aim(one.what, one.limit, found, unit=one.unit)


def as_records(found: list[Aim]) -> list[Results]:
    """Return the aims as records for the file of results."""
    return [{**asdict(aim), "met": aim.met} for aim in found]
