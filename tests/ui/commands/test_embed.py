"""The map as one HTML file from the command line."""

import pytest

from geo.editions import EDITION_2024
from metrics.store.store import HOME_VARIABLE
from ui.__main__ import main
from ui.address import View, live_href

VIEW = View(lang="en", edition=EDITION_2024, indicator="census-urban-rate")


@pytest.fixture(scope="module", autouse=True)
def home(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(tmp_path_factory.mktemp("home")))
        yield


def embedded(tmp_path, *words):
    out = tmp_path / "map.html"
    assert main(["embed", *words, "--out", str(out)]) == 0
    return out.read_text(encoding="utf-8")


def test_an_address_and_its_options_give_the_same_map(tmp_path):
    options = ("--indicator", VIEW.indicator, "--edition", EDITION_2024, "--lang", "en")
    by_options = embedded(tmp_path, *options)
    by_address = embedded(tmp_path, f"https://atlas.example/{VIEW.href()}")
    assert 'lang="en"' in by_address
    moment = "frozen"  # the minute that the file was made may differ

    def lines(html):
        return [line for line in html.splitlines() if moment not in line.lower()]

    assert lines(by_options) == lines(by_address)


def test_what_the_address_of_a_frame_says_holds_for_the_file(tmp_path):
    framed = embedded(tmp_path, live_href(VIEW, locked=True, ranking=False))
    assert "<aside" not in framed
    assert "<aside" in embedded(tmp_path, live_href(VIEW, locked=True, ranking=True))
    assert "<aside" not in embedded(tmp_path, VIEW.href(), "--no-ranking")
    assert framed != embedded(tmp_path, live_href(VIEW, locked=False, ranking=False))


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ([VIEW.href() + "&colour=red"], 1, "colour 'red'"),
        (["https://atlas.example/compare?way=pair"], 2, "explore or download"),
        (["--indicator", "census-urban-rat"], 2, "census-urban-rate"),
        (["--edition", "2025", "--level", "commune"], 1, "choose a province"),
    ],
)
def test_what_cannot_be_followed_is_told(tmp_path, capsys, words, code, says):
    out = tmp_path / "map.html"
    try:
        ended = main(["embed", *words, "--out", str(out)])
    except SystemExit as exit_:
        ended = exit_.code
    assert ended == code
    assert says in capsys.readouterr().err
    assert not out.exists()
