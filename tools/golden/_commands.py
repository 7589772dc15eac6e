"""Run commands of a checkout, each in a fork of a process that has imported what they need.

A script on its own, run by path: a line of JSON with the words and the folder of a command comes
in, a line with its exit code, output and errors goes out.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import io
import json
import os
import runpy
import signal
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

PACKAGES = ("geo", "metrics", "ui")
LONGEST = 240  # seconds that one command may take


def warm() -> None:
    """Import what the commands need, so that each fork need not."""
    for package in PACKAGES:
        if importlib.util.find_spec(f"{package}.__main__"):
            with contextlib.redirect_stdout(io.StringIO()):
                run([package, "--help"])


def run(words: list[str]) -> int:
    """Do what `python -m` does with these words; the exit code."""
    sys.argv = words.copy()
    try:
        runpy.run_module(words[0], run_name="__main__", alter_sys=True)
    except SystemExit as done:
        if isinstance(done.code, str):
            print(done.code, file=sys.stderr)
            return 1
        return done.code or 0
    except BaseException:  # whatever ends the command is its answer
        traceback.print_exc()
        return 1
    return 0


def child(words: list[str], folder: str, files: tuple[int, int], used: int) -> None:
    """Run a command in this process, tell which modules it needed, and end it."""
    code = 1
    try:
        os.chdir(folder)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for kept, number in zip(files, (1, 2), strict=True):
            os.dup2(kept, number)
        sys.stdout = io.TextIOWrapper(io.FileIO(1, "w"), "utf-8", write_through=True)
        sys.stderr = io.TextIOWrapper(io.FileIO(2, "w"), "utf-8", write_through=True)
        signal.alarm(LONGEST)
        code = run(words)
        sys.stdout.flush()
        sys.stderr.flush()
        os.write(used, "\n".join(sys.modules).encode())
    finally:
        os._exit(code)


def learn(names: list[str]) -> None:
    """Import what a command needed, for those after it; nothing is run but imports."""
    for name in names:
        if name not in sys.modules and "__m" not in name:
            with contextlib.suppress(Exception):
                importlib.import_module(name)


def answer(asked: dict[str, Any]) -> dict[str, int | str]:
    """Run a command in a fork and return what came of it."""
    with contextlib.ExitStack() as stack:
        files = [stack.enter_context(tempfile.TemporaryFile()) for _ in range(3)]
        out, err, used = (file.fileno() for file in files)
        pid = os.fork()
        if pid == 0:
            child(asked["words"], asked["folder"], (out, err), used)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        texts = []
        for file in files:
            file.seek(0)
            texts.append(file.read().decode(errors="backslashreplace"))
    learn(texts[2].splitlines())
    return {"code": code, "out": texts[0], "err": texts[1]}


def main() -> None:
    """Answer one line after another until there are no more."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sys.path.insert(0, str(Path(os.environ["PYTHONPATH"])))
    warm()
    for line in sys.stdin:
        answers.write(json.dumps(answer(json.loads(line))) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
