"""Processes that run a script of a test: forked from one that has the app loaded, not started anew.

Each is a process of its own, which others may kill; what is saved is a start and the loading of
libraries, over a second a time.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import textwrap

from base.folders import ROOT

_FORKS = multiprocessing.get_context("forkserver")
# Loaded once, by the process that forks: it opens no store and starts no thread.
_FORKS.set_forkserver_preload(
    ["ibis.backends.duckdb", "psycopg", "metrics.backup", "metrics.datasets", "metrics.importing"]
)


class Forked:
    """A process that runs a script, as `subprocess.Popen` would tell of it.

    Parameters
    ----------
    script
        Python.
    words
        What it finds in ``sys.argv``.
    """

    def __init__(self, script, words=()):
        listens, self.stdin = _pipe("w")
        says, self.stdout = _pipe("r")
        given = (textwrap.dedent(script), words, dict(os.environ), listens, says)
        self._process = _FORKS.Process(target=_run, args=given)
        self._process.start()
        listens.close()
        says.close()

    @property
    def returncode(self):
        return self._process.exitcode

    def poll(self):
        return self.returncode

    def wait(self, timeout=None):
        self._process.join(timeout)
        assert self.returncode is not None, "it does not end"
        return self.returncode

    def kill(self):
        self._process.kill()

    def communicate(self, text="", timeout=60):
        with self.stdin:
            self.stdin.write(text)
        self.wait(timeout)
        with self.stdout:
            return self.stdout.read(), None


def _pipe(mode):
    """Return the end of a pipe for the process, and a file of text at the other end."""
    ends = _FORKS.Pipe(duplex=False)
    there, here = ends if mode == "w" else ends[::-1]
    file = os.fdopen(os.dup(here.fileno()), mode, encoding="utf-8")
    here.close()
    return there, file


def _run(script, words, environment, listens, says):
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    for at, end in enumerate((listens, says)):
        os.dup2(end.fileno(), at)
        end.close()
    sys.stdin, sys.stdout = os.fdopen(0, encoding="utf-8"), os.fdopen(1, "w", encoding="utf-8")
    sys.argv = ["-c", *words]
    exec(compile(script, "<script>", "exec"), {"__name__": "__main__"})
