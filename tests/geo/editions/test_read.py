import pytest

from geo.editions import AREA_COLUMNS, EDITION_2024, EDITION_COLUMNS
from geo.editions import read as _editions_read

ROW = "2024,VN,country,Việt Nam,Viet Nam,country,,,,,,,,"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["code,level"], r"areas_2024\.csv: columns are \('code', 'level'\)"),
        ([",".join(AREA_COLUMNS), "2024,VN"], r"line 2: 2 cells instead of 14"),
        ([",".join(AREA_COLUMNS), ROW.replace("country", "nation", 1)], r"line 2 \(VN\): 'nation'"),
        ([",".join(AREA_COLUMNS), ROW.replace("2024", "2019")], r"line 2: edition '2019'"),
        ([",".join(AREA_COLUMNS), ROW, ROW], r"line 3: edition '2024', code 'VN'"),
        (
            [",".join(AREA_COLUMNS), "2024,01,province,A,A,province,VN,,,,,,,"],
            r"'01' of edition '2024' has parent 'VN', which is not",
        ),
        ([",".join(AREA_COLUMNS), ROW[:-1] + "2024-13-01,"], r"line 2 \(VN\): .*month"),
    ],
)
def test_a_broken_table_is_refused_with_its_line(tmp_path, lines, message):
    (tmp_path / "areas_2024.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        _editions_read.read_areas(EDITION_2024, tmp_path)


def test_a_broken_list_of_editions_is_refused_with_its_line(tmp_path):
    text = ",".join(EDITION_COLUMNS) + "\n2024,A,A,2024-01-01,,country|ward\n"
    (tmp_path / "editions.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"editions\.csv, line 2 \(2024\): 'ward'"):
        _editions_read.read_editions(tmp_path)
