"""For whom the app has been made usable: what is checked, by what, and what is known to be missing.

docs/accessibility.md is this statement in English; a test holds them together.
"""

from __future__ import annotations

import json
from typing import Final

from base.folders import ROOT
from base.words import Lang, t

# What is checked by which tests of tests/journeys/.
CHECKS: Final = (
    ("axe", "test_for_everyone.py"),
    ("keyboard", "test_by_keyboard.py"),
    ("table", "test_map_and_table.py"),
    ("dark", "test_elsewhere.py"),
    ("phone", "test_elsewhere.py"),
)
# What axe finds in the markup of Streamlit itself, by rule: not mended here.
EXCEPTIONS: Final = ("color-contrast",)
MISSING: Final = ("map", "streamlit", "reader", "pdf")


def statement(lang: Lang) -> str:
    """Write the statement as Markdown."""
    packages = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    known = {**packages.get("dependencies", {}), **packages.get("devDependencies", {})}
    version = str(known.get("axe-core", "")).lstrip("^~")
    checks = [
        f"- {t(f'a11y.check.{name}', lang, version=version)} (`{file}`)" for name, file in CHECKS
    ]
    missing = [f"- {t(f'a11y.missing.{name}', lang)}" for name in MISSING]
    missing += [f"- `{rule}`: {t(f'a11y.rule.{rule}', lang)}" for rule in EXCEPTIONS]
    parts = [
        t("a11y.lead", lang),
        f"## {t('a11y.checked', lang)}",
        "\n".join(checks),
        f"## {t('a11y.known', lang)}",
        "\n".join(missing),
    ]
    return "\n\n".join(parts) + "\n"
