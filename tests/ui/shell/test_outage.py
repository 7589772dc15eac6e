"""What pages say of a store that was found damaged."""

from __future__ import annotations

import pytest

from metrics.people import LOCAL, VISITOR
from metrics.store import Damage
from ui.shell import outage

PART = Damage("2026-11-30T01:02:03+00:00", ("gen-2.duckdb.broken",), "gen-1", "2026-11-29T00:00:00")


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    ("found", "actor", "says", "not_"),
    [
        (None, LOCAL, "", "."),
        (PART, VISITOR, "29/11/2026", "broken"),
        (PART, LOCAL, "gen-2.duckdb.broken", "�"),
        (
            Damage(PART.time, (), "gen-1", PART.written, ("gen-2.duckdb",)),
            LOCAL,
            "gen-2.duckdb",
            "kept",
        ),
        (Damage(PART.time, PART.kept, "", ""), VISITOR, "30/11/2026", "29/11"),
        (Damage("", (), "", ""), LOCAL, "gen.damaged.json", "30/11"),
    ],
)
def test_damage_is_said_to_everybody_and_where_to_the_administrator(
    monkeypatch, lang, found, actor, says, not_
):
    told = []
    opened = []
    monkeypatch.setattr(outage, "current_store", lambda: opened.append(True))
    monkeypatch.setattr(outage, "damage", lambda: found if opened else None)
    monkeypatch.setattr(outage, "damage_note", lambda: "gen.damaged.json")
    monkeypatch.setattr(outage, "current_actor", lambda: actor)
    monkeypatch.setattr(outage, "alert", told.append)
    outage.damage_notice(lang)
    assert says in "".join(told)
    assert not_ not in "".join(told)
