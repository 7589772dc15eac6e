"""Lines of text as outlines: what matplotlib would draw letter by letter."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from geo.figure.fonts import families, text_width
from geo.figure.outlines import outline
from geo.figure.page import INKS, Page

TEXTS = ("Đắk Lắk", "12,5", "AVATAR, To. Y", "wifi fi", "漢 □ ∑", "עברית אחת abc", "ủ" * 40)


@pytest.mark.parametrize("text", TEXTS)
def test_words_stand_where_they_do_in_the_whole_line(text):
    font = FontProperties(family=list(families()), weight=500, size=7)
    whole, _ = text_to_path.get_text_path(font, text)
    ours, _ = outline(text, text_to_path.FONT_SCALE, 500)
    assert np.allclose(ours.vertices * (1, -1), whole, atol=0.1)


@pytest.mark.parametrize("text", TEXTS[:4])
def test_widths_are_those_of_the_letters_but_for_kerning(text):
    _, wide = outline(text, 9, 400)
    assert 0.9 * text_width(text, 9) < wide < 1.01 * text_width(text, 9)
    assert outline(text, 18, 400)[1] == pytest.approx(2 * wide)


@pytest.mark.parametrize("text", ["", " ", "  "])
def test_nothing_is_drawn_of_nothing(text):
    assert not len(outline(text, 9, 400)[0])


@pytest.mark.parametrize("align", ["left", "center", "right"])
@pytest.mark.parametrize("rotation", [0, 28])
def test_a_line_looks_as_text_of_matplotlib(align, rotation):
    def drawn(fmt):
        page = Page(300, 200, INKS["light"], fmt)
        page.text(150, 100, "Thừa Thiên Huế 12,5", 12, align=align, rotation=rotation)
        canvas = FigureCanvasAgg(page.figure)
        page.figure.set_dpi(72)
        canvas.draw()
        return np.asarray(canvas.buffer_rgba()).astype(int)[:, :, :3]

    ours, theirs = drawn("png"), drawn("pdf")
    assert (theirs < 128).sum() > 300
    assert np.abs(ours - theirs).max() < 90
    assert np.abs(ours - theirs).mean() < 0.2
