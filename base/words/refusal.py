"""The one way to refuse: a sentence in the reader's language, by its key."""

from __future__ import annotations

from typing import ClassVar

from base.words.messages import Lang, t


class Refusal(ValueError):
    """Something that cannot be taken; nothing of it was stored.

    Each kind is a subclass that names where its sentences stand in the catalogues.

    Parameters
    ----------
    key
        The message is ``<prefix><key>``.
    **values
        What its placeholders stand for; hostile until escaped.
    """

    prefix: ClassVar[str] = "refusal."

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def say(self, lang: Lang) -> str:
        """Say what is wrong and what to do."""
        return t(f"{self.prefix}{self.key}", lang, **self.values)

    def __str__(self) -> str:
        return self.say("en")
