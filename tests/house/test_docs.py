"""What the documents name is there: modules, files, folders, targets of make."""

import importlib.util
import re

import pytest

from base.folders import ROOT

DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
# The changelog tells of what was, too.
OF_TODAY = [path for path in DOCS if path.name != "CHANGELOG.md"]
TOPS = "base|geo|metrics|ui|pages|data|tests|tools|benchmarks|locale|static|docs"
PATH = re.compile(rf"`((?:{TOPS})/[\w./-]*)`")
MODULE = re.compile(rf"`((?:{TOPS})(?:\.[A-Za-z_]\w*)+)")
PROGRAM = re.compile(r"python -m ((?:base|geo|metrics|ui|data|tests|tools|benchmarks)[\w.]*)")
TARGET = re.compile(r"`make ([a-z]+)`")


def named(pattern, path):
    return sorted(set(pattern.findall(path.read_text(encoding="utf-8"))))


def resolves(name):
    """Tell whether a dotted name leads to a module, or to a name that a module has."""
    words = name.split(".")
    for at in range(len(words), 0, -1):
        file = ROOT.joinpath(*words[:at])
        if file.with_suffix(".py").exists() or file.is_dir():
            rest = words[at:]
            text = "".join(
                one.read_text(encoding="utf-8")
                for one in ([file.with_suffix(".py")] if not file.is_dir() else file.glob("*.py"))
            )
            return all(re.search(rf"\b{re.escape(word)}\b", text) for word in rest)
    return False


@pytest.mark.parametrize("path", OF_TODAY, ids=lambda path: path.name)
def test_files_and_folders_that_a_document_names_are_there(path):
    # Made by an installation, stand-ins for a name, a folder of the public set.
    made = ("static/vendor", "static/official", "pages/NAME", "ui/NAME", "data/gis/")
    missing = [
        name
        for name in named(PATH, path)
        if not name.startswith(made) and not (ROOT / name.rstrip(".")).exists()
    ]
    assert missing == []


@pytest.mark.parametrize("path", OF_TODAY, ids=lambda path: path.name)
def test_modules_that_a_document_names_are_there(path):
    assert [name for name in named(MODULE, path) if not resolves(name)] == []


@pytest.mark.parametrize("path", OF_TODAY, ids=lambda path: path.name)
def test_programs_that_a_document_names_can_be_run(path):
    def runs(name):
        spec = importlib.util.find_spec(name)
        if spec is None:
            return False
        return spec.submodule_search_locations is None or bool(
            importlib.util.find_spec(f"{name}.__main__")
        )

    assert [name for name in named(PROGRAM, path) if not runs(name)] == []


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_targets_of_make_that_a_document_names_are_there(path):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert [name for name in named(TARGET, path) if not re.search(rf"(?m)^{name}:", makefile)] == []
