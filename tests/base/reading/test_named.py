"""A file is called what it is."""

from pathlib import Path

import pytest

from base.reading import TableError, check_named


@pytest.mark.parametrize("name", ["x.csv", "x.CSV", "x", "x.txt", "so-lieu.2026", ".csv"])
def test_names_of_the_format_and_of_none_are_free(name):
    check_named(Path(name), ".csv")


@pytest.mark.parametrize("name", ["x.xlsx", "x.XLSX", "x.csv.zip", "x.json", "a/b.pdf"])
def test_names_of_another_format_are_refused_with_both(name):
    with pytest.raises(TableError) as refused:
        check_named(Path(name), ".csv")
    for lang in ("vi", "en"):
        said = refused.value.say(lang)
        assert Path(name).suffix.casefold() in said
        assert ".csv" in said
        assert name in said
