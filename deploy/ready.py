"""Wait until a server of the app answers that it is ready: ``ready.py PORT [SECONDS]``.

Ends with 0 when it is, and with 1, saying what it lacks, when the time is over. Without seconds it
waits for 240; with 0 it looks once.
"""

from __future__ import annotations

import sys
import time
import urllib.error
import urllib.request


def main(port: str, seconds: str = "240") -> int:
    """Ask once a second."""
    end = time.monotonic() + float(seconds)
    while True:
        told = _asked(f"http://127.0.0.1:{int(port)}/readyz")
        if told is None:
            return 0
        if time.monotonic() >= end:
            print(told, file=sys.stderr)
            return 1
        time.sleep(1)


def _asked(url: str) -> str | None:
    """Return what the server lacks; None where it is ready."""
    try:
        with urllib.request.urlopen(url, timeout=10):
            return None
    except urllib.error.HTTPError as error:
        return error.read(2000).decode("utf-8", "replace")
    except OSError as error:
        return f"it does not answer: {error}"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
