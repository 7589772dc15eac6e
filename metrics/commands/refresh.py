"""Sources from the command line: ``python -m metrics refresh``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from base.words import Lang, Refusal, add_lang, number, system_reason, t
from metrics.commands.options import tell
from metrics.people import owner
from metrics.refresh import (
    Difference,
    Found,
    How,
    Outcome,
    Standing,
    accept,
    chosen,
    in_words,
    refresh,
    refuse,
    sources,
    standing,
    told,
)
from metrics.store import Store, StoreError, current_store

HELD, FAILED = 3, 4


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to those of ``python -m metrics``."""
    command = commands.add_parser(
        "refresh",
        help="ask sources again, and store what differs",
        epilog="Ends with 3 where something waits for a person, with 4 where a source failed.",
    )
    command.add_argument("source", nargs="*", metavar="SOURCE", help="ids of sources (all)")
    command.add_argument("--list", action="store_true", help="tell how the sources stand, and end")
    command.add_argument(
        "--mirror", type=Path, metavar="DIR", help="a folder that stands in for the network"
    )
    command.add_argument("--due", action="store_true", help="only sources whose time has come")
    decided = command.add_mutually_exclusive_group()
    decided.add_argument(
        "--accept", action="store_true", help="store what waits; where nothing does, ask and store"
    )
    decided.add_argument(
        "--hold", action="store_true", help="ask, and let whatever differs wait for a person"
    )
    decided.add_argument("--refuse", action="store_true", help="drop what waits")
    command.add_argument("--json", action="store_true", help="write JSON")
    add_lang(command, "en")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    lang: Lang = options.lang
    try:
        found = chosen(sources(), options.source)
    except Refusal as error:
        parser.error(error.say(lang))
    if options.refuse and (options.mirror or options.due):
        parser.error(t("refresh.command.refuse_alone", lang))
    stand = [standing(one) for one in found]
    if options.list:
        _list(stand, lang, as_json=options.json)
        return 0
    outcomes = []
    for one in _meant(stand, options):
        outcomes.append(_one(one, options))
        if not options.json:
            _tell(outcomes[-1], lang)
    if options.json:
        print(json.dumps([_as_json(one) for one in outcomes], ensure_ascii=False, indent=1))
    elif not outcomes:
        tell(t("refresh.command.none_due" if options.due else "refresh.command.none", lang))
    results = {one.result for one in outcomes}
    if results & {"failed", "forbidden"}:
        return FAILED
    return HELD if "held" in results else 0


def _meant(stand: Sequence[Standing], options: argparse.Namespace) -> list[Standing]:
    """Choose the sources that something is to be done with."""
    if options.due:
        return [one for one in stand if one.due]
    if options.refuse or (options.accept and not options.source and not options.mirror):
        return [one for one in stand if one.waits]
    return list(stand)


def _one(stand: Standing, options: argparse.Namespace) -> Outcome:
    found = stand.found
    how = How(owner(), None, options.mirror, options.accept, options.hold)
    try:
        if options.refuse:
            return refuse(found, how)
        if options.accept and stand.waits and options.mirror is None and not options.due:
            return accept(found, how)
        return refresh(found, how)
    except StoreError as error:
        why = in_words(error.told)
    except Refusal as error:
        why = in_words(error.say)
    except OSError as error:
        why = in_words(Refusal("refresh.system", error=system_reason(error)).say)
    return Outcome(found.source.id, "failed", why)


def _tell(outcome: Outcome, lang: Lang) -> None:
    said = t(f"refresh.result.{outcome.result}", lang)
    print(f"{outcome.source}: {said}")
    if outcome.said is not None:
        print(f"  {getattr(outcome.said, lang)}")
    for difference in outcome.differences:
        for line in _told(difference, lang):
            print(f"  {line}")
    if outcome.due is not None:
        print(f"  {t('refresh.command.due', lang, time=_time(outcome.due))}")


def _told(difference: Difference, lang: Lang) -> list[str]:
    store: Store = current_store()
    return [difference.run, *told(difference, lang, store.catalog)]


def _list(stand: Sequence[Standing], lang: Lang, *, as_json: bool) -> None:
    if as_json:
        rows = [_row(one) for one in stand]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    if not stand:
        print(t("refresh.command.no_sources", lang))
    for one in stand:
        source, state = one.found.source, one.state
        print(f"{source.id}: {getattr(source.title, lang)}")
        result = t(f"refresh.result.{state.result}", lang)
        times = {name: _time(getattr(state, name)) for name in ("asked", "new", "due")}
        every = t(f"refresh.every.{source.every}", lang)
        print(f"  {t('refresh.command.stands', lang, result=result, every=every, **times)}")
        if one.late:
            print(f"  {t('refresh.command.late', lang)}")
        if one.waits:
            print(f"  {t('refresh.command.waits', lang, n=number(one.waits, lang), id=source.id)}")
        if state.said is not None:
            print(f"  {getattr(state.said, lang)}")
        print(f"  {_described(one.found, lang)}")


def _described(found: Found, lang: Lang) -> str:
    if found.instead is None:
        return str(found.path)
    return t("refresh.command.instead", lang, path=found.path, instead=found.instead)


def _time(time: datetime | None) -> str:
    return "–" if time is None else time.astimezone().isoformat(sep=" ", timespec="minutes")


def _row(one: Standing) -> dict[str, Any]:
    return {
        "source": one.found.source.model_dump(mode="json"),
        "path": str(one.found.path),
        "instead": None if one.found.instead is None else str(one.found.instead),
        "state": one.state.model_dump(mode="json", exclude={"series"}),
        "due": one.due,
        "late": one.late,
        "waits": one.waits,
    }


def _as_json(outcome: Outcome) -> dict[str, Any]:
    return {
        "source": outcome.source,
        "result": outcome.result,
        "said": None if outcome.said is None else outcome.said.model_dump(),
        "due": None if outcome.due is None else outcome.due.isoformat(timespec="seconds"),
        "differences": [
            one.model_dump(mode="json") | {"verdict": one.verdict} for one in outcome.differences
        ],
    }
