"""Say every user-facing sentence through the message catalogues of locale/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Final, Literal, get_args

from base.folders import LOCALE

Lang = Literal["vi", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)
DEFAULT_LANG: Lang = "vi"
CHOICE: Final = "|"  # between the words for one and for many


class UnknownMessage(KeyError):
    """A message id that the catalogue of a language does not hold."""


class TwiceDeclared(ValueError):
    """A message id that two catalogues of a language hold."""


@cache
def catalogue(lang: Lang) -> dict[str, str | tuple[str, ...]]:
    """Read the messages of a language from all its catalogues, one a part of the app.

    Returns
    -------
    dict
        Message id to its text; to a tuple of plural forms where it has them.

    Raises
    ------
    TwiceDeclared
        When two catalogues hold the same id: a fault of the program, caught by its tests.
    """
    texts: dict[str, str | tuple[str, ...]] = {}
    for path in sorted((LOCALE / lang / "LC_MESSAGES").glob("*.po")):
        for key, text in _messages(path, lang):
            if key in texts:
                raise TwiceDeclared(f"{path}: message {key!r} is in another catalogue already")
            texts[key] = text
    return texts


def _messages(path: Path, lang: Lang) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    from babel.messages.pofile import read_po  # noqa: PLC0415 - not where nothing is said

    with path.open("rb") as file:
        messages = read_po(file, locale=lang)
    for message in messages:
        if message.id:
            key = message.id[0] if isinstance(message.id, tuple | list) else message.id
            text = message.string
            yield str(key), text if isinstance(text, str) else tuple(text or ())


def t(key: str, lang: Lang, /, **values: object) -> str:
    """Say a message.

    Parameters
    ----------
    key
        Message id, such as ``"legend.no_data"``.
    **values
        What the placeholders ``{name}`` of the message stand for. ``{n:row|rows}`` is the first
        of the two where `n` is one, however it is written.

    Returns
    -------
    str
        The sentence. Values are put in as they are: escape them where HTML is made.

    Raises
    ------
    UnknownMessage
        When the catalogue lacks the id: a fault of the program, caught by its tests.
    """
    try:
        text = catalogue(lang)[key]
    except KeyError:
        raise UnknownMessage(f"no message {key!r} in locale/{lang}") from None
    if isinstance(text, tuple):
        text = text[0]
    return _filled(text, values) if values else text


def tn(key: str, n: int, lang: Lang, /, **values: object) -> str:
    """Say a message that counts something, in the right plural form.

    Parameters
    ----------
    key
        Message id with plural forms.
    n
        The count; available to the message as ``{n}`` unless `values` gives a formatted one.
    lang
        Language of the reader. Vietnamese has one form, English two.
    **values
        What the placeholders stand for.
    """
    text = catalogue(lang).get(key)
    if text is None:
        raise UnknownMessage(f"no message {key!r} in locale/{lang}")
    form = text if isinstance(text, str) else text[min(0 if n == 1 else 1, len(text) - 1)]
    return _filled(form, {"n": n, **values})


class _Counting(Formatter):
    """Choose between one and many by a count."""

    def format_field(self, value: object, format_spec: str) -> str:
        one, parted, many = format_spec.partition(CHOICE)
        if not parted:
            return str(super().format_field(value, format_spec))
        return one if str(value) == "1" else many


_COUNTING: Final = _Counting()


def _filled(text: str, values: Mapping[str, object]) -> str:
    # Most messages count nothing, and are said thousands of times a page.
    return _COUNTING.vformat(text, (), values) if CHOICE in text else text.format(**values)


def pick(text: object, lang: Lang) -> str:
    """Choose the language of a bilingual text of the catalogue.

    Parameters
    ----------
    text
        Anything with the attributes ``vi`` and ``en``.
    """
    return str(getattr(text, lang))
