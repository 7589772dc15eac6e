"""Archives that may be hostile: looked at before anything is unpacked."""

import stat
import zipfile

import pytest

from base.reading import Packed, Unreadable, archive, read_entry


def made(tmp_path, *entries):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for entry, content in entries:
            file.writestr(entry, content)
    return path


def link():
    info = zipfile.ZipInfo("a")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("entries", "key"),
    [
        ([("../a", b"")], "zip_path"),
        ([("/etc/a", b"")], "zip_path"),
        ([("c:/a", b"")], "zip_path"),
        ([(link(), b"/etc/passwd")], "zip_path"),
        ([("a", b"0" * 20_000_000)], "bomb"),
        ([(str(n), b"") for n in range(11)], "bomb"),
    ],
)
def test_what_an_archive_says_of_itself_is_looked_at_first(tmp_path, entries, key):
    path = made(tmp_path, *entries)
    with pytest.raises(Unreadable) as refused, archive(path, "x.zip", Packed(entries=10)):
        pass
    assert refused.value.key == key


def test_names_that_nothing_is_unpacked_by_do_not_matter(tmp_path):
    path = made(tmp_path, ("../a", b"1"))
    with archive(path, "x.zip", Packed(plain_paths=False)) as opened:
        assert read_entry("x.zip", opened, opened.infolist()[0], most=9) == b"1"


@pytest.mark.parametrize("content", [b"", b"PK\3\4 torn"])
def test_what_is_no_archive_is_refused(tmp_path, content):
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match="x"), archive(path, "x.zip", Packed()):
        pass


def test_an_entry_that_holds_more_than_it_says_is_refused(tmp_path):
    path = made(tmp_path, ("a", bytes(range(256)) * 40))
    path.write_bytes(path.read_bytes().replace((10_240).to_bytes(4, "little"), b"\x11\0\0\0"))
    with archive(path, "x.zip", Packed()) as opened:
        entry = opened.infolist()[0]
        with pytest.raises(Unreadable, match="x"):
            read_entry("x.zip", opened, entry, most=1_000_000)


def test_an_archive_that_is_locked_says_so(tmp_path):
    path = made(tmp_path, ("a", b"1"))
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(Unreadable) as refused, archive(path, "x.zip", Packed()):
        pass
    assert refused.value.key == "password"
