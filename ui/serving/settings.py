"""What an operator sets about the service, read from the environment and checked once."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import ClassVar, Final

from base.words import Refusal

FRAMES, HOSTS, LOG, METRICS, REPLICA = (
    "ATLAS_FRAME_ANCESTORS",
    "ATLAS_HOSTS",
    "ATLAS_LOG",
    "ATLAS_METRICS_TOKEN",
    "ATLAS_REPLICA",
)
# Sources of a Content-Security-Policy that name sites; nothing that could end a header.
SITE: Final = re.compile(
    r"'self'|'none'|\*|https?://(\*\.)?[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?"
)
HOST: Final = re.compile(r"(\*\.)?[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")
TOKEN: Final = re.compile(r"[\x21-\x7e]{16,200}")
NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
FORMATS: Final = ("text", "json")


class SettingError(Refusal):
    """A setting that cannot be followed; the server does not start."""

    prefix: ClassVar[str] = "setting."


@dataclass(frozen=True, slots=True)
class Settings:
    """What is set.

    Attributes
    ----------
    frames
        Who may frame the pages, as the directive ``frame-ancestors`` has it.
    hosts
        Names under which the app answers, ``*.`` before one for all below it; none for any.
    json_log
        Whether the log is lines of JSON.
    metrics
        The token that opens ``/metrics``; "" where nobody may read it.
    replica
        The name of this one of several servers; "" where there is one.
    """

    frames: tuple[str, ...] = ("'self'",)
    hosts: tuple[str, ...] = ()
    json_log: bool = False
    metrics: str = ""
    replica: str = ""


def read(environment: Mapping[str, str]) -> Settings:
    """Read the settings.

    Raises
    ------
    SettingError
        If one cannot be followed: it says which, and what is allowed.
    """
    frames = _listed(environment, FRAMES, SITE, "frames") or ("'self'",)
    if len(frames) > 1 and {"'none'", "*"} & set(frames):
        raise SettingError("alone", name=FRAMES)
    log = environment.get(LOG, "").strip() or FORMATS[0]
    if log not in FORMATS:
        raise SettingError("log", name=LOG, allowed=", ".join(FORMATS))
    return Settings(
        frames=frames,
        hosts=tuple(map(str.lower, _listed(environment, HOSTS, HOST, "hosts"))),
        json_log=log == "json",
        metrics=_one(environment, METRICS, TOKEN, "metrics"),
        replica=_one(environment, REPLICA, NAME, "replica"),
    )


@cache
def settings() -> Settings:
    """Return the settings of this process."""
    return read(os.environ)


def _listed(
    environment: Mapping[str, str], name: str, allowed: re.Pattern[str], key: str
) -> tuple[str, ...]:
    found = tuple(re.split(r"[ ,\t]+", environment.get(name, "").strip(" ,\t")))
    for given in filter(None, found):
        if not allowed.fullmatch(given):
            raise SettingError(key, name=name, given=given[:80])
    return tuple(filter(None, found))


def _one(environment: Mapping[str, str], name: str, allowed: re.Pattern[str], key: str) -> str:
    # What was given is not said: it may be a secret with a letter too many.
    given = environment.get(name, "").strip(" ")
    if given and not allowed.fullmatch(given):
        raise SettingError(key, name=name)
    return given
