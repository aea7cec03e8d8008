"""A picture of a page is looked at by the same door as a PDF."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from hongtou.bulletin.errors import EngineFault
from hongtou.preflight import refuse_faulty
from hongtou.preflight.profiles import PAGE_PICTURE
from tests.support.finished import EXPECTED, good


def png(width: int, height: int, **options: Any) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (width, height)).save(written, "PNG", **options)
    return written.getvalue()


class TestPictures:
    """A picture of a page is looked at by the same door as a PDF."""

    A4 = (910, 1287)  # at 110 dots to the inch

    @pytest.mark.slow
    @pytest.mark.parametrize("size", [A4, (2481, 3508), (298, 421)])
    def test_of_one_a4_page_pass(self, size: tuple[int, int]) -> None:
        refuse_faulty(png(*size), PAGE_PICTURE, EXPECTED)

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (png(1287, 910), "preflight/a4"),
            (png(2490, 3521), "preflight/a4"),
            (png(*A4, dpi=(72, 72)), "preflight/attachment"),
            (png(*A4) + b"<html>", "preflight/unreadable"),
            (png(*A4)[:-20], "preflight/unreadable"),
            (good(), "preflight/unreadable"),
        ],
        ids=["on its side", "too fine", "more than pixels", "something behind", "half", "a PDF"],
    )
    def test_of_anything_else_are_refused(self, content: bytes, code: str) -> None:
        with pytest.raises(EngineFault) as caught:
            refuse_faulty(content, PAGE_PICTURE, EXPECTED)
        assert [fault.code for fault in caught.value.findings] == [code]
