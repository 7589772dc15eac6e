"""What the columns of a table are taken for, and the mapping that is kept of it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from geo.editions import EDITION_2024, EDITION_2025, Level
from metrics.importing import (
    ImportRefused,
    Time,
    columns_of,
    mapping_from,
    propose,
    read_mapping,
    remember,
    remembered,
    write_mapping,
)
from metrics.importing.mapping.mapping import make_mapping
from metrics.importing.proposal.memory import mappings_folder
from tests.metrics.importing.importing_home import report_of, store_of, table


class TestProposal:
    def test_the_edition_is_told_by_the_names(self, home):
        catalog = store_of(home).catalog
        _, old = table("Tỉnh,2023\nQuảng Nam,5\nHà Nam,6\nHuế,7\n")
        _, new = table("Tỉnh,2026\nHà Nội,5\nHuế,6\n")
        assert propose(old, catalog).edition == EDITION_2024
        assert propose(new, catalog).edition == EDITION_2025

    def test_districts_take_their_province_from_a_column_or_from_heading_rows(self, home):
        catalog = store_of(home).catalog
        _, beside = table("Tỉnh,Huyện,Số\nLong An,Châu Thành,1\nTiền Giang,Châu Thành,2\n")
        found = propose(beside, catalog)
        assert (found.level, found.place, found.parent) == (Level.DISTRICT, "Huyện", "Tỉnh")
        _, report = report_of(
            home, "Đơn vị;Số\nTỉnh Long An;\nChâu Thành;3\nTân An;4\n"
            "Tỉnh Quảng Bình;\nBa Đồn;9\nĐồng Hới;9\n",
            "people", period=Time(end=date(2025, 1, 1), grain="unknown"),
        )  # fmt: skip
        assert list(report.places["code"]) == ["", "808", "794", "", "458", "450"]

    def test_what_is_only_alike_is_not_taken_for_an_indicator(self, home):
        _, block = table("Tỉnh,rat\nHuế,1\n")
        assert propose(block, store_of(home).catalog).measures[0].indicator is None
        _, block = table("Tỉnh,Tên rate\nHuế,1\n")
        assert propose(block, store_of(home).catalog).measures[0].indicator == "rate"

    def test_the_columns_are_remembered_for_the_next_file_of_the_shape(self, home):
        catalog = store_of(home).catalog
        _, block = table("Tỉnh;Số năm 2025\nHuế;1\n")
        mapping = propose(block, catalog)
        measure = mapping.measures[0].model_copy(update={"indicator": "people", "scale": 1_000})
        mapping = mapping.model_copy(update={"measures": (measure,)})
        assert remembered(block, catalog, home=home) is None
        remember(mapping, block, home=home)
        _, again = table("Tỉnh;Số năm 2023\nHà Tây;7\nQuảng Nam;8\n")
        found = remembered(again, catalog, home=home)
        assert [m.indicator for m in found.measures] == ["people"]
        assert found.measures[0].period.end == date(2023, 12, 31)
        assert (found.edition, found.measures[0].scale) == (EDITION_2024, None)
        _, other = table("Huyện;Số năm 2025\nBa Vì;7\n")
        assert remembered(other, catalog, home=home) is None

    def test_no_two_teams_share_what_is_remembered_however_they_are_called(self, home):
        catalog = store_of(home).catalog
        _, block = table("Tỉnh;Số năm 2025\nHuế;1\n")
        teams = ["Sở KH&CN Huế", "Sở KHCN Huế", "SởKHCNHuế", "../../x", "&", "", "x" * 41, "x" * 42]
        for team in teams:
            assert remembered(block, catalog, team, home=home) is None
            remember(propose(block, catalog), block, team, home=home)
        names = [path.name for path in mappings_folder(home).iterdir()]
        assert len(names) == len(teams)
        assert all(re.fullmatch(r"[0-9a-f-]{20,41}\.yaml", name) for name in names)

    def test_a_mapping_file_of_one_month_reads_the_next_by_its_own_words(self, home, tmp_path):
        catalog = store_of(home).catalog
        _, may = table("Tháng 8/2026\nTỉnh;Số tháng 8/2026\nHuế;1\n")
        fields = columns_of(propose(may, catalog), may)
        assert not {"edition", "level", "period", "decimal", "within"} & set(fields)
        fields["measures"][0]["indicator"] = "people"
        _, june = table("Tháng 9/2026\nTỉnh;Số tháng 9/2026\nHuế;1\n")
        found = mapping_from(propose(june, catalog), fields, june, "m.yaml")
        assert found.measures[0].column == "Số tháng 9/2026"
        assert found.measures[0].indicator == "people"
        assert found.measures[0].period.end == date(2026, 9, 30)

    def test_a_mapping_file_gives_the_mapping_back(self, home, tmp_path):
        _, block = table("Tỉnh;Tỷ lệ năm 2025;Số\nHuế;1;2\n")
        mapping = propose(block, store_of(home).catalog)
        write_mapping(mapping, tmp_path / "m.yaml")
        assert read_mapping(tmp_path / "m.yaml") == mapping

    @pytest.mark.parametrize(
        "wrong",
        [{"edition": "1999"}, {"level": "village"}, {"measures": [{"column": ""}]}, {"x": 1}, []],
    )
    def test_a_mapping_file_that_breaks_the_schema_is_refused_by_field(self, wrong):
        good = {"edition": EDITION_2025, "level": "province", "place": "Tỉnh"}
        with pytest.raises(ImportRefused, match=r"m\.yaml cannot be used"):
            make_mapping(good | wrong if isinstance(wrong, dict) else wrong, "m.yaml")
