"""Ranks in words."""

from __future__ import annotations

from base.words import Lang, number, t, tn


def tied_text(n: int, lang: Lang) -> str:
    """Say beside a rank how many others share it; "" where none does."""
    return tn("rank.tied", n, lang, n=number(n, lang)) if n else ""


def placed_text(rank: int, of: int, tied: int, lang: Lang, where: str = "") -> str:
    """Say a rank among how many, of which province if not of all, and who shares it."""
    key = "rank.within" if where else "selected.rank"
    said = t(key, lang, n=number(rank, lang), of=number(of, lang), where=where)
    return said + tied_text(tied, lang)
