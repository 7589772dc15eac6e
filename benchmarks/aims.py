"""The aims of speed, and whether what was measured meets them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.cases import DISTRICTS
from benchmarks.series import median

KIB = 1024
KINDS = {"indicator": "a view not seen before", "method": "back to a view seen"}
# How many times faster than the usual way, and how many times the bare page's time at most.
FASTER = {"indicator": 5, "method": 8}
OVER_BARE = {"indicator": 2.5, "method": 1.5}
Results = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Aim:
    """One aim and how far it is reached.

    Attributes
    ----------
    what, limit
        What is to be reached.
    found
        What was measured, in the unit of the limit.
    at_least
        Whether more is better.
    unit
        Of both numbers.
    """

    what: str
    limit: float
    found: float
    at_least: bool
    unit: str

    @property
    def met(self) -> bool:
        """Whether the aim is reached; never by a number that is not one."""
        return self.found >= self.limit if self.at_least else self.found <= self.limit

    def line(self) -> str:
        """Write the aim for the reader."""
        sign, verdict = "≥" if self.at_least else "≤", "met" if self.met else "missed"
        return f"**{verdict}** {self.what}: {self.found:.3g} {self.unit} ({sign} {self.limit:g})"


def aims(results: Results) -> list[Aim]:
    """Compare the results at 696 areas with the aims; none without that size."""
    case = results["cases"].get(str(DISTRICTS.n))
    if case is None:
        return []
    atlas, usual = case["atlas"], case["usual"]
    found = []
    for kind, words in KINDS.items():
        faster = median(usual[kind]["painted_ms"]) / median(atlas[kind]["painted_ms"])
        found.append(Aim(f"faster than the usual way, {words}", FASTER[kind], faster, True, "×"))
        over = median(atlas[kind]["painted_ms"]) / median(results["bare"]["painted_ms"])
        found.append(Aim(f"over the bare page, {words}", OVER_BARE[kind], over, False, "×"))
    first = median(atlas["first"]["painted_ms"]) / median(usual["first"]["painted_ms"])
    found.append(Aim("first paint over the usual way's", 0.5, first, False, "×"))
    into = median(results["ways"]["into_province"]["painted_ms"])
    into /= median(results["bare"]["painted_ms"])
    found.append(Aim("province click → its parts over the bare page", 2.5, into, False, "×"))
    idle = median(atlas["unchanged"]["cpu_ms"]) / median(results["bare"]["cpu_ms"])
    found.append(Aim("server CPU of an unchanged rerun over the bare page's", 6, idle, False, "×"))
    message = results["sessions"][str(DISTRICTS.n)]["atlas"]["map_bytes"] / KIB
    found.append(Aim("map message, before compression", 25, message, False, "KB"))
    floor = median(atlas["unchanged"]["cpu_ms"])
    for kind, words in KINDS.items():
        wire = median(atlas[kind]["received"]) / KIB
        found.append(Aim(f"whole page on the wire, {words}", 60, wire, False, "KB"))
    for kind, words in KINDS.items():
        ratio = median(atlas[kind]["cpu_ms"]) / floor
        found.append(Aim(f"server CPU over a rerun unchanged, {words}", 1.3, ratio, False, "×"))
    mounts = sum(atlas[kind]["remounts"] for kind in KINDS)
    found.append(Aim("remounts of the map", 0, mounts, False, ""))
    found.append(Aim("requests to other hosts", 0, len(results["outside"]), False, ""))
    return found


def as_records(found: list[Aim]) -> list[Results]:
    """Return the aims as records for the file of results."""
    return [{**asdict(aim), "met": aim.met} for aim in found]
