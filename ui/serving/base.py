"""The path that the app runs under."""

from __future__ import annotations

from streamlit import config


def base_path() -> str:
    """Return the path that the app runs under, with a slash before it; "" for none."""
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""
