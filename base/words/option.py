"""The language of a command."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from base.words.messages import DEFAULT_LANG, LANGS, Lang


def add_lang(command: ArgumentParser, default: Lang | None = DEFAULT_LANG) -> None:
    """Let a command be told in which language to speak.

    Parameters
    ----------
    default
        None where it otherwise writes `DEFAULT_LANG` and says in English how it went.
    """
    told = f"language of what is said and written ({default or f'writes {DEFAULT_LANG}, says en'})"
    command.add_argument("--lang", choices=LANGS, default=default, help=told)


def written_in(options: Namespace) -> Lang:
    """Return the language in which a command writes."""
    lang: Lang = options.lang or DEFAULT_LANG
    return lang


def spoken(options: Namespace) -> Lang:
    """Return the language in which a command says how it went, and what was asked wrongly."""
    lang: Lang = options.lang or "en"
    return lang
