"""Figures that users have loaded are told from those of the atlas wherever sources are named."""

from dataclasses import replace

import pytest

from base.words import LANGS, t
from geo.editions import EDITION_2024, Level, areas
from tests.metrics.made_up import row
from ui.scene import as_uploaded, ranking_data
from ui.scene.uploads import is_uploaded
from ui.tables.asked import COLUMNS, Asked
from ui.tables.tables import key_name, rows_html

PROVINCES = [area.code for area in areas(EDITION_2024, Level.PROVINCE)]
FIVE = [row("rate", code, i) for i, code in enumerate(PROVINCES[:5])]


def with_uploads(scene, n):
    """Return a scene of which the first figures were loaded by a user."""
    frame = scene.panel.frame
    mine = [at < n for at in range(len(frame))]
    frame = frame.assign(dataset=frame["dataset"].mask(mine, "cua-toi-v1"))
    return replace(scene, panel=replace(scene.panel, frame=frame))


@pytest.mark.parametrize("lang", LANGS)
def test_the_ranking_says_beside_the_source_which_figures_a_user_has_loaded(made, lang):
    scene = with_uploads(made(*FIVE, lang=lang)[1], 2)
    told = ranking_data(scene)
    marked = {told["sources"][one[6]] for one in told["rows"] if one[0] in PROVINCES[:2]}
    others = {told["sources"][one[6]] for one in told["rows"] if one[0] in PROVINCES[2:5]}
    (name,) = others
    assert marked == {t("source.uploaded", lang, source=name)}
    assert "source" not in told["once"]


def test_a_table_without_any_figure_has_no_columns_for_what_figures_have(made):
    told = ranking_data(made(*FIVE, level=Level.DISTRICT)[1])
    assert {"date", "source"} <= {*told["once"]}
    assert told["said"] == ""


def test_where_all_are_of_one_upload_it_is_said_once(made):
    told = ranking_data(with_uploads(made(*FIVE)[1], 5))
    assert "source" in told["once"]
    assert "người dùng tải lên" in told["said"]
    assert "người dùng" not in ranking_data(made(*FIVE)[1])["said"]


@pytest.mark.parametrize("lang", LANGS)
def test_rows_and_heads_of_tables_say_it_too(made, lang):
    store, _ = made(*FIVE)
    rows = store.observations("rate").assign(level="province")
    rows["dataset"] = ["cua-toi-v1", *rows["dataset"][1:]]
    asked = Asked(columns=tuple(COLUMNS))
    word = t("source.uploaded", lang, source="").strip()
    html = str(rows_html(store, rows, asked, lang))
    assert html.count(word) == 2  # its source, its dataset
    assert word in key_name(store, "dataset", "cua-toi-v1", lang)


def test_shipped_and_made_up_figures_are_no_uploads():
    assert not any(map(is_uploaded, ("shipped", "sim-x", "", None, float("nan"))))
    assert as_uploaded("Bộ Công an", "shipped", "vi") == "Bộ Công an"
