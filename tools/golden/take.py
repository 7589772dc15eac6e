"""Make a golden copy of a checkout, from the outside: by its commands, pages and files."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from tools.golden import inputs
from tools.golden.compare import ABOUT
from tools.golden.running import SCRIPTS, Commands, Take, named

LANGS = ("vi", "en")
# Of a checkout, what is not needed or would take what others have left.
LEFT = (".git", "node_modules", ".venv", "var", "official-*", "__pycache__", ".*_cache", ".make")
PUBLIC = {"ATLAS_PUBLIC_URL": "https://atlas.example/"}
# What the pages of a reader's own tables have to show.
OWN = "metrics import good.csv --accept-nearest --leave-out --store --team so-tp --lang en --title"


def cases(name: str) -> list[str]:
    """Read the lines of a list of cases."""
    lines = (SCRIPTS / "cases" / f"{name}.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def take_exports(take: Take, section: str, words: str, more: str, **environment: str) -> None:
    """Run each line of a list behind the words of a command; its files go after they were kept."""
    with Commands(take, section, **environment) as commands:
        for line in cases(section):
            asked = shlex.split(line)
            ending = asked[asked.index("--format") + 1] if "--format" in asked else "csv"
            folder = "--each" in asked or "figure" in words
            out = "out" if folder else f"out.{'zip' if 'kit' in more else ending}"
            commands.run(line, [*words.split(), *asked, *more.split(), "--out", out])
            shutil.rmtree(commands.folder)
            commands.folder.mkdir()


def take_answers(take: Take) -> None:
    """Run commands one after another in one folder of inputs."""
    with Commands(take, "answers") as commands:
        inputs.make(commands.folder, take.checkout / "data")
        for line in cases("answers"):
            commands.run(line, shlex.split(line))


def take_pages(take: Take, lang: str) -> None:
    """Open every page in a language."""
    folder, raw = take.tmp / f"inputs-{lang}", take.tmp / f"pages-{lang}"
    folder.mkdir()
    raw.mkdir()
    inputs.make(folder, take.checkout / "data")
    taken: set[str] = set()
    opened = []
    for line in cases("pages"):
        address, *steps = (part.strip() for part in line.split("|"))
        page, _, query = address.partition("?")
        opened.append(
            {
                "name": named(line, taken),
                "page": page,
                "params": dict(parse_qsl(query, keep_blank_values=True)),
                "steps": [step.split() for step in steps],
            }
        )
    plan = {"cases": opened, "lang": lang, "inputs": str(folder), "out": str(raw)}
    environment = take.environment(f"pages-{lang}")
    own = [sys.executable, "-m", *OWN.split(), "Bảng thử"]
    subprocess.run(own, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(
        [sys.executable, "-P", str(SCRIPTS / "_pages.py")],
        input=json.dumps(plan),
        cwd=take.checkout,
        env=environment,
        check=True,
        text=True,
        stderr=(take.tmp / f"pages-{lang}.log").open("w"),
    )
    for file in raw.iterdir():
        take.write(f"pages/{lang}/{file.name}", file.read_text("utf-8"))


def sections() -> Iterator[tuple[str, Callable[[Take], None]]]:
    """Yield the parts of a copy, the longest first; none needs another."""
    yield "pages-vi", lambda take: take_pages(take, "vi")
    yield "pages-en", lambda take: take_pages(take, "en")
    yield "answers", take_answers
    figure = "--format svg --jobs 1"
    yield "figures", lambda take: take_exports(take, "figures", "metrics figure", figure, **PUBLIC)
    kit = "--as-shown --format kit"
    yield "kits", lambda take: take_exports(take, "kits", "metrics export", kit, **PUBLIC)
    yield "exports", lambda take: take_exports(take, "exports", "metrics export", "")


def commit(checkout: Path) -> str:
    """Return which commit a checkout has, where it is one."""
    words = ["git", "-C", str(checkout), "describe", "--always", "--dirty", "--abbrev=40"]
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout.strip()


def take(checkout: Path, out: Path, workers: int = 1, only: list[str] | None = None) -> None:
    """Make a golden copy of a checkout.

    Parameters
    ----------
    checkout
        Folder of the code, with what make installs (`static/vendor`).
    out
        Folder of the copy; it must not be there yet.
    workers
        How many parts are made at once.
    only
        Names of parts; all where None.

    Raises
    ------
    ValueError
        Where the folder is no checkout that could be run, or the copy is there already.
    """
    if not (checkout / "app.py").is_file() or not (checkout / "static" / "vendor").is_dir():
        raise ValueError(f"{checkout} holds no app.py with static/vendor: run make there first")
    if out.exists() and any(out.iterdir()):
        raise ValueError(f"{out} is there already")
    with tempfile.TemporaryDirectory(prefix="golden-") as folder:
        tmp = Path(folder).resolve()
        copy = tmp / "checkout"
        shutil.copytree(checkout, copy, symlinks=True, ignore=shutil.ignore_patterns(*LEFT))
        places = {str(copy): "CHECKOUT", str(tmp): "TMP", sys.prefix: "PYTHON"}
        this = Take(copy, tmp, out.resolve(), places, datetime.now(UTC).date())

        def timed(section: tuple[str, Callable[[Take], None]]) -> tuple[str, float]:
            start = time.monotonic()
            section[1](this)
            print(f"{section[0]}: {time.monotonic() - start:.0f} s", file=sys.stderr)
            return section[0], round(time.monotonic() - start)

        chosen = [one for one in sections() if only is None or one[0] in only]
        with ThreadPoolExecutor(workers) as pool:
            seconds = dict(pool.map(timed, chosen))
        about: dict[str, Any] = {"commit": commit(checkout), "python": sys.version.split()[0]}
        about |= {"taken": datetime.now(UTC).isoformat(timespec="seconds"), "seconds": seconds}
        out.mkdir(parents=True, exist_ok=True)
        (out / ABOUT).write_text(json.dumps(about, indent=1) + "\n", "utf-8")
