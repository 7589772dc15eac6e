"""Remember and forget the spellings of a team: one step each, checked and in the audit trail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from geo.editions import Level
from metrics.datasets.aliases import Alias, alias_rows, new_aliases
from metrics.datasets.datasets import audit_line, writing
from metrics.people import NO_TEAM, Actor
from metrics.store import AUDIT, RECORDS, Change, apply


def accept(
    accepted: Mapping[str, str],
    map_: tuple[str, Level],
    actor: Actor,
    team: str = NO_TEAM,
    home: Path | None = None,
) -> tuple[Alias, ...]:
    """Remember spellings for a team, in one step; the newest meaning of a spelling counts.

    Raises
    ------
    NotAllowed
        If the actor may not write for the team.
    """
    actor.check(team, "alias")
    with writing(home) as (versions, store):
        made = new_aliases(store, accepted, map_, team, actor)
        if made:
            told = ", ".join(f"{a.spelling} = {a.code}" for a in made)[:500]
            dropped = {RECORDS: {alias.owner for alias in made}}
            added = {RECORDS: alias_rows(made), AUDIT: audit_line(actor, "alias", team, told)}
            apply(versions, Change(dropped, added))
    return made


def remove(gone: Iterable[Alias], actor: Actor, home: Path | None = None) -> None:
    """Forget spellings; tables loaded with them stay as they are.

    Raises
    ------
    NotAllowed
        If the actor may not write for the team of any of them; nothing is changed then.
    """
    owned = list(gone)
    for alias in owned:
        actor.check(alias.team, "alias")
    if not owned:
        return
    with writing(home) as (versions, _):
        told = ", ".join(alias.spelling for alias in owned)[:500]
        line = audit_line(actor, "forget_alias", owned[0].team, told)
        apply(versions, Change({RECORDS: {a.owner for a in owned}}, {AUDIT: line}))
