"""Headings of few words get suggestions by topic, unit and title; years get the title's subject."""

import pytest

from metrics.importing import preview, propose, suggested
from metrics.importing.mapping.headings import group_of
from metrics.store import current_store


@pytest.fixture
def catalog():
    return current_store().catalog


def ids(heading, catalog, *titles):
    return [one.id for one in suggested(heading, titles, catalog)]


def test_a_unit_that_is_said_rules_out_indicators_of_another(catalog):
    people = ids("Người có công – Số người", catalog)
    assert people[0] == "cashless-merit-people"
    assert "merit-records-digitised" not in people
    rates = ids("Người có công – Tỷ lệ", catalog)
    assert "cashless-merit-rate" in rates
    assert all("rate" in id_ for id_ in rates)


def test_what_the_title_speaks_of_comes_first(catalog):
    title = "KẾT QUẢ SỐ HÓA HỒ SƠ THỦ TỤC HÀNH CHÍNH THÁNG 9/2026"
    assert ids("Tỷ lệ số hóa (%)", catalog, title)[0] == "dvcqg-digitised-dossier-rate"


@pytest.mark.parametrize("heading", ["Sơ bộ 2025", "Sơ bộ - Prel. 2025", "Chính thức năm 2025"])
def test_a_year_that_is_preliminary_is_of_the_columns_beside(heading):
    assert group_of(heading) == group_of("2024") == ""


def test_years_are_of_what_the_title_is_about_without_its_number_and_places(catalog):
    text = "15. Dân số trung bình phân theo địa phương\nNghìn người\n;2023;Sơ bộ 2024\n"
    text += "Hà Giang;801,3;805,3\nCao Bằng;808,3;809,1\nBắc Kạn;815,3;816,2\n"
    block = preview("nien-giam.csv", text.encode()).blocks[0]
    assert {m.indicator for m in propose(block, catalog).measures} == {"population-average"}
    other = text.replace("địa phương", "giới tính")
    block = preview("nien-giam.csv", other.encode()).blocks[0]
    assert {m.indicator for m in propose(block, catalog).measures} == {None}
