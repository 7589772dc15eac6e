"""Ask all that an adapter wants to know, and keep what comes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from base.words import Refusal
from metrics.refresh.adapter import Ask, Reply, ShapeError
from metrics.refresh.brought import AbsentError, Files, Mirror, Way, is_web, place_of
from metrics.refresh.manners import Manners, NotAsked, contact
from metrics.refresh.run import Run
from metrics.refresh.source import Source
from metrics.refresh.sources import Found


def way_name(source: Source, mirror: Path | None) -> str:
    """Say where the replies of a run come from."""
    return source.address if mirror is None else f"mirror {mirror.resolve()}"


@contextmanager
def way_to(
    source: Source, mirror: Path | None, manners: Manners, home: Path | None
) -> Iterator[Way]:
    """Open the way to a source: a mirror, files, or the network.

    Raises
    ------
    NotAsked
        If the network is wanted and nobody is named who can be written to.
    AbsentError
        If the mirror is no folder.
    """
    if mirror is not None:
        if not mirror.is_dir():
            raise AbsentError("no_mirror", folder=mirror)
        yield Mirror(mirror, source.id, manners.reply_bytes)
    elif is_web(source.address):
        reached_at = contact()
        from metrics.refresh.web import Web  # noqa: PLC0415 (its library costs every other command)

        with Web(source.address, reached_at, manners) as web:
            yield web
    else:
        yield Files(place_of(source.address, home), home, manners.reply_bytes)


def gather(found: Found, run: Run, way: Way, manners: Manners) -> list[Reply]:
    """Ask until the adapter has all; what the run has already is not asked again.

    Raises
    ------
    NotAsked, AbsentError, ShapeError
        If something is not answered, or the adapter cannot go on. What came is kept.
    """
    kept = {_key(reply.ask): reply for reply in run.replies()}
    replies: dict[str, Reply] = {}
    size = 0
    while wanted := [
        ask for ask in _asks(found, list(replies.values())) if ask.name not in replies
    ]:
        for ask in wanted:
            if ask.name in replies:
                continue
            if len(replies) >= manners.asks:
                raise NotAsked("many", n=manners.asks)
            reply = kept.get(_key(ask))
            if reply is None:
                path = run.path(ask)
                came = way.bring(ask, path)
                reply = run.keep(ask, came.time, came.status, came.media, came.sha256)
            size += reply.path.stat().st_size
            if size > manners.run_bytes:
                raise NotAsked("much", most=manners.run_bytes >> 20)
            replies[ask.name] = reply
    return list(replies.values())


@contextmanager
def stumbling() -> Iterator[None]:
    """Turn whatever an adapter stumbles over into a shape that it does not know.

    Raises
    ------
    ShapeError
        If it fails otherwise than by a refusal.
    """
    try:
        yield
    except Refusal:
        raise
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
        why = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        raise ShapeError("stumbled", why=why) from error
    except RecursionError as error:
        raise ShapeError("stumbled", why="RecursionError") from error


def _asks(found: Found, replies: list[Reply]) -> Sequence[Ask]:
    with stumbling():
        return found.adapter.asks(found.source, found.options, replies)


def _key(ask: Ask) -> tuple[object, ...]:
    return (ask.name, ask.method, ask.address, json.dumps(ask.body, sort_keys=True), ask.accept)
