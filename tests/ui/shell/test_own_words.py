"""What Streamlit says by itself is said in the reader's language."""

from pathlib import Path

from streamlit import file_util

from base.words import t
from ui.shell.own_words import SAID, own_words

PARTS = ("less", "more", "columns", "table_csv", "fullscreen", "fullscreen_end")


def test_each_text_is_said_in_the_language_asked_for_and_changed_back():
    vi, en = own_words("vi"), own_words("en")
    assert vi["words"]["Select all"] == "Chọn tất cả"
    assert {local: said for said, local in vi["words"].items()} == en["words"]
    assert ["Select {n} matches", "Chọn {n} kết quả"] in vi["forms"]
    assert len(vi["words"]) + len(vi["forms"]) == len(SAID)


def test_the_english_is_what_the_frame_says():
    scripts = Path(file_util.get_static_dir(), "static", "js").glob("*.js")
    said = "\n".join(script.read_text(encoding="utf-8") for script in scripts)
    for name in (
        "all",
        "choose",
        "open",
        "heading",
        "lost",
        "clear",
        "none",
        "drop_a",
        "one_file",
        *PARTS,
    ):
        assert t(f"streamlit.{name}", "en") in said
