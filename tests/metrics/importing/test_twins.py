"""Figures are not stored twice, by whichever way and however many presses at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from metrics.datasets import datasets
from metrics.people import LOCAL, Actor, Role
from metrics.store import StoreError
from tests.metrics.importing.importing_home import TIME, report_of, store_of

ROWS = TIME + "Hà Nội;50\nHuế;60\n"


def load(home, text, actor=LOCAL, **details):
    seen, report = report_of(home, text)
    datasets.keep_file(text.encode(), LOCAL, home)
    made = datasets.Details(**({"title": "Số hóa"} | details))
    return datasets.load(seen, report, made, actor, home)


def mine(home):
    return [id_ for id_ in store_of(home).datasets()["id"] if id_ != "shipped"]


def test_presses_at_the_same_instant_store_once(home):
    seen, report = report_of(home, ROWS)
    datasets.keep_file(ROWS.encode(), LOCAL, home)

    def press(_):
        try:
            return datasets.load(seen, report, datasets.Details("Số hóa"), LOCAL, home).id
        except StoreError as refused:
            return str(refused)

    with ThreadPoolExecutor(4) as pool:
        told = sorted(pool.map(press, range(4)))
    assert [one for one in told if one == "so-hoa-v1"] == ["so-hoa-v1"]
    assert all("so-hoa-v1" in one for one in told)
    assert mine(home) == ["so-hoa-v1"]


@pytest.mark.parametrize(
    "text",
    [ROWS, TIME + "Huế;60\nHà Nội;50,0\n", "Ghi chú của biểu;\n" + ROWS],
    ids=["same file", "other order", "other file"],
)
def test_the_same_figures_are_refused_by_the_name_of_the_dataset_that_has_them(home, text):
    load(home, ROWS)
    with pytest.raises(StoreError, match="so-hoa-v1"):
        load(home, text, title="Tên khác")
    assert mine(home) == ["so-hoa-v1"]


def test_what_differs_is_stored_and_so_is_what_another_source_says_too(home):
    load(home, ROWS)
    load(home, TIME + "Hà Nội;50\nHuế;61\n", title="Huế khác")
    load(home, TIME + "Hà Nội;50\n", title="Một dòng")
    load(home, TIME + "Huế;60\nHà Nội;50\n", title="Nguồn khác", producer="Sở Tư pháp")
    assert len(mine(home)) == 4


def test_a_new_version_may_have_the_same_figures_and_so_may_what_follows_a_withdrawn_one(home):
    first = load(home, ROWS)
    second = load(home, ROWS, supersedes=first.id)
    datasets.withdraw(second.id, LOCAL, "", home)
    datasets.withdraw(first.id, LOCAL, "", home)
    assert load(home, ROWS).id == "so-hoa-v3"


def test_what_others_keep_for_themselves_is_not_told(home):
    load(home, ROWS, team="đội a", private=True)
    other = Actor("khách", Role.EDITOR, frozenset({"đội b"}))
    assert load(home, ROWS, other, team="đội b").team == "đội b"
