"""Pictures on the plates of a press: in four inks, in black, never with too much of them."""

from __future__ import annotations

import io
from functools import cache

import pikepdf
import pytest
from PIL import Image, ImageCms

from hongtou.bulletin.finding import Finding
from hongtou.bulletin.order import OptionValue, Order
from hongtou.outputs.inking import INKS
from hongtou.pages.edition import Edition
from hongtou.pictures.condition import most_ink_of, total_ink, usual_condition
from hongtou.pictures.plates import GREY_UP_TO, has_colour, plated
from hongtou.pictures.printing import PrintedPicture
from tests.support.documents import article, document, encoded
from tests.support.pictures import printed, village
from tests.support.plates import TINTS, inked, needs_ghostscript, separated
from tests.support.shop import layouts, typesetter

MOST_INK = layouts()["dongtai"].amount("press.most_ink", "percent")
SAME = 10  # of 255: how far a colour may be off after a way to uncoated paper and back


def picture(colour: tuple[int, int, int], kind: str, size: tuple[int, int] = (64, 48)) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, kind)
    return written.getvalue()


def as_printed(content: bytes) -> PrintedPicture:
    made, _ = printed(content)
    assert made is not None
    return made


def inks_of(made: PrintedPicture) -> Image.Image:
    """Return the pixels of a printed picture; four channels of a PNG are CMYK."""
    with Image.open(io.BytesIO(made.content)) as image:
        image.load()
        return (
            Image.frombytes("CMYK", image.size, image.tobytes()) if image.mode == "RGBA" else image
        )


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
class TestWays:
    def test_a_colour_is_in_four_inks_and_looks_the_same(self, kind: str) -> None:
        colour = (150, 120, 90)
        made = plated(as_printed(picture(colour, kind)), usual_condition())
        image = inks_of(made)
        assert (made.channels, image.mode) == (4, "CMYK")
        back = ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(io.BytesIO(usual_condition().profile)),
            ImageCms.createProfile("sRGB"),
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            "RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        assert back is not None
        assert back.getpixel((9, 9)) == pytest.approx(colour, abs=SAME)

    def test_what_is_grey_but_for_a_trace_is_in_black_alone(self, kind: str) -> None:
        for colour in ((100, 100, 100), (100, 101, 100)):
            assert plated(as_printed(picture(colour, kind)), usual_condition()).channels == 1

    def test_colours_without_plates_become_grey(self, kind: str) -> None:
        made = plated(as_printed(picture((200, 30, 30), kind)), None)
        assert (made.channels, inks_of(made).mode) == (1, "L")

    def test_white_stays_paper_and_black_is_within_the_limit(self, kind: str) -> None:
        half = Image.new("RGB", (64, 48), "white")
        half.paste((255, 250, 0), (0, 0, 16, 48))
        half.paste("black", (32, 0, 64, 48))
        written = io.BytesIO()
        half.save(written, kind, **({"quality": 95, "subsampling": 0} if kind == "JPEG" else {}))
        image = inks_of(plated(as_printed(written.getvalue()), usual_condition()))
        assert max(image.getpixel((24, 24))) <= 2  # type: ignore[arg-type]
        assert sum(image.getpixel((60, 24))) / 2.55 <= MOST_INK  # type: ignore[arg-type]


def test_a_trace_of_colour_ends_somewhere() -> None:
    for trace, is_colour in ((GREY_UP_TO, False), (GREY_UP_TO + 1, True)):
        assert has_colour(as_printed(picture((100, 100, 100 + trace), "PNG"))) == is_colour


@pytest.mark.parametrize("size", [(64, 48), (3, 50), (1, 1)])
@pytest.mark.parametrize("trace", range(12))
def test_a_photograph_has_colour_where_its_pixels_have(size: tuple[int, int], trace: int) -> None:
    made = as_printed(picture((100, 100, 100 + trace), "JPEG", size))
    with Image.open(io.BytesIO(made.content)) as image:
        spread = [max(pixel) - min(pixel) for pixel in image.convert("RGB").get_flattened_data()]
    assert has_colour(made) == (max(spread) > GREY_UP_TO)


def test_a_grey_picture_is_not_touched() -> None:
    written = io.BytesIO()
    Image.new("L", (64, 48), 90).save(written, "PNG")
    grey = as_printed(written.getvalue())
    assert plated(grey, usual_condition()) is grey


def test_no_colour_of_a_screen_takes_more_ink_than_paper_holds() -> None:
    assert 200 < most_ink_of(usual_condition()) <= MOST_INK


def test_ink_is_the_sum_of_all_plates_of_the_fullest_pixel() -> None:
    image = Image.new("CMYK", (4, 4))
    image.putpixel((1, 2), (255, 51, 0, 255))
    assert total_ink(image) == pytest.approx(220, abs=1.6)


@cache
def made(**options: OptionValue) -> Edition:
    issue = encoded(document(articles=[article(body=[{"type": "figure", "image": "village.png"}])]))
    return typesetter().produce(
        issue, Order("print", options=tuple(options.items())), {"village.png": village()}
    )


def told(findings: tuple[Finding, ...]) -> list[str]:
    return [one.pointer for one in findings if one.code == "picture/grey-in-two-colours"]


@pytest.mark.slow
@pytest.mark.parametrize(("inks", "space"), [("process", "/DeviceCMYK"), ("spot", "/DeviceGray")])
def test_a_file_holds_pictures_in_the_inks_that_it_is_for(inks: str, space: str) -> None:
    with pikepdf.open(io.BytesIO(made(inks=inks).content)) as pdf:
        (image,) = pdf.pages[0].obj.Resources.XObject.values()
        assert str(image.ColorSpace) == space


@pytest.mark.slow
def test_a_picture_that_loses_its_colours_is_told_of() -> None:
    assert told(made().findings) == []
    for inks in set(INKS.values) - {"process"}:
        assert told(made(inks=inks).findings) == ["/articles/0/body/0/image"]


@pytest.mark.slow
def test_a_check_tells_of_it_too() -> None:
    issue = encoded(document(articles=[article(body=[{"type": "figure", "image": "a.png"}])]))
    for colour, count in (((200, 30, 30), 1), ((90, 90, 90), 0)):
        sent = {"a.png": picture(colour, "PNG", (1200, 800))}
        order = Order("print", options=(("inks", "spot"),))
        assert len(told(typesetter().check(issue, order, sent).findings)) == count


@pytest.mark.slow
@needs_ghostscript
def test_colours_are_on_all_plates_and_greys_on_black_alone() -> None:
    (colours,), (greys,) = separated(made().content), separated(made(inks="spot").content)
    below_masthead = 105
    for tint in TINTS:
        assert (inked(colours[tint]) or (0, 0, 0, 0))[3] > below_masthead
        assert not inked(greys[tint])
