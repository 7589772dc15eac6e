"""What people read stands in the catalogues: no sentence is left in the code."""

import ast
import re

import pytest

from base.folders import ROOT
from tests.base.words.test_messages import FOLDERS

VIETNAMESE = re.compile(
    r"[ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.I
)
SENTENCE = re.compile(r"[a-z]{2,} [a-z]{2,}")
SAY = {"print", "tell", "alert", "status", "parser.error", "argparse.ArgumentTypeError"}
# Words and letters that are read, not said, and names that are data.
DATA = {
    "base/reading/legacy.py": "the letters of old fonts",
    "base/reading/numbers.py": "words that stand in cells for no figure",
    "geo/coverage/cli.py": "a column that a file may have",
    "geo/coverage/ground/records.py": "the mark of made-up data, written in both languages",
    "geo/coverage/input/columns.py": "letters of headings",
    "geo/coverage/input/degrees.py": "words of coordinates",
    "geo/coverage/output/mark.py": "words of the mark of made-up data",
    "geo/coverage/simulate.py": "names of made-up operators and settlements",
    "geo/coverage/simulate_evidence.py": "sources that are made up",
    "geo/crosswalk/history.py": "a letter that folding leaves",
    "geo/crosswalk/old.py": "types of units in their names",
    "geo/editions/records.py": "types of units in their names",
    "geo/names/collate.py": "the alphabet",
    "geo/names/compound.py": "words that join names",
    "geo/names/entries.py": "spellings of a name",
    "geo/names/text.py": "letters of names",
    "geo/names/trim.py": "words that say which of two maps is meant",
    "metrics/audit/whole.py": "a unit, and a word of sources that say that a plan was exceeded",
    "metrics/exporting/names.py": "a letter that folding leaves",
    "metrics/importing/tables/cell_kinds.py": "letters of rows of numbers",
    "metrics/importing/names/fits.py": "types of units",
    "metrics/importing/tables/header_rows.py": "the word above a signature",
    "metrics/importing/cells/numbers.py": "words that stand in cells for signs",
    "metrics/importing/mapping/headings.py": "words of titles of tables",
    "metrics/importing/proposal/one_province.py": "words before the name of a province",
    "metrics/importing/time/period_in_title.py": "words of letters and decisions",
    "metrics/importing/time/periods.py": "words of periods",
    "metrics/importing/previewing/personal.py": "family names",
    "metrics/importing/places/places.py": "words of headings and of former units",
    "metrics/importing/proposal/roles.py": "words of headings",
    "metrics/importing/proposal/topics.py": "a unit as indicators have it",
    "metrics/importing/cells/units.py": "units as tables write them",
    "metrics/refresh/adapters/cubes/times.py": "words of periods",
    "metrics/targets/goals.py": "words of a source that say when something begins",
    "ui/scene/places.py": "a name that keeps its capital",
}


def code():
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if folder != "data/build":
                yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def literals(tree):
    """Give the texts of a module but its docstrings."""
    told = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for one in ast.walk(tree):
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in told:
            yield one.value


def test_no_vietnamese_is_said_from_code():
    found = {}
    for path, tree in code():
        texts = [text for text in literals(tree) if VIETNAMESE.search(text)]
        if texts:
            found[path] = texts
    assert {path: found[path] for path in found.keys() - DATA.keys()} == {}
    assert DATA.keys() - found.keys() == set()


@pytest.mark.parametrize("folder", [f for f in FOLDERS if f != "data/build"])
def test_what_commands_and_pages_say_comes_from_the_catalogues(folder):
    said = [
        f"{path}:{call.lineno}"
        for path, tree in code()
        if path.startswith(f"{folder}/")
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and call.args and ast.unparse(call.func) in SAY
        if SENTENCE.search(_text(call.args[0]))
    ]
    assert said == []


def _text(one):
    """Give the words of a literal, its placeholders left out; "" of anything else."""
    if isinstance(one, ast.JoinedStr):
        return "\N{BULLET}".join(_text(part) for part in one.values)
    return one.value if isinstance(one, ast.Constant) and isinstance(one.value, str) else ""
