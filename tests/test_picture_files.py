"""Pictures that are costly or come from telephones: what is left out of a file, and what is refused."""

from __future__ import annotations

import io
import zlib
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile

from hongtou.bulletin.finding import Finding
from hongtou.bulletin.issue import Figure
from hongtou.bulletin.limits import Limits
from hongtou.pictures.files import open_file
from hongtou.pictures.printing import PrintedPicture
from hongtou.pictures.reading import Picture, read_pictures
from tests.support.hostile import bomb, drawn, saved, turned_jpeg
from tests.support.issues import issue
from tests.test_figures import pixels, read


def small(kind: str) -> bytes:
    written = io.BytesIO()
    drawn().resize((60, 40)).save(written, kind)
    return written.getvalue()


def flat(side: int) -> bytes:
    written = io.BytesIO()
    Image.new("L", (side, side), side).save(written, "PNG")
    return written.getvalue()


def png_chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4)


def seconds_of(content: bytes) -> float:
    """Return the least processor time of three readings."""
    taken = []
    for _ in range(3):
        began = process_time()
        read(content)
        taken.append(process_time() - began)
    return min(taken)


class TestTelephones:
    """MPO: what a telephone calls JPEG, with a preview or a gain map behind the photo."""

    def mpo(self, size: tuple[int, int] = (600, 400), **options: object) -> bytes:
        photo, behind = drawn().resize(size), Image.new("RGB", (60, 40), "black")
        written = io.BytesIO()
        photo.save(written, "MPO", save_all=True, append_images=[behind], **options)
        return written.getvalue()

    def test_it_stays_a_jpeg_and_what_is_behind_goes(self) -> None:
        sent = self.mpo()
        with Image.open(io.BytesIO(sent)) as opened:
            assert (opened.format, opened.n_frames) == ("MPO", 2)
        picture = read(sent)
        assert isinstance(picture, PrintedPicture)
        assert picture.media_type == "image/jpeg"
        assert picture.content.count(b"\xff\xd8\xff") == 1
        with Image.open(io.BytesIO(picture.content)) as kept:
            assert (kept.format, kept.size) == ("JPEG", (600, 400))

    def test_it_is_turned_upright(self) -> None:
        exif = Image.Exif()
        exif[0x0112] = 6
        assert pixels(read(self.mpo(exif=exif))).size == (400, 600)

    @pytest.mark.slow
    def test_it_takes_no_longer_than_the_same_photo_as_jpeg(self) -> None:
        big = (2016, 1512)
        plain = io.BytesIO()
        drawn().resize(big).save(plain, "JPEG")
        as_mpo, as_jpeg = seconds_of(self.mpo(big)), seconds_of(plain.getvalue())
        assert as_mpo < 3 * as_jpeg + 0.05  # as PNG, as it was once written, 15 times as long


class TestAllTogether:
    """What all pictures of an issue hold is told by their headers, and bounded."""

    def read_all(
        self, pictures: dict[str, bytes], most: int
    ) -> tuple[dict[str, Picture], list[Finding]]:
        return read_pictures(
            pictures, issue(*(Figure(name, pointer=f"/{name}") for name in pictures)), most
        )

    def test_as_many_pixels_as_may_be_are_read(self) -> None:
        both, findings = self.read_all({"a": flat(40), "b": flat(30)}, 2_500)
        assert (list(both), findings) == (["a", "b"], [])

    def test_of_more_none_is_decoded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ImageFile.ImageFile, "load", lambda *_: pytest.fail("decoded"))
        none, findings = self.read_all({"a": flat(30), "b": flat(40)}, 2_499)
        assert none == {}
        assert [(one.code, one.pointer) for one in findings] == [
            ("picture/too-many-pixels", "/b/image")
        ]

    def test_one_picture_counts_once_wherever_it_stands(self) -> None:
        twice = issue(Figure("a", pointer="/1"), Figure("a", pointer="/2"))
        pictures, findings = read_pictures({"a": flat(40)}, twice, 1_600)
        assert (list(pictures), findings) == (["a"], [])

    def test_others_that_are_bad_are_told_of_too(self) -> None:
        _, findings = self.read_all({"bad": b"GIF89a", "a": flat(40)}, 100)
        assert [one.code for one in findings] == ["picture/unreadable", "picture/too-many-pixels"]

    def test_six_of_36_megapixels_are_too_many(self) -> None:
        _, findings = self.read_all(
            {str(number): bomb(6_000) for number in range(6)}, Limits().total_pixels
        )
        assert findings[-1].code == "picture/too-many-pixels"


class TestCostlyFiles:
    """Files in which the pixels are few and all the rest takes long."""

    def test_texts_of_a_png_are_never_unpacked(self) -> None:
        text = png_chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 1_000_000))
        png = saved()
        stuffed = png[:33] + text * 60 + png[33:]
        assert pixels(read(stuffed)).tobytes() == pixels(read(png)).tobytes()
        assert len(open_file(stuffed).content) <= len(png)

    @pytest.mark.parametrize(
        "content",
        [
            saved()[:33] + png_chunk(b"teSt", b"") * 20_000 + saved()[33:],
            saved("JPEG")[:2] + b"\xff\xe5\x00\x02" * 20_000 + saved("JPEG")[2:],
        ],
        ids=["chunks", "segments"],
    )
    def test_a_file_in_thousands_of_pieces_is_refused(self, content: bytes) -> None:
        assert read(content) == "文件分得过碎，请用看图软件另存一份"

    def test_a_jpeg_of_a_few_scans_is_taken_and_one_of_many_refused(self) -> None:
        progressive = saved("JPEG", progressive=True)
        start, end = progressive.rindex(b"\xff\xda"), progressive.rindex(b"\xff\xd9")
        again = progressive[start:end]
        assert isinstance(read(progressive[:end] + again * 5 + progressive[end:]), PrintedPicture)
        assert read(progressive[:end] + again * 3_000 + progressive[end:]) == (
            "文件分得过碎，请用看图软件另存一份"
        )

    @pytest.mark.parametrize(
        "between", [b"\0" * 1_000_000, b"\xff" * 1_000_000, b"\xff\0" * 500_000]
    )
    def test_what_stands_between_segments_is_passed_over(self, between: bytes) -> None:
        jpeg = saved("JPEG")
        assert (
            pixels(read(jpeg[:20] + between + jpeg[20:])).tobytes() == pixels(read(jpeg)).tobytes()
        )

    def test_notes_of_a_camera_are_read_from_one_segment_only(self) -> None:
        jpeg = turned_jpeg()
        start = jpeg.index(b"\xff\xe1")
        end = start + 2 + int.from_bytes(jpeg[start + 2 : start + 4])
        repeated = jpeg[:end] + jpeg[start:end] * 50 + jpeg[end:]
        assert open_file(repeated).content == open_file(jpeg).content
        assert pixels(read(repeated)).size == (400, 600)

    def test_long_notes_of_a_png_are_left_out(self) -> None:
        png = saved()
        noted = png[:33] + png_chunk(b"eXIf", b"MM\0*" + b"\0" * 100_000) + png[33:]
        assert open_file(noted).content == open_file(png).content

    @pytest.mark.parametrize(
        "options", [{}, {"lossless": True}, {"exif": b"Exif"}], ids=["lossy", "lossless", "canvas"]
    )
    def test_the_size_of_a_webp_is_read(self, options: dict[str, Any]) -> None:
        written = io.BytesIO()
        Image.new("RGB", (61, 43)).save(written, "WEBP", **options)
        assert open_file(written.getvalue()).size == (61, 43)

    @pytest.mark.parametrize(
        "content", [b"", b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"\xff\xd8\xff\xda"]
    )
    def test_a_file_that_only_begins_is_unreadable(self, content: bytes) -> None:
        assert isinstance(read(content), str)

    @pytest.mark.slow
    @settings(max_examples=150, deadline=None)
    @given(
        kind=st.sampled_from(["PNG", "JPEG", "MPO", "GIF", "WEBP", "TIFF", "BMP"]),
        changes=st.lists(
            st.tuples(st.integers(0, 900), st.integers(0, 255)), min_size=1, max_size=6
        ),
        cut=st.integers(0, 400),
    )
    def test_a_damaged_file_is_read_or_unreadable(
        self, kind: str, changes: list[tuple[int, int]], cut: int
    ) -> None:
        whole = bytearray(TestTelephones().mpo((60, 40)) if kind == "MPO" else small(kind))
        for at, value in changes:
            whole[at % len(whole)] = value
        assert isinstance(read(bytes(whole[cut if cut < 4 else 0 :])), PrintedPicture | str)


def test_a_jpeg_keeps_its_pixels_through_the_walk() -> None:
    for options in (
        {},
        {"progressive": True},
        {"restart_marker_blocks": 2},
        {"comment": b"a" * 500},
    ):
        sent = saved("JPEG", **options)
        with (
            Image.open(io.BytesIO(sent)) as before,
            Image.open(io.BytesIO(open_file(sent).content)) as after,
        ):
            assert before.tobytes() == after.tobytes()


def test_a_comment_of_a_jpeg_goes() -> None:
    picture = read(saved("JPEG", comment=b"SECRET"))
    assert isinstance(picture, PrintedPicture)
    assert b"SECRET" not in picture.content


def test_a_transparent_png_stands_on_white() -> None:
    clear = Image.new("RGBA", (2, 1), (255, 0, 0, 255))
    clear.putpixel((1, 0), (0, 0, 0, 0))
    written = io.BytesIO()
    clear.save(written, "PNG")
    seen = pixels(read(written.getvalue()))
    assert [seen.getpixel((at, 0)) for at in (0, 1)] == [(255, 0, 0), (255, 255, 255)]
