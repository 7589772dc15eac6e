"""The one way to refuse: a sentence in the reader's language, by its key."""

from __future__ import annotations

import copyreg
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar

from base.words.formats import decimals_of, number
from base.words.messages import Lang, t

# Numbers that name something and count nothing: they are written without marks.
NAMING = frozenset({"row", "line", "byte", "year", "port"})


@dataclass(frozen=True)
class Message:
    """A sentence to be said once the language is known.

    Attributes
    ----------
    key
        Of the catalogues.
    values
        What its placeholders stand for; hostile until escaped. Numbers but those of `NAMING` are
        written as the reader does; a message or a refusal is said in the same language.
    """

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def say(self, lang: Lang) -> str:
        """Say it."""
        return t(self.key, lang, **{name: _said(name, v, lang) for name, v in self.values.items()})


class Refusal(ValueError):
    """Something that cannot be taken; nothing of it was stored.

    A kind that is caught apart is a subclass that names where its sentences stand.

    Parameters
    ----------
    key
        The message is ``<prefix><key>``.
    **values
        As of `Message`.
    """

    prefix: ClassVar[str] = ""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def say(self, lang: Lang) -> str:
        """Say what is wrong and what to do."""
        return Message(f"{self.prefix}{self.key}", self.values).say(lang)

    def __str__(self) -> str:
        return self.say("en")

    def __reduce__(self) -> tuple[Any, ...]:
        # An exception is otherwise made again of its positional arguments alone.
        return copyreg.__newobj__, (type(self),), vars(self)  # type: ignore[attr-defined]


def _said(name: str, value: object, lang: Lang) -> object:
    if isinstance(value, Refusal | Message):
        return value.say(lang)
    if name in NAMING or isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return value
    return number(value, lang, decimals_of(float(value)))
