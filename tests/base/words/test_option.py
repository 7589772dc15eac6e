"""Every command of the project is told its language alike."""

import argparse
import re

import pytest

from base.words import add_lang, spoken, written_in
from geo import __main__ as geo_command
from metrics import __main__ as metrics_command
from ui import __main__ as ui_command

COMMANDS = {
    geo_command: (
        *("match", "convert", "coverage", "ledger", "evidence", "simulate"),
        *("boundaries status", "boundaries fetch", "boundaries import", "boundaries undo"),
    ),
    metrics_command: (
        *("status", "export", "import", "datasets", "aliases", "clusters", "audit"),
        *("backup", "restore", "refresh"),
    ),
    ui_command: ("figure", "kit", "embed", "export", "publish"),
}


@pytest.mark.parametrize(
    ("module", "words"), [(module, words) for module, all_ in COMMANDS.items() for words in all_]
)
def test_every_command_takes_a_language(module, words, capsys):
    with pytest.raises(SystemExit) as done:
        module.main([*words.split(), "--help"])
    assert done.value.code == 0
    assert "--lang {vi,en}" in capsys.readouterr().out


@pytest.mark.parametrize("module", COMMANDS)
def test_those_are_all_commands(module, capsys):
    with pytest.raises(SystemExit):
        module.main(["--help"])
    listed = capsys.readouterr().out
    known = {words.split()[0] for words in COMMANDS[module]}
    handed_over = {"figure"} if module is metrics_command else set()
    assert set(re.findall(r"^    ([a-z]+)\b", listed, re.MULTILINE)) == known | handed_over


@pytest.mark.parametrize(
    ("default", "words", "writes", "says"),
    [
        ("vi", [], "vi", "vi"),
        ("en", [], "en", "en"),
        (None, [], "vi", "en"),
        (None, ["--lang", "vi"], "vi", "vi"),
        ("vi", ["--lang", "en"], "en", "en"),
    ],
)
def test_what_is_written_and_what_is_said(default, words, writes, says):
    parser = argparse.ArgumentParser()
    add_lang(parser, default)
    options = parser.parse_args(words)
    assert (written_in(options), spoken(options)) == (writes, says)
