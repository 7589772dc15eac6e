"""A workbook of a first and a last cell, which would end the process that opens it."""

from datetime import date

import pytest

from base.reading import Unreadable
from base.words import LANGS, Refusal
from geo import __main__ as geo
from geo.boundaries.official import FileOptions, from_file
from geo.coverage import Files, find_gaps
from geo.coverage.input import peek
from geo.coverage.ledger import read_snapshot
from geo.editions import EDITION_2025, Level
from metrics import __main__ as metrics
from metrics.importing import preview
from metrics.store.store import HOME_VARIABLE
from tests.base.reading.hostile import FAR, workbook
from tests.geo.coverage.gaps import write_csv

SITES = ("lon", "lat", "range"), [[105, 21, 1000]]


@pytest.fixture(scope="module")
def far(tmp_path_factory):
    path = tmp_path_factory.mktemp("far") / "far.xlsx"
    path.write_bytes(workbook(*FAR))
    return path


def gaps(path):
    return find_gaps(Files(path, write_csv(path.with_name("sites.csv"), *SITES)))


WAYS = {
    "gaps": gaps,
    "peek": lambda path: peek(path, "settlements"),
    "ledger": lambda path: read_snapshot(path, date(2025, 1, 1)),
    "import": lambda path: preview(path.name, path.read_bytes()),
    "boundaries": lambda path: from_file(
        path, FileOptions(EDITION_2025, Level.PROVINCE, "Cục Đo đạc")
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_in_says_a_sentence(way, far):
    with pytest.raises(Refusal) as refused:
        WAYS[way](far)
    for lang in LANGS:
        assert "far.xlsx" in refused.value.say(lang)


COMMANDS = {
    "coverage": ("geo", "coverage", "--settlements", "FAR", "--sites", "FAR", "--out", "OUT"),
    "ledger": ("geo", "ledger", "2025-01-01=FAR", "2025-02-01=FAR", "--out", "OUT"),
    "match": (*("geo", "match", "FAR", "--name", "x", "--edition", EDITION_2025),
              *("--level", "province", "--out", "OUT")),
    "convert": (*("geo", "convert", "FAR", "--name", "x", "--from", "2024", "--to", EDITION_2025),
                *("--level", "province", "--sum", "y", "--out", "OUT")),
    "boundaries": (*("geo", "boundaries", "import", "FAR", "--edition", EDITION_2025),
                   *("--level", "province")),
    "import": ("metrics", "import", "FAR"),
}  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_a_sentence(name, far, tmp_path, monkeypatch, capfd):
    module, *given = COMMANDS[name]
    given = [one.replace("FAR", str(far)).replace("OUT", str(tmp_path / "out")) for one in given]
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "var"))
    try:
        code = {"geo": geo, "metrics": metrics}[module].main(given)
    except SystemExit as ended:
        code = ended.code
    told = capfd.readouterr().err
    assert code in (1, 2)
    assert "far.xlsx" in told
    assert "Traceback" not in told


def test_a_smaller_workbook_beyond_the_limits_is_refused_by_its_shape():
    with pytest.raises(Unreadable) as refused:
        preview("wide.xlsx", workbook("A1", "ZZ5"))
    assert refused.value.values["columns"] == 702
