"""Why there is no answer: problem+json (RFC 9457), with what to ask instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, Final

from base.words import Lang, t

MEDIA: Final = "application/problem+json"
URN: Final = "urn:atlas06:problem:"
# Kinds of problems, and what of HTTP they are.
STATUS: Final[Mapping[str, int]] = {
    "parameter": 400,
    "together": 400,
    "too-large": 400,
    "closed": 403,
    "not-found": 404,
    "method": 405,
    "nothing": 404,
    "internal": 500,
    "busy": 503,
    "store": 503,
}
# Of what is allowed, so much is listed.
MOST_LISTED: Final = 60
LONGEST_GIVEN: Final = 80


class Problem(Exception):
    """Why there is no answer.

    Parameters
    ----------
    kind
        One of `STATUS`.
    detail
        In a sentence, in the reader's language.
    **more
        Members of the document besides: ``parameter``, ``given``, ``allowed``, ``instead``.
    """

    def __init__(self, kind: str, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.more = kind, detail, more

    @property
    def status(self) -> int:
        """The status of HTTP."""
        return STATUS[self.kind]

    def document(self, lang: Lang) -> dict[str, Any]:
        """Write the document."""
        return {
            "type": f"{URN}{self.kind}",
            "title": t(f"api.problem.{self.kind}", lang),
            "status": self.status,
            "detail": self.detail,
            **self.more,
        }


def refused(
    name: str,
    given: str,
    allowed: Iterable[str],
    lang: Lang,
    *,
    reason: str = "",
    path: bool = False,
) -> Problem:
    """Make the problem of a parameter that cannot be followed.

    Parameters
    ----------
    allowed
        What may be said, or a rule that says it.
    reason
        Why not, where more is known than that.
    path
        Whether it is part of the path: there is nothing there.
    """
    listed = list(allowed)
    if len(listed) > MOST_LISTED:  # what is like it comes first
        listed = list(dict.fromkeys([*get_close_matches(given, listed, MOST_LISTED, 0.4), *listed]))
    told = ", ".join(listed[:MOST_LISTED]) + (" …" if len(listed) > MOST_LISTED else "")
    shown = printable(given)
    detail = reason or t("api.refused", lang, param=name, given=shown, allowed=told)
    more = {"parameter": name, "given": shown, "allowed": listed[:MOST_LISTED]}
    return Problem("not-found" if path else "parameter", detail, **more)


def printable(given: str) -> str:
    """Cut a text that arrived to a sane length, without what cannot be printed."""
    return "".join(c if c.isprintable() else "�" for c in given[:LONGEST_GIVEN])
