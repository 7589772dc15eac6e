"""Files that never change under their address: told to be kept, and compressed once."""

from __future__ import annotations

import gzip
from collections import OrderedDict
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Final
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Scope
from streamlit import file_util

from base.folders import STATIC
from ui.serving.base import Answer, Answering, base_path

# Others, and files that are larger, are left to Streamlit.
TYPES: Final = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".png": "image/png",
}
PACKED: Final = frozenset({".js", ".css", ".json", ".svg"})
LARGEST: Final = 8_000_000
# Bytes of files, packed and not, that are held.
KEPT: Final = 48_000_000
FOREVER: Final = "public, max-age=31536000, immutable"
A_WHILE: Final = "public, max-age=3600"
# Below static/: a hash of the content is part of these names.
HASHED: Final = ("boundaries/", "official/")


class KeptFiles(Answering):
    """Answer for the app's static files and Streamlit's own."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app)
        base = base_path()
        self._roots = {
            f"{base}/app/static/": STATIC.resolve(),
            f"{base}/static/": Path(file_util.get_static_dir(), "static").resolve(),
        }

    def asked(self, scope: Scope) -> Answer | None:
        """Return what answers for a file; None for what is no file of ours."""
        path = str(scope["path"])
        headers = Headers(scope=scope)
        for prefix, root in self._roots.items():
            if path.startswith(prefix) and "range" not in headers:
                name = path.removeprefix(prefix)
                file = _within(root, name)
                if file is None:
                    return None
                own = root == STATIC.resolve()
                query = parse_qs(scope["query_string"].decode("latin-1"))
                forever = not own or "v" in query or name.startswith(HASHED)
                pack = "gzip" in headers.get("accept-encoding", "")
                return partial(_response, file, forever, pack, headers)
        return None


def _within(root: Path, name: str) -> Path | None:
    """Return a file below a folder; None for anything that is not plainly one."""
    if "\\" in name or "\0" in name or Path(name).suffix not in TYPES:
        return None
    try:
        file = (root / name).resolve()
        return file if file.is_relative_to(root) and file.is_file() else None
    except OSError:  # no name of a file at all
        return None


def _response(file: Path, forever: bool, pack: bool, asked: Headers) -> Response | None:
    found = file.stat()
    if found.st_size > LARGEST:
        return None
    pack = pack and file.suffix in PACKED
    tag = _tag(file, found.st_mtime_ns, found.st_size)
    headers = {
        "ETag": tag,
        "Cache-Control": FOREVER if forever else A_WHILE if file.suffix == ".woff2" else "no-cache",
        "Access-Control-Allow-Origin": "*",
        "X-Content-Type-Options": "nosniff",
        "Vary": "Accept-Encoding",
    }
    if tag in asked.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    content = _contents.get(file, found.st_mtime_ns, pack)
    if pack:
        headers["Content-Encoding"] = "gzip"
    return Response(content, headers=headers, media_type=TYPES[file.suffix])


@lru_cache(maxsize=2000)
def _tag(file: Path, modified: int, size: int) -> str:  # noqa: ARG001 - they are the key
    return f'"{sha256(file.read_bytes()).hexdigest()[:16]}"'


class _Contents:
    """What files hold, as they are sent; the least used are let go."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[Path, int, bool], bytes] = OrderedDict()
        self._size, self._lock = 0, Lock()

    def get(self, file: Path, modified: int, pack: bool) -> bytes:
        key = (file, modified, pack)
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        plain = file.read_bytes()
        content = gzip.compress(plain, 9, mtime=0) if pack else plain
        with self._lock:
            self._held[key] = content
            self._size = sum(map(len, self._held.values()))
            while self._size > KEPT:
                self._size -= len(self._held.popitem(last=False)[1])
        return content


_contents = _Contents()
