"""Figures from the command line: safe names, nothing overwritten unasked, failures told."""

import re

import pytest

from geo.editions import EDITION_2024
from metrics.store.store import HOME_VARIABLE
from ui.__main__ import main

RATE = ("figure", "--edition", EDITION_2024, "--dpi", "96")
SAFE = re.compile(r"atlas06-[a-z0-9-]+\.(png|svg|pdf)")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(tmp_path_factory.mktemp("home")))
        yield


def files(folder):
    return sorted(path.name for path in folder.iterdir())


def test_one_view_in_several_sizes_and_formats(home, tmp_path):
    many = ("--preset", "square", "--preset", "column", "--format", "svg", "--format", "pdf")
    wanted = ("--indicator", "census-urban-rate", "--out", str(tmp_path))
    assert main([*RATE, *many, *wanted]) == 0
    assert len(files(tmp_path)) == 4
    assert all(SAFE.fullmatch(name) for name in files(tmp_path))


def test_files_that_are_there_stay_unless_forced(home, tmp_path, capsys):
    wanted = [*RATE, "--indicator", "census-urban-rate", "--out", str(tmp_path)]
    assert main(wanted) == 0
    path = next(tmp_path.iterdir())
    path.write_text("mine")
    assert main(wanted) == 1
    assert "is there already" in capsys.readouterr().err
    assert path.read_text() == "mine"
    assert main([*wanted, "--force"]) == 0
    assert path.read_bytes().startswith(b"\x89PNG")


def test_what_fails_is_listed_and_does_not_stop_the_rest(home, tmp_path, capsys):
    names = ("--indicator", "census-urban-rate", "--indicator", "dvcqg-dossiers-received")
    assert main([*RATE, *names, "--jobs", "2", "--out", str(tmp_path)]) == 1
    assert len(files(tmp_path)) == 1
    told = capsys.readouterr().err
    assert "1 file in" in told
    assert "failed: dvcqg-dossiers-received" in told


@pytest.mark.parametrize(
    "wrong",
    [
        ("--indicator", "../../etc/passwd"),
        ("--place", "../x"),
        ("--dpi", "9000"),
        ("--preset", "poster"),
        ("--level", "commune"),
        ("--jobs", "0"),
    ],
)
def test_what_does_not_exist_is_refused_before_anything_is_drawn(home, tmp_path, wrong):
    with pytest.raises(SystemExit) as stopped:
        main([*RATE, *wrong, "--out", str(tmp_path)])
    assert stopped.value.code == 2
    assert files(tmp_path) == []


def test_what_a_page_can_show_the_command_line_can_draw(home, tmp_path):
    people = (*RATE, "--indicator", "population-average", "--out", str(tmp_path), "--format", "svg")
    assert main([*people, "--change", "difference", "--pins", "01,79"]) == 0
    assert main([*people, "--kind", "series", "--pins", "01,79", "--title", "<b>A & B</b>"]) == 0
    assert main([*people, "--per", "land-area", "--filters", "value:..-1"]) == 0
    assert len(files(tmp_path)) == 3
    change, per, lines = (tmp_path / name for name in files(tmp_path))
    assert "change-difference" in change.name
    assert "value-to-minus1" in per.name
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in lines.read_text()
    assert 'id="line-79-published"' in lines.read_text()


def test_what_cannot_be_followed_is_told(home, tmp_path, capsys):
    rate = [*RATE, "--indicator", "census-urban-rate", "--out", str(tmp_path)]
    assert main([*rate, "--kind", "pair", "--y", "no-such-thing"]) == 1
    assert main([*rate, "--kind", "series"]) == 1
    told = capsys.readouterr().err
    assert "cannot be used: y" in told
    assert files(tmp_path) == []
