"""Generations that are folders; those that are files are tested with the store of figures."""

import pytest

from base.generations import KEPT, Generations


def made(generations, text, check=None):
    def build(path):
        path.mkdir()
        (path / "file").write_text(text)

    with generations.writing():
        return generations.publish(build, check)


def test_the_last_folder_is_in_force_and_the_last_few_are_kept(tmp_path):
    generations = Generations(tmp_path)
    paths = [made(generations, text) for text in "abcde"]
    assert (tmp_path / generations.pointed() / "file").read_text() == "e"
    assert [path for _, path in generations.numbered()] == paths[-KEPT:]


def test_what_does_not_pass_its_check_never_comes_into_force(tmp_path):
    generations = Generations(tmp_path)
    made(generations, "good")

    def refuse(path):
        assert (path / "file").read_text() == "bad"
        raise ValueError(path.name)

    with pytest.raises(ValueError, match="gen-2"):
        made(generations, "bad", refuse)
    assert generations.pointed() == "gen-1"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["current", "gen-1", "lock"]


def test_what_a_dead_writer_left_is_cleared_away(tmp_path):
    generations = Generations(tmp_path)
    made(generations, "old")
    (tmp_path / ".gen-2.99.tmp").mkdir()
    (tmp_path / ".gen-2.99.tmp" / "half").write_text("")
    (tmp_path / ".current.99.1.tmp").write_text("gen-")
    made(generations, "new")
    assert not list(tmp_path.glob(".*"))


def test_a_second_writer_is_refused_at_once(tmp_path):
    generations = Generations(tmp_path)
    with generations.writing(), pytest.raises(BlockingIOError), generations.writing():
        pytest.fail("two writers")


@pytest.mark.parametrize("name", ["gen-0", "gen-01", "gen-1.duckdb", "gen-", "../gen-1", "gen-١"])
def test_what_is_no_name_of_a_generation(tmp_path, name):
    assert not Generations(tmp_path).is_name(name)
    assert Generations(tmp_path).is_name("gen-1")
