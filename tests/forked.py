"""Reading processes for tests: forked from one that has its libraries loaded, not started anew.

Each file is still opened by a process of its own within its room, by the worker of the app; what is
saved is a start and the loading of libraries, over a second a time. `tests/base/reading` checks the
processes as the app starts them.
"""

from __future__ import annotations

import io
import json
import os
import select
import signal
import subprocess
import sys
import traceback
from contextlib import contextmanager, suppress
from threading import Lock

import pytest

from base.folders import ROOT
from base.reading import apart

LIBRARIES = ("pandas", "pyarrow.parquet", "geopandas", "pyogrio", "openpyxl", "python_calamine")


class Forking:
    """A process that is asked to fork reading processes, one after the other."""

    def __init__(self):
        given = {name: os.environ[name] for name in apart._ENVIRONMENT if name in os.environ}
        self.parent = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Unbuffered: a line that waits in a buffer is not seen by `select`.
            bufsize=0,
            cwd=ROOT,
            env=given | apart._FRUGAL,
        )
        self.turn = Lock()

    def run(self, _command, *, given, stderr, timeout, **_how):
        """Read a file as `base.reading.apart.run_worker` would with the worker of the app."""
        asked = json.dumps({"task": json.loads(given), "log": stderr.name}) + "\n"
        with self.turn:
            self.parent.stdin.write(asked.encode())
            self.parent.stdin.flush()
            child = int(self.parent.stdout.readline())
            late = not select.select([self.parent.stdout], [], [], timeout)[0]
            if late:
                with suppress(ProcessLookupError):  # it may end just now
                    os.kill(child, signal.SIGKILL)
            code = int(self.parent.stdout.readline())
        if late:
            raise subprocess.TimeoutExpired("worker", timeout)
        return code

    def stop(self):
        self.parent.stdin.close()
        self.parent.wait()


@contextmanager
def forking():
    """Read files in forked processes for a while."""
    started = []

    def run(*words, **how):
        if not started:
            started.append(Forking())
        return started[0].run(*words, **how)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apart, "run_worker", run)
        yield
    for one in started:
        one.stop()


def _main():
    for library in LIBRARIES:
        __import__(library)
    for line in sys.stdin:
        asked = json.loads(line)
        # Modules of the app stay loaded for the next; only files are strange.
        __import__(asked["task"]["function"][0])
        child = os.fork()
        if not child:
            _read(asked)
        print(child, flush=True)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(code, flush=True)


def _read(asked):
    from base.reading import worker  # noqa: PLC0415

    code = 1
    try:
        os.dup2(os.open(os.devnull, os.O_RDWR), 1)
        os.dup2(os.open(asked["log"], os.O_WRONLY), 2)
        sys.stdin = io.StringIO(json.dumps(asked["task"]))
        worker.main()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _main()
