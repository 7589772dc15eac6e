"""Why the system refused a file, in the reader's language."""

from __future__ import annotations

import errno
from typing import Final

from base.words.refusal import Message

_TOLD: Final = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EROFS: "read_only",
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
    errno.EISDIR: "folder",
    errno.EEXIST: "there",
    errno.ENAMETOOLONG: "long_name",
    errno.EIO: "broken_disk",
    errno.EMFILE: "many_open",
    errno.ENFILE: "many_open",
}


def system_reason(error: OSError) -> Message | str:
    """Say why the system refused something.

    Parameters
    ----------
    error
        What it raised.

    Returns
    -------
    Message or str
        A sentence without its full stop, to stand inside another; the system's own words where it
        is none of those that readers meet.
    """
    if kind := _TOLD.get(error.errno or 0):
        return Message(f"system.{kind}")
    return error.strerror or str(error)
