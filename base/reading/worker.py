"""The process that opens a file of unknown hands; see `base.reading.apart`."""

from __future__ import annotations

import errno
import json
import resource
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from base.reading.apart import ANSWER, Apart
from base.reading.refusal import Unreadable
from base.words import Refusal

LONGEST_ERROR = 200


def main() -> None:
    """Do the task that is told on the standard input, within its room."""
    task = json.load(sys.stdin)
    _limit(**task["room"])
    told = answer(task)
    Path(task["folder"], ANSWER).write_text(json.dumps(told, default=str), encoding="utf-8")


def _limit(memory: int, seconds: int, result: int) -> None:
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, result),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def answer(task: dict[str, Any]) -> dict[str, Any]:
    """Do a task, and say what came of it: what it told, or why it was refused."""
    module, name = task["function"]
    function = getattr(import_module(module), name)
    if not isinstance(function, Apart):
        raise TypeError(f"{module}.{name} is not made to run apart")
    file, path = task["file"], Path(task["path"])
    try:
        return {"told": function.read(path, Path(task["folder"]), file=file, **task["asked"])}
    except Refusal as refused:
        told = refused
    except MemoryError:
        told = Unreadable("crashed", file=file)
    except Exception as error:  # a library of another's, at a file of another's
        if isinstance(error, OSError) and error.errno == errno.EFBIG:
            most = task["room"]["result"] >> 20
            return _refused(Unreadable("unpacked", file=file, limit=most))
        said = (str(error).splitlines() or [type(error).__name__])[0]
        # Where a file is kept for the while is nobody's business.
        said = said.replace(str(path), file).replace(f"{task['folder']}/", "")
        told = Unreadable("broken", file=file, error=said[:LONGEST_ERROR])
    return _refused(told)


def _refused(told: Refusal) -> dict[str, Any]:
    return {"refused": [type(told).__qualname__, told.key, told.values]}


if __name__ == "__main__":
    main()
