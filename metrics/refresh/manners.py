"""How a source is asked: slowly, within bounds, and by somebody who can be written to."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from base.words import Message, Refusal

VERSION: Final = "0.1.0"
AGENT: Final = "atlas06"
CONTACT_VARIABLE: Final = "ATLAS_CONTACT"
# An address of mail or of a page, in plain signs: it stands in a header of every request.
_CONTACT: Final = re.compile(r"[\x21-\x7e]{1,100}@[\x21-\x7e]{1,100}|https?://[\x21-\x7e]{1,200}")


class NotAsked(Refusal):
    """A source could not be asked, or not to the end; nothing of it was stored.

    Parameters
    ----------
    until
        Not to be asked again before, where the source said so.
    forbids
        Whether it does not want to be asked.
    """

    prefix = "refresh.web."

    def __init__(
        self,
        key: str,
        *,
        until: datetime | None = None,
        forbids: bool = False,
        **values: object,
    ) -> None:
        super().__init__(key, **values)
        self.until = until
        self.forbids = forbids


@dataclass(frozen=True, slots=True)
class Manners:
    """What is asked at most, and how slowly.

    Attributes
    ----------
    pause_s
        Between two requests to one host; a longer one that its robots.txt wants is kept to.
    tries
        How often a request is made that fails without being forbidden.
    longest_wait_s
        A source that wants to be left alone for longer is given up for this time.
    request_s, run_s
        Seconds for one request, and for all of a run with what is waited.
    reply_bytes, run_bytes
        Of one reply as unpacked, and of all of a run.
    asks
        Requests of a run.
    """

    pause_s: float = 1
    tries: int = 3
    longest_wait_s: float = 120
    request_s: float = 120
    run_s: float = 6 * 3600
    reply_bytes: int = 64 << 20
    run_bytes: int = 1 << 30
    asks: int = 5_000


def contact() -> str:
    """Return where whoever runs this atlas can be written to.

    Raises
    ------
    NotAsked
        If that is not set, or no address: nobody is asked without it.
    """
    given = os.environ.get(CONTACT_VARIABLE, "").strip()
    if not _CONTACT.fullmatch(given):
        arrived = given[:80] or Message("refresh.web.nothing")
        raise NotAsked("contact", variable=CONTACT_VARIABLE, given=arrived)
    return given


def agent(reached_at: str) -> str:
    """Return what every request says of who asks."""
    return f"{AGENT}/{VERSION} (+{reached_at})"
