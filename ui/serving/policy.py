"""The Content-Security-Policy that the pages run under.

Where a rule is wider than one would like, Streamlit or a library of the map needs it:
docs/security.md says which and why.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from streamlit import file_util

from ui.serving.settings import settings

INLINE: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@cache
def streamlits() -> str:
    """Return Streamlit's document."""
    return Path(file_util.get_static_dir(), "index.html").read_text(encoding="utf-8")


@cache
def page_policy(*scripts: str) -> str:
    """Return the policy of a page: of scripts in its document, Streamlit's and these run."""
    hashes = (_hash(script) for script in (*INLINE.findall(streamlits()), *scripts))
    return _policy(
        {
            "default-src": ["'none'"],
            # blob: for the scripts of components, which Streamlit sends through the WebSocket;
            # the other for its reader of messages, which counts in WebAssembly.
            "script-src": ["'self'", "blob:", "'wasm-unsafe-eval'", *hashes],
            # Emotion, Streamlit's maker of styles, writes them into the page.
            "style-src": ["'self'", "'unsafe-inline'"],
            "img-src": ["'self'", "data:", "blob:"],
            "font-src": ["'self'", "data:"],
            "connect-src": ["'self'"],
            "media-src": ["'self'", "blob:"],
            "worker-src": ["'self'", "blob:"],
            "frame-src": ["'self'"],
            "object-src": ["'self'"],  # the frame of the first map
            "manifest-src": ["'self'"],
            "form-action": ["'self'"],
            "base-uri": ["'none'"],
        }
    )


@cache
def frame_policy() -> str:
    """Return the policy of the map's frame: its script runs what folium has written."""
    return _policy(
        {
            "default-src": ["'none'"],
            "script-src": ["'self'", "'unsafe-inline'", "'unsafe-eval'"],
            "style-src": ["'self'", "'unsafe-inline'"],
            "img-src": ["'self'", "data:", "blob:"],
            "font-src": ["'self'", "data:"],
            "connect-src": ["'self'"],
            "form-action": ["'none'"],
            "base-uri": ["'none'"],
        }
    )


@cache
def file_policy() -> str:
    """Return the policy of what is no page: opened by itself, it runs and asks for nothing."""
    return _policy(
        {
            "default-src": ["'none'"],
            "style-src": ["'unsafe-inline'"],
            "img-src": ["'self'", "data:"],
            "font-src": ["data:"],
            "form-action": ["'none'"],
            "base-uri": ["'none'"],
        }
    )


def _policy(rules: dict[str, list[str]]) -> str:
    rules = rules | {"frame-ancestors": list(settings().frames)}
    return "; ".join(f"{name} {' '.join(_once(sources))}" for name, sources in rules.items())


def _once(sources: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(sources)


def _hash(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
