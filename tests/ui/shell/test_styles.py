"""Style sheets: what stands fixed over a page is one thing, written at one place."""

import re

from base.folders import ROOT


def test_a_class_that_stands_fixed_is_written_by_one_module_alone():
    sheets = "\n".join(path.read_text("utf-8") for path in (ROOT / "ui" / "styles").glob("*.css"))
    rules = re.findall(r"([^{}]+)\{[^{}]*position: fixed", re.sub(r"/\*.*?\*/", "", sheets))
    fixed = {name for rule in rules for name in re.findall(r"\.(atlas-[\w-]+)\s*$", rule.strip())}
    assert fixed
    code = {path: path.read_text("utf-8") for path in (ROOT / "ui").rglob("*.py")}
    for name in fixed:
        users = [path for path, text in code.items() if re.search(rf"\.{name}\b(?!-)", text)]
        assert len(users) <= 1, (name, users)
