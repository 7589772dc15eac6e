"""Make the fonts that figures need: whole TTF files from the WOFF2 subsets that browsers get.

    python tools/fonts.py SUBSETS OUT

SUBSETS is the folder files/ of @fontsource/be-vietnam-pro. The hinting of the subsets contradicts
itself once they are joined, and nothing that figures are drawn by uses it: it is left out.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

FAMILY = "Be Vietnam Pro"
# Weight (OpenType) to its name, as in the fonts that the designers publish.
WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold"}
SUBSETS = ("latin", "latin-ext", "vietnamese")
HINTING = ("fpgm", "prep", "cvt ", "gasp", "hdmx", "VDMX", "LTSH")
# Upper and lower case with every mark that Vietnamese has, and the signs that figures use.
NEEDED = "ẲẴẶẨẪẬỂỄỆỔỖỘỞỠỢỬỮỰỶỸỴĐẳẵặẩẫậểễệổỗộởỡợửữựỷỹỵđ–…·−²%"


def main(subsets: Path, out: Path) -> None:
    """Write one file for each weight."""
    out.mkdir(parents=True, exist_ok=True)
    for weight, style in WEIGHTS.items():
        font = _merged([subsets / _name(subset, weight) for subset in SUBSETS])
        _rename(font, style, weight)
        missing = set(NEEDED) - {chr(code) for code in font.getBestCmap()}
        if missing:
            raise SystemExit(f"{FAMILY} {style} lacks {' '.join(sorted(missing))}")
        font.save(out / f"BeVietnamPro-{style}.ttf")


def _name(subset: str, weight: int) -> str:
    return f"be-vietnam-pro-{subset}-{weight}-normal.woff2"


def _merged(paths: list[Path]) -> TTFont:
    with tempfile.TemporaryDirectory() as folder:
        plain = []
        for path in paths:
            font = TTFont(path)
            font.flavor = None
            for table in HINTING:
                if table in font:
                    del font[table]
            for name in font.getGlyphOrder():
                font["glyf"][name].removeHinting()
            plain.append(Path(folder) / f"{path.stem}.ttf")
            font.save(plain[-1])
        return Merger().merge([str(path) for path in plain])


def _rename(font: TTFont, style: str, weight: int) -> None:
    """Let all weights be one family, so that a program finds them by family and weight."""
    names = {1: FAMILY, 2: style, 4: f"{FAMILY} {style}", 6: f"BeVietnamPro-{style}", 16: FAMILY}
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
