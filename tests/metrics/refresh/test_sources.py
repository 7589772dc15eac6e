"""Descriptions of sources: found, checked, one of the operator in place of a shipped one."""

import pytest
import yaml

from metrics.people import VISITOR, Actor, Role
from metrics.refresh import SourceError, chosen, sources, standings
from metrics.refresh.sources import SHIPPED
from tests.metrics.refresh.conftest import ADMIN
from tests.metrics.refresh.tiny import ADAPTERS

GOOD = {
    "id": "a",
    "adapter": "tiny",
    "title": {"vi": "a", "en": "a"},
    "address": "http://a.example",
    "every": "day",
}


@pytest.fixture
def put(tmp_path):
    def call(name, record, folder="var/sources"):
        path = tmp_path / folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = record if isinstance(record, str) else yaml.safe_dump(record)
        path.write_text(text, encoding="utf-8")
        return path

    return call


def read(tmp_path):
    return sources(tmp_path / "var", tmp_path / "shipped", ADAPTERS)


def test_an_operators_source_wins_over_a_shipped_one_and_says_so(tmp_path, put):
    shipped = put("a", GOOD, "shipped")
    put("b", GOOD | {"id": "b"}, "shipped")
    put("mine", GOOD | {"every": "month"})
    found = read(tmp_path)
    assert list(found) == ["a", "b"]
    assert (found["a"].source.every, found["a"].instead) == ("month", shipped)
    assert found["b"].instead is None
    assert [one.source.id for one in chosen(found, ["b", "a", "b"])] == ["b", "a"]
    with pytest.raises(SourceError, match="a, b"):
        chosen(found, ["c"])


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (GOOD | {"every": "hour"}, "every"),
        (GOOD | {"evry": "day"}, "evry"),
        (GOOD | {"id": "../a"}, "id"),
        (GOOD | {"adapter": "other"}, "tiny"),
        (GOOD | {"bounds": {"withdrawn": -1}}, "bounds.withdrawn"),
        (GOOD | {"options": {"whole": "perhaps"}}, "options.whole"),
        (GOOD | {"pause": 0}, "pause"),
        ([GOOD], "list"),
        ("a: [", "YAML"),
        ("a: &a [*a, *a]\nb: " + "[" * 5000, "YAML"),
        ("x" * (2 << 20), "bytes"),
        # Each is nine times the one before it.
        (
            "a0: &a0 [x]\n"
            + "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]\n" for n in range(1, 12)),
            "values",
        ),
        ("a: &a [*a, *a]", "values"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_key(tmp_path, put, record, told):
    path = put("bad", record)
    with pytest.raises(SourceError) as error:
        read(tmp_path)
    assert str(path) in str(error.value)
    assert told in str(error.value)


def test_two_files_of_one_id_are_refused(tmp_path, put):
    put("a", GOOD)
    put("b", GOOD)
    with pytest.raises(SourceError, match="Rename one"):
        read(tmp_path)


def test_private_sources_are_their_teams(tmp_path, put):
    put("a", GOOD | {"team": "hue", "private": True})
    put("b", GOOD | {"id": "b"})

    def seen(actor):
        home, shipped = tmp_path / "var", tmp_path / "shipped"
        return [one.found.source.id for one in standings(actor, home, shipped, ADAPTERS)]

    assert seen(ADMIN) == ["a", "b"]
    assert seen(Actor("b", Role.EDITOR, frozenset({"hue"}))) == ["a", "b"]
    assert seen(VISITOR) == ["b"]


def test_shipped_sources_are_as_the_schema_wants_them(tmp_path):
    assert all(found.path.parent == SHIPPED for found in sources(tmp_path).values())
