"""Text as an attacker, or an unlucky table, would write it."""

from html import unescape

HOSTILE = "<img src=x onerror=alert(1)>\"'&{{7*7}}"
SCRIPT = "</script><script>alert(2)</script>"


def assert_harmless(html: str) -> None:
    """Fail unless what is hostile in `html` is there as text, and only so."""
    assert HOSTILE[:5] not in html
    assert "<script" not in html
    assert any(text in unescape(html) for text in (HOSTILE, SCRIPT))
