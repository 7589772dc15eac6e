"""Why something was not stored, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable

from base.words import Lang, t
from metrics.store.generations import StoreError


class Refused(StoreError):
    """Something that cannot be stored; what was there before is unchanged.

    Parameters
    ----------
    key
        The message is ``refused.store.<key>``.
    problems
        What was found wrong in the data, one record each.
    **values
        What the placeholders of the message stand for; hostile until escaped.
    """

    def __init__(self, key: str, problems: Iterable[object] = (), **values: object) -> None:
        super().__init__(key, problems)
        self.key = key
        self.values = values

    def say(self, lang: Lang) -> str:
        """Say what is wrong and what to do."""
        return t(f"refused.store.{self.key}", lang, **self.values)

    def __str__(self) -> str:
        return "\n".join([self.say("en"), *(f"- {problem}" for problem in self.problems[:20])])
