"""What a robots.txt allows and how slowly, as RFC 9309 has it: wildcards, the longest rule wins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote, urlsplit

_TOKEN: Final = re.compile(r"\*|[a-z0-9_-]+")
_SECONDS: Final = re.compile(r"\d+(\.\d+)?", re.ASCII)
_RATE: Final = re.compile(r"(\d{1,9})/(\d{1,9})", re.ASCII)
_KEPT: Final = "/*$?=&;:@!'(),+~%"


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for one asker.

    Attributes
    ----------
    rules
        Pattern of a path, and whether it is allowed.
    pause_s
        Seconds between two requests; 0 where nothing is said.
    """

    rules: tuple[tuple[str, bool], ...] = ()
    pause_s: float = 0

    def allows(self, address: str) -> bool:
        """Tell whether an address may be asked: the longest rule that fits, of two the mild one."""
        parts = urlsplit(address)
        path = _plain((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        fitting = ((len(rule), allowed) for rule, allowed in self.rules if _fits(rule, path))
        return max(fitting, default=(0, True))[1]


def robots(text: str, agent: str) -> Robots:
    """Read a robots.txt; lines that are none of its own are passed over.

    Parameters
    ----------
    agent
        Name of the asker: the groups of this name hold for it, else those of all.
    """
    rules: dict[str, list[tuple[str, bool]]] = {}
    pauses: dict[str, float] = {}
    names: list[str] = []
    is_open = False  # whether the names of a group are still being said
    for key, value in _lines(text):
        if key == "user-agent":
            found = _TOKEN.match(value.lower())
            names = [*(names if is_open else []), found[0] if found else ""]
            rules |= {names[-1]: rules.get(names[-1], [])}
            is_open = True
            continue
        is_open = False
        for name in names:
            if key in ("allow", "disallow") and value:
                rules[name].append((_plain(value), key == "allow"))
            pauses[name] = max(pauses.get(name, 0), _pause(key, value))
    mine = agent.lower() if agent.lower() in rules else "*"
    return Robots(tuple(rules.get(mine, ())), pauses.get(mine, 0))


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.removeprefix("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield key.strip().lower(), value.strip()


def _pause(key: str, value: str) -> float:
    """Read how slowly is to be asked; 0 where a line does not say it."""
    if key == "crawl-delay" and _SECONDS.fullmatch(value):
        return float(value)
    if key == "request-rate" and (rate := _RATE.match(value)):
        return int(rate[2]) / max(1, int(rate[1]))
    return 0


def _plain(path: str) -> str:
    """Write a path in one way, whatever of it came encoded."""
    return quote(unquote(path, errors="surrogateescape"), safe=_KEPT, errors="surrogateescape")


def _fits(rule: str, path: str) -> bool:
    """Tell whether a path begins as a rule says: "*" is anything, "$" at its end is the end."""
    first, *parts = rule.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    is_ended = rule.endswith("$")
    last = parts.pop() if parts and is_ended else None
    for part in parts:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if last is not None:
        return len(path) - len(last) >= at and path.endswith(last)
    return not is_ended or at == len(path)
