"""The page of boundaries: what is in use for everyone, the changes for administrators alone."""

import pytest

from base.words import LANGS, t
from geo.boundaries.official import Refused, fetching
from geo.boundaries.replaced import store
from geo.editions import EDITION_2024
from metrics.boundaries import MIRROR_VARIABLE, fetch, undo
from metrics.people import Actor, NotAllowed, Role
from tests.geo.boundaries.official.official_files import districts, province_file, public_set
from ui.about.boundaries import findings_html


@pytest.fixture(autouse=True)
def apart(tmp_path, monkeypatch):
    """Keep replaced boundaries, if any, away from the page."""
    monkeypatch.setattr(store, "folder", lambda: tmp_path / "boundaries")


@pytest.fixture
def mirror(tmp_path, monkeypatch):
    """A made-up set of one province on disk, that the server is told of."""
    made = public_set({"data/gis/26.json": ("26", province_file("26", districts("26")))})
    monkeypatch.setattr(fetching, "public_sets", lambda: {EDITION_2024: made})
    monkeypatch.setenv(MIRROR_VARIABLE, str(tmp_path))
    file = tmp_path / made.key / "data" / "gis" / "26.json"
    file.parent.mkdir(parents=True)
    file.write_bytes(province_file("26", districts("26")))
    return file


def fetched(actor):
    steps = []
    found = fetch(actor, [EDITION_2024], partial=False, progress=lambda *_: None, step=steps.append)
    assert steps == ["check", "match", "mend", "write"]
    return found


def test_what_an_administrator_fetches_is_told_on_the_page_and_taken_back(open_page, mirror):
    chi = Actor("chi@example.vn", Role.ADMIN)
    content = mirror.read_bytes()
    mirror.write_bytes(content[:-5])
    with pytest.raises(Refused) as caught:
        fetched(chi)
    assert "1 tệp bị thay đổi hoặc cắt cụt" in findings_html(caught.value.findings, "vi")
    assert store.current() is None
    mirror.write_bytes(content)
    fetched(chi)
    shown = open_page("boundaries", lang="vi")
    assert "Ranh giới chính thức ở 9/696 đơn vị cấp huyện, còn lại xấp xỉ" in shown.html
    assert "chi@example.vn" in shown.html
    assert t("boundaries.weight.mended", "vi") in shown.html
    assert undo(chi) is True
    assert store.current() is None


@pytest.mark.parametrize("lang", LANGS)
def test_every_layer_is_told_with_its_kind_and_its_source(open_page, lang):
    shown = open_page("boundaries", lang=lang)
    assert shown.html.count("<tr>") == 1 + 4
    assert shown.html.count(t("map.credit.short", lang)) >= 4
    assert shown.html.count(t("boundaries.origin.bundled", lang)) == 4


def test_only_administrators_change_boundaries(tmp_path):
    for role in (Role.VIEWER, Role.EDITOR):
        actor = Actor("an", role, frozenset({"a"}))
        with pytest.raises(NotAllowed):
            undo(actor)
        with pytest.raises(NotAllowed):
            fetch(actor, [], partial=True, progress=lambda *_: None, step=lambda _: None)
    assert undo(Actor("chi", Role.ADMIN)) is False
