"""Say what differs between two golden copies."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

ABOUT = "taken.json"  # when and of what a copy was taken: not compared
SHOWN = 12  # lines of a difference
WIDEST = 240
AT_ONCE = 4000  # lines that are aligned; of more only the number is told


@dataclass(frozen=True)
class Allowed:
    """A difference that is meant: the files, the lines in them (all where empty), and why."""

    path: re.Pattern[str]
    line: re.Pattern[str] | None
    reason: str


@dataclass(frozen=True)
class Difference:
    """What differs in one file; `allowed` are the reasons where all of it is meant."""

    path: str
    lines: list[str]
    allowed: list[str] = field(default_factory=list)


def read_allowed(file: Path) -> list[Allowed]:
    """Read a YAML list of `path` (a regular expression), perhaps `line`, and `reason`.

    Raises
    ------
    ValueError
        Where an entry lacks its path or reason, or is no regular expression.
    """
    found = []
    for n, entry in enumerate(yaml.safe_load(file.read_text("utf-8")) or [], 1):
        unknown = set(entry) - {"path", "line", "reason"}
        if unknown or not entry.get("path") or not entry.get("reason"):
            raise ValueError(f"{file}, entry {n}: write path, reason and perhaps line")
        try:
            line = re.compile(entry["line"]) if "line" in entry else None
            found.append(Allowed(re.compile(entry["path"]), line, entry["reason"]))
        except re.error as error:
            raise ValueError(f"{file}, entry {n}: {error}") from None
    return found


def compare(
    before: Path, after: Path, allowed: Sequence[Allowed] = (), only: Sequence[str] = ()
) -> list[Difference]:
    """Compare two golden copies file by file.

    Parameters
    ----------
    only
        Names of parts, such as `figures` or `pages-vi`; all where there are none.

    Returns
    -------
    list of Difference
        Sorted by path; those that are meant too, which name their reasons.

    Raises
    ------
    ValueError
        Where a folder is no complete copy.
    """
    for side in (before, after):
        if not (side / ABOUT).is_file():
            raise ValueError(f"{side} is no golden copy: {ABOUT} is missing")
    sides = [
        {str(p.relative_to(side)): p for p in side.rglob("*") if p.is_file() and p.name != ABOUT}
        for side in (before, after)
    ]
    found = []
    parts = tuple(part.replace("-", "/") + "/" for part in only) or ("",)
    for path in sorted(sides[0].keys() | sides[1].keys()):
        if not path.startswith(parts):
            continue
        one, other = (side.get(path) for side in sides)
        if one is None or other is None:
            lines = ["- is only in the first" if other is None else "+ is only in the second"]
        elif (old := one.read_bytes()) == (new := other.read_bytes()):
            continue
        else:
            lines = list(_changed(old, new))
        found.append(_judged(path, lines, [entry for entry in allowed if entry.path.search(path)]))
    return found


def _changed(old: bytes, new: bytes) -> Iterator[str]:
    """Yield the lines that differ, behind - and +."""
    one, other = (
        data.decode("utf-8", "backslashreplace").splitlines(keepends=True) for data in (old, new)
    )
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    start = min(len(one), len(other)) if start is None else start
    one, other = one[start:], other[start:]
    while one and other and one[-1] == other[-1]:
        one.pop(), other.pop()
    if len(one) + len(other) <= AT_ONCE:
        yield from _aligned(one, other)
    else:
        gone, come = Counter(one) - Counter(other), Counter(other) - Counter(one)
        yield from (f"- {line}" for line in gone.elements())
        yield from (f"+ {line}" for line in come.elements())
        if not gone and not come:
            yield "~ the same lines in another order"


def _aligned(one: list[str], other: list[str]) -> Iterator[str]:
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    for verb, a, b, c, d in matcher.get_opcodes():
        if verb != "equal":
            yield from (f"- {line}" for line in one[a:b])
            yield from (f"+ {line}" for line in other[c:d])


def _judged(path: str, lines: list[str], entries: list[Allowed]) -> Difference:
    """Take out what is meant; where nothing is left, all of it was."""
    left, reasons = [], {}
    for line in lines:
        reason = next(
            (e.reason for e in entries if e.line is None or e.line.search(line[2:])), None
        )
        if reason is None:
            left.append(line)
        else:
            reasons[reason] = True
    return Difference(path, left or lines, [] if left else list(reasons))


def report(found: Sequence[Difference]) -> Iterator[str]:
    """Yield what to read about the differences: those that are not meant, then the sums."""
    meant = [one for one in found if one.allowed]
    alike: dict[tuple[str, ...], list[str]] = {}
    for one in found:
        if not one.allowed:
            alike.setdefault(tuple(one.lines), []).append(one.path)
    for lines, paths in alike.items():
        more = f" in each of {len(paths)} files" if len(paths) > 1 else ""
        yield "\n" + "\n".join(paths)
        yield f"  {len(lines)} lines differ{more}"
        yield from (f"  {line}" for line in _windows(lines[:SHOWN]))
        if len(lines) > SHOWN:
            yield f"  … and {len(lines) - SHOWN} more"
    yield ""
    for reason, n in Counter(reason for one in meant for reason in one.allowed).items():
        yield f"allowed in {n} files: {reason}"
    parts = Counter(one.path.split("/")[0] for one in found if not one.allowed)
    yield from (f"{part}: {n} files differ" for part, n in sorted(parts.items()))
    if not parts:
        yield "nothing else differs" if meant else "nothing differs"


def _windows(lines: Sequence[str]) -> Iterator[str]:
    """Cut long lines to where a line and the one that took its place begin to differ."""
    for n, line in enumerate(lines):
        start = 0
        for other in lines[n + 1 : n + 2] if line[0] == "-" else lines[n - 1 : n] if n else ():
            if {line[0], other[0]} == {"-", "+"}:
                pairs = enumerate(zip(line[2:], other[2:], strict=False), 2)
                start = next((at for at, (a, b) in pairs if a != b), 2)
        text = line.rstrip("\n").replace("\r", "␍")
        if len(text) > WIDEST:
            start = max(0, start - WIDEST // 2)
            cut = text[max(start, 2) : start + WIDEST]
            text = f"{text[:2]}{'…' if start else ''}{cut}…"
        yield text
