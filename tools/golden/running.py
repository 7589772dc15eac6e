"""Run the commands of a checkout and write down what they answer."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tools.golden.files import texts
from tools.golden.plain import plain

SCRIPTS = Path(__file__).parent
LONGEST_NAME = 120
# Commands that one package hands over to another, in some commits.
MOVED = {"figure", "export", "kit", "embed"}


@dataclass(frozen=True)
class Take:
    """A golden copy in the making.

    Attributes
    ----------
    checkout
        A copy of the code, so that nothing is written into the one that was given.
    tmp, out
        Where commands run; where the copy goes.
    places
        What stands in texts instead of folders.
    """

    checkout: Path
    tmp: Path
    out: Path
    places: dict[str, str]
    began: date

    def environment(self, home: str, **more: str) -> dict[str, str]:
        """Return variables that make runs alike; each part has a store of its own."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("ATLAS_", "PYTHON"))}
        return kept | {
            "ATLAS_HOME": str(self.tmp / f"home-{home}"),
            "PYTHONPATH": str(self.checkout),
            "PYTHONHASHSEED": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
            "COLUMNS": "400",
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            **more,
        }

    def write(self, name: str, text: str | bytes) -> None:
        """Write one file of the copy."""
        file = self.out / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, str):
            today = (self.began, datetime.now(UTC).date())
            text = plain(text, self.places, today).encode()
        file.write_bytes(text)

    def keep(self, name: str, file: Path) -> None:
        """Write what is in a file that a command has written."""
        for part, text in texts(name, file.read_bytes()):
            self.write(part, text)


class Commands:
    """A process that runs the commands of a checkout."""

    def __init__(self, take: Take, section: str, **more: str) -> None:
        self.take, self.section = take, section
        self.names: set[str] = set()
        self.folder = take.tmp / section
        self.folder.mkdir()
        self.process = subprocess.Popen(
            [sys.executable, "-P", str(SCRIPTS / "_commands.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=self.folder,
            env=take.environment(section, **more),
            text=True,
        )

    def __enter__(self) -> Commands:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()

    def run(self, line: str, words: list[str]) -> list[Path]:
        """Run a command, write down its answer, and return the files it has written."""
        before = stamps(self.folder)
        asked = {"words": drawing(words, self.take.checkout), "folder": str(self.folder)}
        answer = self._ask(json.dumps(asked))
        name = f"{self.section}/{named(line, self.names)}"
        if MOVED.intersection(words):
            for text in ("out", "err"):
                answer[text] = re.sub(r"python -m (?:metrics|ui)\b", "python -m …", answer[text])
        written = [file for file, stamp in stamps(self.folder).items() if before.get(file) != stamp]
        names = "".join(f"{file.relative_to(self.folder)}\n" for file in written)
        parts = (line, f"exit {answer['code']}", answer["out"], "errors", answer["err"])
        told = "\n".join([*parts, "files", names])
        self.take.write(f"{name}/answer.txt", told)
        for file in written:
            self.take.keep(f"{name}/{file.relative_to(self.folder)}", file)
        return written

    def _ask(self, line: str) -> dict[str, Any]:
        asked, answers = self.process.stdin, self.process.stdout
        assert asked is not None
        assert answers is not None
        asked.write(line + "\n")
        asked.flush()
        return json.loads(answers.readline())


def stamps(folder: Path) -> dict[Path, tuple[int, int]]:
    """Return what tells of each file below a folder whether it was written anew."""
    found = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file: (file.stat().st_mtime_ns, file.stat().st_size) for file in found}


def drawing(words: list[str], checkout: Path) -> list[str]:
    """Ask commands that draw of the package that has them in this checkout."""
    if not (checkout / "ui" / "__main__.py").is_file():
        return words
    if words[:2] == ["metrics", "figure"]:
        return ["ui", *words[1:]]
    if words[:2] == ["metrics", "export"] and "kit" in words:
        at = words.index("kit")
        left = [*words[2 : at - 1], *words[at + 1 :]]
        return ["ui", "kit", *(word for word in left if word != "--as-shown")]
    return words


def named(line: str, taken: set[str]) -> str:
    """Make a name for a case, of its words; another one where a case before has it."""
    name = re.sub(r"[^\w.,=-]+", "-", line.replace("--", "")).strip("-")[:LONGEST_NAME]
    while name in taken:
        name += "+"
    taken.add(name)
    return name
