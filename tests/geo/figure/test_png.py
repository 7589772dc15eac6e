"""PNG files: every dot as it was, whatever is said in them."""

import io

import numpy as np
import pytest
from PIL import Image

from geo.figure.png import AT_ONCE, png_bytes


@pytest.mark.parametrize("tall", [1, AT_ONCE, AT_ONCE * 2 + 1])
def test_a_picture_is_read_as_it_was_written(tall):
    dots = np.random.default_rng(6).integers(0, 256, (tall, 7, 3), np.uint8)
    read = Image.open(io.BytesIO(png_bytes(dots, 100, {})))
    assert read.mode == "RGB"
    assert (np.asarray(read) == dots).all()


def test_it_says_its_size_on_paper_and_what_it_is():
    said = {"Title": "Tỷ lệ hồ sơ", "Software": "Atlas 06", "Source": ""}
    read = Image.open(io.BytesIO(png_bytes(np.zeros((2, 2, 3), np.uint8), 200, said)))
    assert read.info["dpi"] == pytest.approx((200, 200), rel=1e-3)
    assert {name: read.info[name] for name in said} == said


def test_a_part_of_a_larger_picture_can_be_written():
    four = np.arange(3 * 5 * 4, dtype=np.uint8).reshape(3, 5, 4)
    read = Image.open(io.BytesIO(png_bytes(four[:, :, :3], 100, {})))
    assert (np.asarray(read) == four[:, :, :3]).all()
