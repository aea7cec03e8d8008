"""What is printed of a picture: as fine as its place shows, and no byte altered without need."""

from __future__ import annotations

import io
import json
import zlib
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageFile, TiffImagePlugin

from hongtou.bulletin.errors import RenderLimit, ReviewFailed
from hongtou.bulletin.finding import Finding
from hongtou.bulletin.order import Order
from hongtou.pictures.files import jpeg, png
from hongtou.pictures.printing import PrintedPicture, Resolution
from tests.support.documents import article, document
from tests.support.hostile import BEHIND, bomb, drawn, saved, turned_jpeg
from tests.support.pictures import printed
from tests.support.shop import layouts, typesetter
from tests.test_figures import pixels
from tests.test_picture_files import png_chunk

PRESS = Resolution(most=400, reduced=350)
MM = 25.4
MARK, GROUND = (10, 10), (300, 300)  # of the picture that is drawn for all of them


def photo(width: int, height: int, kind: str = "JPEG", **options: Any) -> bytes:
    """Return a picture with something in it."""
    written = io.BytesIO()
    Image.radial_gradient("L").resize((width, height)).convert("RGB").save(written, kind, **options)
    return written.getvalue()


def whole(content: bytes, **options: Any) -> PrintedPicture:
    """Return a picture of which nothing is to be said."""
    picture, findings = printed(content, **options)
    assert (picture is not None, findings) == (True, [])
    assert picture is not None
    return picture


def made(images: dict[str, bytes], *figures: dict[str, Any]) -> bytes:
    """Return the PDF of an issue with these figures."""
    body = [{"type": "figure", **figure} for figure in figures]
    content = json.dumps(document(articles=[article(body=body)])).encode()
    return typesetter().produce(content, Order(), images).content


def sizes(content: bytes) -> list[tuple[int, int]]:
    """Return the pixels of each picture in a PDF."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [
            (int(thing.Width), int(thing.Height))
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
        ]


class TestResolution:
    @pytest.mark.slow
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
    def test_what_no_press_shows_is_left_out(self, kind: str) -> None:
        picture = whole(photo(2000, 1500, kind), resolution=PRESS, width_mm=MM)
        assert (picture.width_px, picture.height_px) == (350, 262)

    def test_up_to_the_most_that_is_shown_nothing_is_left_out(self) -> None:
        sent = photo(400, 300)
        assert whole(sent, resolution=PRESS, width_mm=MM).content == jpeg.without_notes(sent)
        assert whole(photo(401, 300), resolution=PRESS, width_mm=MM).width_px == 350

    def test_a_turned_picture_is_as_wide_as_it_stands(self) -> None:
        picture = whole(turned_jpeg(), resolution=PRESS, width_mm=MM / 2)  # 400 × 600, upright
        assert (picture.width_px, picture.height_px) == (175, 262)

    @pytest.mark.slow
    def test_the_layout_says_how_fine_and_the_plan_how_wide(self) -> None:
        layout = layouts()["dongtai"]
        most, reduced = (layout.count(f"figure.{key}_resolution") for key in ("most", "reduced"))
        assert (most, reduced) == (PRESS.most, PRESS.reduced)
        images = {"a.jpg": photo(4032, 3024)}
        for width in (60, 120):
            (size,) = sizes(made(images, {"image": "a.jpg", "width_mm": width}))
            assert size[0] == round(width / MM * reduced)

    @pytest.mark.slow
    def test_in_two_places_it_is_as_fine_as_the_wider_shows(self) -> None:
        places = [{"image": "a.jpg", "width_mm": width} for width in (30, 90, 60)]
        assert sizes(made({"a.jpg": photo(2400, 1600)}, *places)) == [(1240, 827)]

    def test_sent_under_two_names_it_stands_in_the_file_once(self) -> None:
        picture = photo(600, 400)
        names = ("a.jpg", "b.jpg")
        assert sizes(made(dict.fromkeys(names, picture), *({"image": name} for name in names))) == [
            (600, 400)
        ]

    def test_what_is_reduced_keeps_its_shape(self) -> None:
        picture = whole(photo(3000, 200), resolution=PRESS, width_mm=MM)
        assert (picture.width_px, picture.height_px) == (350, 23)


class TestKept:
    """Nothing is encoded twice."""

    @pytest.mark.parametrize("options", [{}, {"progressive": True}, {"quality": 40}])
    @pytest.mark.parametrize("mode", ["L", "RGB"])
    def test_a_jpeg_keeps_its_bytes(self, mode: str, options: dict[str, Any]) -> None:
        sent = saved("JPEG", mode, **options)
        assert whole(sent).content == jpeg.without_notes(sent)

    @pytest.mark.parametrize("mode", ["L", "RGB"])
    def test_a_png_keeps_its_pixels_as_they_were_packed(self, mode: str) -> None:
        sent = saved("PNG", mode)
        assert png.pixel_data(whole(sent).content) == png.pixel_data(sent)

    def test_the_bytes_are_those_in_the_file(self) -> None:
        sent = photo(600, 400)
        assert jpeg.without_notes(sent) in made({"a.jpg": sent}, {"image": "a.jpg"})

    @pytest.mark.parametrize(
        "sent",
        [
            photo(60, 40).replace(b"\xff\xc0", b"\xff\xc1", 1),
            photo(60, 40, keep_rgb=True),
            saved("JPEG", "CMYK"),
            turned_jpeg(),
        ],
        ids=["extended", "RGB", "CMYK", "turned"],
    )
    def test_a_jpeg_that_readers_may_take_otherwise_is_encoded_anew(self, sent: bytes) -> None:
        content = whole(sent).content
        assert content != jpeg.without_notes(sent)
        assert jpeg.suits_pdf(content)

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("more_rows", "behind"),
        [(bytes(10_000_000), b""), (b"", b"garbage")],
        ids=["more rows than it has", "garbage"],
    )
    def test_a_png_that_holds_more_than_its_header_says_is_encoded_anew(
        self, more_rows: bytes, behind: bytes
    ) -> None:
        rows = zlib.decompress(png.pixel_data(saved()))
        data = zlib.compress(rows + more_rows) + behind
        head, end = saved()[:33], saved()[-12:]
        picture = whole(head + png_chunk(b"IDAT", data) + end)
        assert png.suits_pdf(picture.content)
        assert len(picture.content) < len(saved()) + 1_000

    def test_an_interlaced_png_is_encoded_anew(self) -> None:
        head = saved()[:28] + b"\1"
        header = png_chunk(b"IHDR", head[16:29])
        assert not png.suits_pdf(head[:8] + header + saved()[33:])


class TestFormats:
    @pytest.mark.parametrize(
        ("kind", "mode", "options"),
        [
            ("WEBP", "RGB", {"lossless": True}),
            ("WEBP", "RGBA", {"lossless": True}),
            ("TIFF", "RGB", {}),
            ("TIFF", "RGB", {"compression": "tiff_lzw"}),
            ("TIFF", "RGB", {"compression": "tiff_adobe_deflate"}),
            ("TIFF", "L", {"compression": "packbits"}),
            ("TIFF", "1", {"compression": "group4"}),
            ("TIFF", "P", {}),
            ("TIFF", "CMYK", {}),
            ("TIFF", "I;16", {}),
            ("TIFF", "RGBA", {"compression": "tiff_lzw"}),
            ("BMP", "RGB", {}),
            ("BMP", "L", {}),
            ("BMP", "1", {}),
            ("BMP", "P", {}),
            ("GIF", "P", {}),
            ("GIF", "L", {}),
            ("GIF", "RGBA", {}),
        ],
    )
    def test_it_prints_the_same_pixels(self, kind: str, mode: str, options: dict[str, Any]) -> None:
        seen = pixels(whole(saved(kind, mode, **options))).convert("L")
        wanted = drawn("L" if mode in ("RGBA", "I;16") else mode).convert("L")
        mark, ground = (wanted.getpixel(place) for place in (MARK, GROUND))
        assert seen.size == wanted.size
        assert seen.getpixel(MARK) == pytest.approx(mark, abs=1)
        assert seen.getpixel(GROUND) == pytest.approx(255 if mode == "RGBA" else ground, abs=1)

    @pytest.mark.parametrize(("kind", "options"), [("WEBP", {}), ("TIFF", {"compression": "jpeg"})])
    def test_what_lost_pixels_before_is_a_jpeg(self, kind: str, options: dict[str, Any]) -> None:
        picture = whole(saved(kind, **options))
        assert picture.media_type == "image/jpeg"
        assert pixels(picture).convert("L").getpixel(MARK) == pytest.approx(60, abs=3)

    @pytest.mark.parametrize("kind", ["TIFF", "WEBP", "PNG"])
    def test_it_is_turned_upright(self, kind: str) -> None:
        exif = Image.Exif()
        exif[0x0112] = 6
        seen = pixels(whole(saved(kind, exif=exif)))
        assert seen.size == (400, 600)
        assert seen.convert("L").getpixel((390, 10)) == pytest.approx(60, abs=3)

    @pytest.mark.parametrize("kind", ["GIF", "WEBP", "TIFF", "PNG"])
    def test_of_several_the_first_is_printed_and_that_is_told(self, kind: str) -> None:
        frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue")]
        written = io.BytesIO()
        frames[0].save(written, kind, save_all=True, append_images=frames[1:], lossless=True)
        picture, findings = printed(written.getvalue())
        assert [one.code for one in findings] == ["picture/first-only"]
        assert picture is not None
        assert pixels(picture).convert("RGB").getpixel((5, 5)) == (255, 0, 0)

    @pytest.mark.parametrize("kind", ["GIF", "WEBP", "TIFF"])
    def test_nothing_of_texts_and_cameras_is_kept(self, kind: str) -> None:
        exif = Image.Exif()
        exif[0x010E] = BEHIND.decode()
        options = {"comment": BEHIND} if kind == "GIF" else {"exif": exif}
        sent = saved(kind, **options)
        assert BEHIND in sent
        assert BEHIND not in whole(sent).content

    @pytest.mark.parametrize(
        ("content", "kind", "remedy"),
        [
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC", "兼容性最佳"),
            (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "HEIC", "兼容性最佳"),
            (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avif", "AVIF", "另存为 JPEG"),
            (b"<?xml version='1.0'?><svg/>", "SVG", "导出为 PNG"),
            (b"%PDF-1.7\n", "PDF", "导出为 PNG"),
        ],
    )
    def test_what_is_not_taken_is_named_with_what_to_do(
        self, content: bytes, kind: str, remedy: str
    ) -> None:
        _, (finding,) = printed(content)
        assert f"是 {kind}" in finding.message
        assert remedy in finding.hint


class TestTransparency:
    """tRNS names a grey or a colour in the bits of the file: PNG (Third Edition) §11.3.1.1."""

    def png(self, depth: int, colour: int, rows: list[bytes], clear: bytes) -> bytes:
        width = 8 * len(rows[0]) // depth // (3 if colour == 2 else 1)
        header = width.to_bytes(4) + len(rows).to_bytes(4) + bytes((depth, colour, 0, 0, 0))
        data = zlib.compress(b"".join(b"\0" + row for row in rows))
        return png.START + b"".join(
            png_chunk(name, part)
            for name, part in (
                (b"IHDR", header), (b"tRNS", clear), (b"IDAT", data), (b"IEND", b""),
            )
        )  # fmt: skip

    def test_a_grey_of_16_bits(self) -> None:
        levels = (40_000, 40_001, 39_744, 0)
        row = b"".join(level.to_bytes(2) for level in levels)
        seen = pixels(whole(self.png(16, 0, [row], (40_000).to_bytes(2))))
        assert list(seen.tobytes()) == [255, 156, 155, 0]

    @pytest.mark.parametrize(
        ("depth", "row", "clear", "seen"),
        [
            (1, 0b01010000, 0, [255] * 8),
            (2, 0b00011011, 1, [0, 255, 170, 255]),
            (4, 0x0F, 15, [0, 255]),
            (4, 0x3C, 12, [51, 255]),
        ],
    )
    def test_a_grey_of_few_bits(self, depth: int, row: int, clear: int, seen: list[int]) -> None:
        picture = whole(self.png(depth, 0, [bytes((row,))], clear.to_bytes(2)))
        assert list(pixels(picture).tobytes()) == seen

    def test_a_colour_of_16_bits(self) -> None:
        row = bytes.fromhex("ff0000000000") + bytes.fromhex("0000ff000000")
        seen = pixels(whole(self.png(16, 2, [row], bytes.fromhex("ff0000000000"))))
        assert [seen.getpixel((at, 0)) for at in (0, 1)] == [(255, 255, 255), (0, 255, 0)]


class TestRefusals:
    """A costly or damaged picture is refused before it costs anything, by name."""

    def reason(self, content: bytes) -> str:
        picture, findings = printed(content)
        assert picture is None
        assert [(one.code, one.pointer) for one in findings] == [("picture/unreadable", "/x/image")]
        return findings[0].message.partition("：")[2]

    @pytest.mark.parametrize(
        "content",
        [
            bomb(8_000),
            b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0" + bytes(4) + b"\xff\x3f\0" * 2,
            b"RIFF\0\0\0\0WEBPVP8L\x05\0\0\0\x2f\xff\xff\xff\x0f",
            b"BM" + bytes(12) + b"\x28\0\0\0" + (9_000).to_bytes(4, "little") * 2 + bytes(24),
            b"GIF89a" + b"\xff\xff" * 2 + bytes(3) + b"," + bytes(9) + b"\2\0;",
        ],
        ids=["PNG", "WebP", "WebP lossless", "BMP", "GIF"],
    )
    def test_too_many_pixels_are_told_by_the_header(self, content: bytes) -> None:
        assert self.reason(content) == "像素过多"

    def test_a_compressed_bmp_is_not_decoded_in_python(self) -> None:
        sent = bytearray(saved("BMP"))
        sent[30] = 1
        assert self.reason(bytes(sent)) == "BMP 是压缩的"

    def test_a_tiff_of_a_rare_compression_is_refused(self) -> None:
        assert "压缩方式" in self.reason(saved("TIFF", compression="zstd"))

    def test_a_tiff_of_floating_point_is_refused(self) -> None:
        written = io.BytesIO()
        Image.new("F", (30, 20)).save(written, "TIFF")
        assert "颜色模式" in self.reason(written.getvalue())

    def test_entries_of_a_tiff_that_point_to_the_same_bytes_are_never_read(self) -> None:
        entries = b"".join(
            (1_000 + number).to_bytes(2, "little")
            + b"\7\0"
            + (2**20).to_bytes(4, "little")
            + bytes(4)
            for number in range(60_000)
        )
        assert self.reason(
            b"II*\0\x08\0\0\0" + (60_000).to_bytes(2, "little") + entries + bytes(2**20)
        ).startswith("文件分得过碎")

    def test_a_tiff_may_have_a_thousand_entries(self) -> None:
        def with_entries(count: int) -> bytes:  # beside the ten and more that every picture has
            more = TiffImagePlugin.ImageFileDirectory_v2()
            for number in range(count):
                more[60_000 + number] = number
            return saved("TIFF", tiffinfo=more)

        assert whole(with_entries(900)).content == whole(saved("TIFF")).content
        assert self.reason(with_entries(1_000)).startswith("文件分得过碎")

    def test_directories_of_a_tiff_below_the_first_are_never_read(self) -> None:
        exif = Image.Exif()
        exif.get_ifd(0x8769)[0x9286] = BEHIND
        sent = saved("TIFF", exif=exif)
        assert whole(sent).content == whole(saved("TIFF")).content

    def test_a_gif_in_tiny_blocks_is_refused(self) -> None:
        sent = saved("GIF")
        at = sent.index(b"!") if b"!" in sent[:900] else 13
        stuffed = sent[:at] + b"!\xfe" + b"\1a" * 300_000 + b"\0" + sent[at:]
        assert self.reason(stuffed).startswith("文件分得过碎")

    @pytest.mark.parametrize("kind", ["GIF", "WEBP", "TIFF", "BMP"])
    def test_a_truncated_one_is_refused(self, kind: str) -> None:
        sent = saved(kind)
        assert self.reason(sent[: len(sent) // 2]) == "文件不完整或已损坏"

    def test_one_for_which_there_is_no_memory_is_named(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def none_left(_: object) -> None:
            raise MemoryError

        sent = saved("JPEG")
        monkeypatch.setattr(ImageFile.ImageFile, "load", none_left)
        with pytest.raises(RenderLimit, match="“a”（600×400 像素）") as raised:
            printed(sent)
        assert "缩小" in raised.value.hint


def test_a_damaged_picture_is_told_of_beside_all_else() -> None:
    figure = {"type": "figure", "image": "a.png"}
    content = document(articles=[article(body=["会议由张龘主持。", figure])])
    with pytest.raises(ReviewFailed) as refused:
        typesetter().accept(json.dumps(content).encode(), Order(), {"a.png": saved()[:-100]})
    codes: list[Finding] = list(refused.value.findings)
    assert {one.code for one in codes} >= {"fonts/missing-glyph", "picture/unreadable"}


def test_by_itself_it_is_a_fault_of_the_plan() -> None:
    figure = {"type": "figure", "image": "a.png"}
    content = json.dumps(document(articles=[article(body=[figure])])).encode()
    told = typesetter().check(content, Order(), {"a.png": saved()[:-100]})
    assert [one.code for one in told.findings if one.severity == "error"] == ["picture/unreadable"]
