"""Turn what was measured into tables."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.aims import KIB, KINDS, Aim, Results
from benchmarks.series import median, spread
from benchmarks.servers import ROOT

MARKS = ("<!-- results -->", "<!-- end of results -->")
PACKAGES = ("streamlit", "streamlit-folium", "folium", "pandas", "playwright")


def machine() -> Results:
    """Describe where and when this runs."""
    ask = ["git", "rev-parse", "--short", "HEAD"]
    head = subprocess.run(ask, cwd=ROOT, capture_output=True, text=True, check=False)
    model = [
        line.split(":", 1)[1].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    ]
    return {
        "date": datetime.now().astimezone().isoformat(timespec="seconds"),
        "commit": head.stdout.strip() or "unknown",
        "cpu": model[0] if model else platform.machine(),
        "cores": os.cpu_count(),
        # Others at work on the machine when it began: above the cores, times are inflated.
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
    }


def _cell(values: list[float], scale: float = 1.0) -> str:
    low, middle, high = (value / scale for value in spread(values))
    digits = 0 if middle >= 10 else 1
    return f"{middle:,.{digits}f} ({low:,.{digits}f}–{high:,.{digits}f})"


def _ratio(usual: float, atlas: float) -> str:
    return f"{usual / atlas:.1f}×" if atlas else "–"


def _row(label: str, atlas: list[float], usual: list[float], scale: float = 1.0) -> str:
    ratio = _ratio(median(usual), median(atlas))
    return f"| {label} | {_cell(atlas, scale)} | {_cell(usual, scale)} | {ratio} |"


def _case_table(n: str, case: Results, sessions: Results) -> list[str]:
    atlas, usual = case["atlas"], case["usual"]
    lines = [
        "",
        f"{int(n):,} areas",
        "",
        "| | app | usual way | usual ÷ app |",
        "|---|---|---|---|",
    ]
    for kind, words in KINDS.items():
        a, u = atlas[kind], usual[kind]
        lines += [
            _row(f"{words}: click → painted, ms", a["painted_ms"], u["painted_ms"]),
            _row(f"{words}: KB received", a["received"], u["received"], KIB),
            _row(f"{words}: server CPU, ms", a["cpu_ms"], u["cpu_ms"]),
            _row(f"{words}: browser CPU, ms", a["browser_ms"], u["browser_ms"]),
            f"| {words}: maps mounted anew in {len(a['painted_ms'])} and "
            f"{len(u['painted_ms'])} changes | {a['remounts']} | {u['remounts']} | |",
        ]
    a, u = atlas["unchanged"], usual["unchanged"]
    lines += [
        _row("rerun unchanged: server CPU, ms", a["cpu_ms"], u["cpu_ms"]),
        _row(
            "first paint, empty cache, ms",
            atlas["first"]["painted_ms"],
            usual["first"]["painted_ms"],
        ),
        _row(
            "first visit, KB received", atlas["first"]["received"], usual["first"]["received"], KIB
        ),
    ]
    return lines + _session_rows(sessions["atlas"], sessions["usual"])


def _session_rows(a: Results, u: Results) -> list[str]:
    def row(label: str, mine: float, other: float, digits: int = 0) -> str:
        return f"| {label} | {mine:,.{digits}f} | {other:,.{digits}f} | {_ratio(other, mine)} |"

    lines = [
        row("map message, KB", a["map_bytes"] / KIB, u["map_bytes"] / KIB, 1),
        row("map message deflated, KB", a["map_deflated"] / KIB, u["map_deflated"] / KIB, 1),
        f"| memory per session, KB, over {a['opened']} and {u['opened']} | {a['memory_kb']:,.0f} | "
        f"{u['memory_kb']:,.0f} | {_ratio(u['memory_kb'], a['memory_kb'])} |",
    ]
    for crowd, (cpu, wall) in a["together"].items():
        other = u["together"].get(crowd)
        if other is None:
            lines.append(f"| {crowd} sessions at once: CPU a run, ms | {cpu:,.0f} | – | |")
            lines.append(f"| {crowd} sessions at once: until the last, ms | {wall:,.0f} | – | |")
            continue
        lines.append(row(f"{crowd} sessions at once: CPU a run, ms", cpu, other[0]))
        lines.append(row(f"{crowd} sessions at once: until the last, ms", wall, other[1]))
    return lines


def _growth(cases: Results) -> list[str]:
    """Show how what a change costs grows with the number of areas."""
    sizes = list(cases)
    lines = ["", "Growth with the number of areas, medians", ""]
    lines.append("| " + " | ".join(["", *(f"{int(n):,} areas" for n in sizes)]) + " |")
    lines.append("|---" * (len(sizes) + 1) + "|")
    for name, page in (("app", "atlas"), ("usual way", "usual")):
        for kind, words in KINDS.items():
            for measure, unit in (("painted_ms", "ms"), ("cpu_ms", "ms of server CPU")):
                found = (median(case[page][kind][measure]) for case in cases.values())
                cells = " | ".join(f"{value:,.0f}" for value in found)
                lines.append(f"| {name}, {words}: {unit} | {cells} |")
    return lines


def _floors(results: Results) -> list[str]:
    bare = results["bare"]
    lines = ["", "Floors", "", "| | ms |", "|---|---|"]
    for n, case in results["cases"].items():
        plain = case["plain"]
        lines.append(
            f"| plain Leaflet page, {int(n):,} areas: restyle | {_cell(plain['painted_ms'])} |"
        )
        lines.append(
            f"| plain Leaflet page, {int(n):,} areas: first paint | {_cell(plain['first_ms'])} |"
        )
    lines.append(f"| bare Streamlit page: click → shown | {_cell(bare['painted_ms'])} |")
    lines.append(f"| bare Streamlit page: server CPU | {_cell(bare['cpu_ms'])} |")
    return lines


def _ways(results: Results) -> list[str]:
    into, communes = results["ways"]["into_province"], results["ways"]["to_communes"]
    rows = {
        "click a province on the map → it is selected": into["selected_ms"],
        "click it again → its districts, first time": into["first_ms"],
        "click it again → its districts, later": into["painted_ms"],
        "back to the country by the breadcrumb": into["back_ms"],
        "provinces → 3,321 communes, first time": communes["first_ms"],
        "provinces → 3,321 communes, later": communes["painted_ms"],
    }
    lines = ["", "Ways of the app", "", "| click → painted | ms |", "|---|---|"]
    return lines + [f"| {label} | {_cell(values)} |" for label, values in rows.items()]


def text(results: Results, found: list[Aim]) -> str:
    """Write all tables as Markdown: medians with quartiles in brackets; then the aims."""
    about = (
        f"{results['date']}, commit {results['commit']}, {results['cores']} × {results['cpu']}, "
        f"load {results['load']} at the start, Chromium {results['chromium']}, "
        + ", ".join(f"{name} {results[name]}" for name in PACKAGES)
        + f". Took {results['seconds']} s."
    )
    lines = [about, "", "| aim | measured | limit | |", "|---|---|---|---|"]
    lines += [aim.line() for aim in found]
    for n, case in results["cases"].items():
        lines += _case_table(n, case, results["sessions"][n])
    lines += _growth(results["cases"]) + _floors(results) + _ways(results)
    for name, part in results.get("beside", {}).items():
        lines += ["", f"{name} failed: {part['failed']}"] if "failed" in part else []
    return "\n".join(lines)


def write_into(path: Path, tables: str) -> None:
    """Put the tables into a document, between its two marks.

    Raises
    ------
    ValueError
        When the document lacks a mark.
    """
    document = path.read_text(encoding="utf-8")
    before, start, rest = document.partition(MARKS[0])
    _, end, after = rest.partition(MARKS[1])
    if not start or not end:
        raise ValueError(f"{path} needs the marks {MARKS[0]} and {MARKS[1]}")
    path.write_text(f"{before}{start}\n\n{tables}\n\n{end}{after}", encoding="utf-8")
