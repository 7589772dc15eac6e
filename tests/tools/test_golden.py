"""Golden copies: what is made alike, what is told apart, what is allowed."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from tools.golden.__main__ import main
from tools.golden.compare import compare, read_allowed, report
from tools.golden.files import texts
from tools.golden.plain import plain
from tools.golden.running import drawing, named
from tools.golden.take import cases

DAY = date(2026, 3, 7)


@pytest.fixture
def copies(tmp_path):
    """Return a function from the files of two copies to their folders."""

    def build(before, after):
        folders = []
        for name, files in (("before", before), ("after", after)):
            for path, text in files.items():
                file = tmp_path / name / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(text.encode())
            (tmp_path / name / "taken.json").touch()
            folders.append(tmp_path / name)
        return folders

    return build


def allow(tmp_path, text):
    file = tmp_path / "allow.yaml"
    file.write_text(text, "utf-8")
    return read_allowed(file)


def test_what_was_taken_when_is_no_difference(copies, capsys):
    same = {"pages/vi/explore.txt": "a\nb\n"}
    before, after = copies(same, same)
    (after / "taken.json").write_text("later")
    assert compare(before, after) == []
    assert main(["compare", str(before), str(after)]) == 0
    assert "nothing differs" in capsys.readouterr().out


def test_lines_that_changed_came_and_went_are_named(copies, capsys):
    before, after = copies(
        {"a/x.txt": "one\ntwo\nthree\n", "a/gone.txt": ""},
        {"a/x.txt": "one\n2\nthree\nfour\n", "b/new.txt": ""},
    )
    found = {one.path: one.lines for one in compare(before, after)}
    assert found == {
        "a/x.txt": ["- two\n", "+ 2\n", "+ four\n"],
        "a/gone.txt": ["- is only in the first"],
        "b/new.txt": ["+ is only in the second"],
    }
    assert main(["compare", str(before), str(after)]) == 1
    out = capsys.readouterr().out
    assert "a: 2 files differ" in out
    assert "b: 1 files differ" in out


def test_parts_are_compared_alone(copies):
    before, after = copies(
        {"pages/vi/x.txt": "1", "pages/en/x.txt": "1", "figures/x.svg": "1"},
        {"pages/vi/x.txt": "2", "pages/en/x.txt": "2", "figures/x.svg": "2"},
    )
    found = compare(before, after, only=["pages-vi", "figures"])
    assert [one.path for one in found] == ["figures/x.svg", "pages/vi/x.txt"]


@pytest.mark.parametrize("n", [10, 10_000])
def test_lines_in_another_order_and_line_ends_differ(copies, n):
    lines = [f"{k}\n" for k in range(n)]
    before, after = copies(
        {"order.csv": "".join(lines), "end.csv": "a\n"},
        {"order.csv": "".join(lines[::-1]), "end.csv": "a\r\n"},
    )
    assert {one.path for one in compare(before, after)} == {"order.csv", "end.csv"}


def test_what_differs_alike_in_many_files_is_shown_once(copies):
    before, after = copies(
        {f"{n}.txt": "v=1\n" for n in "abc"}, {f"{n}.txt": "v=2\n" for n in "abc"}
    )
    told = "\n".join(report(compare(before, after)))
    assert told.count("+ v=2") == 1
    assert all(f"{n}.txt" in told for n in "abc")


def test_a_long_line_is_shown_where_it_differs(copies):
    before, after = copies({"x.html": "a" * 5000 + "OLD"}, {"x.html": "a" * 5000 + "NEW"})
    told = "\n".join(report(compare(before, after)))
    assert "OLD" in told
    assert "NEW" in told
    assert len(told) < 1500


def test_what_is_meant_is_allowed_with_its_reason(copies, tmp_path):
    before, after = copies(
        {"answers/m/answer.txt": "exit 1\nTraceback\n", "pages/x.txt": "1\n"},
        {"answers/m/answer.txt": "exit 2\nerror: no\n", "pages/x.txt": "2\n"},
    )
    entries = allow(tmp_path, "- {path: '^answers/m/', reason: a sentence instead of a trace}\n")
    meant, other = compare(before, after, entries)
    assert meant.allowed == ["a sentence instead of a trace"]
    assert (other.path, other.allowed) == ("pages/x.txt", [])
    assert "allowed in 1 files: a sentence instead" in "\n".join(report([meant, other]))


def test_lines_that_are_meant_do_not_hide_others(copies, tmp_path):
    before, after = copies({"x.txt": "v=1\nkept\n"}, {"x.txt": "v=2\nlost\n"})
    entries = allow(tmp_path, "- {path: x, line: '^v=', reason: another version}\n")
    (one,) = compare(before, after, entries)
    assert one.allowed == []
    assert one.lines == ["- kept\n", "+ lost\n"]


@pytest.mark.parametrize(
    "text", ["- {path: x}", "- {reason: x}", "- {path: '(', reason: x}", "- {path: x, why: y}"]
)
def test_an_allowance_without_a_reason_is_refused(tmp_path, text):
    with pytest.raises(ValueError, match="entry 1"):
        allow(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/tmp/golden-abcd1234/c/geo/x.py", "CODE/geo/x.py"),
        ('File "x.py", line 12', 'File "x.py", line N'),
        ("loaded 2026-03-07T01:02:03+00:00, rows 7", "loaded TIME, rows 7"),
        ("lúc 09:05 ngày 07/03/2026.", "lúc TIME."),
        ("7 March 2026, ngày 7 tháng 3 năm 2026", "TODAY, TODAY"),
        ("17/03/2026 2025-03-07", "17/03/2026 2025-03-07"),
        (" 3%|# | 1/9\r99%|##| 9/9\ndone\n", "done\n"),
        ("no file 'nowhere/.x.9513.1406.tmp.csv'", "no file 'nowhere/.x.N.tmp.csv'"),
        (".deferredFileId = 2d6d11797a95484dafe2962607874db6", ".deferredFileId = UUID"),
        ("$$ID-0a1b2c-level", "$$ID-level"),
    ],
)
def test_only_what_changes_with_each_run_is_taken_out(text, expected):
    assert plain(text, {"/tmp/golden-abcd1234/c": "CODE"}, (DAY,)) == expected


def test_workbooks_are_read_as_cells_and_archives_by_their_members():
    book, archive = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(book) as made:
        made.add_worksheet("S").write_row(0, 0, ["01", 2.5])
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr(zipfile.ZipInfo("data/b.xlsx"), book.getvalue())
        made.writestr(zipfile.ZipInfo("a.csv"), "x\r\n")
    found = dict(texts("k.zip", archive.getvalue()))
    assert found["k.zip/data/b.xlsx.txt"] == "# S\n['01', 2.5]\n"
    assert found["k.zip/a.csv"] == b"x\r\n"
    assert list(dict(texts("broken.zip", b"PK no"))) == ["broken.zip"]


def test_commands_that_draw_are_asked_of_the_package_that_has_them(tmp_path):
    kit = ["metrics", "export", "--as-shown", "--format", "kit", "--embed", "--out", "x"]
    assert drawing(kit, tmp_path) == kit
    (tmp_path / "ui").mkdir()
    (tmp_path / "ui" / "__main__.py").touch()
    assert drawing(kit, tmp_path) == ["ui", "kit", "--embed", "--out", "x"]
    assert drawing(["metrics", "figure", "-h"], tmp_path) == ["ui", "figure", "-h"]
    assert drawing(["metrics", "status"], tmp_path) == ["metrics", "status"]


@pytest.mark.parametrize("section", ["answers", "exports", "figures", "kits", "pages"])
def test_every_case_has_a_name_of_its_own(section):
    taken = set()
    names = [named(line, taken) for line in cases(section)]
    assert len(set(names)) == len(names) > 0
    assert all("/" not in name and len(name.encode()) < 255 for name in names)


def test_a_copy_that_is_not_whole_is_refused(copies, capsys):
    before, after = copies({"x.txt": ""}, {"x.txt": ""})
    (after / "taken.json").unlink()
    with pytest.raises(SystemExit) as ended:
        main(["compare", str(before), str(after)])
    assert ended.value.code == 2
    assert "is no golden copy" in capsys.readouterr().err


def test_a_folder_that_is_no_checkout_is_refused(tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["take", str(tmp_path), str(tmp_path / "out")])
    assert ended.value.code == 2
    assert "run make there first" in capsys.readouterr().err
