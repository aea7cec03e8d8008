"""What is said of a picture is said everywhere that it is shown, so that each place has its frame."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from hongtou.bulletin.errors import ReviewFailed
from hongtou.bulletin.finding import Finding
from hongtou.bulletin.order import Order
from tests.support.documents import article, document, encoded
from tests.support.shop import typesetter

SHOWN = [
    {"type": "figure", "image": "a.png"},
    "各项工作有序推进。",
    {"type": "figures", "items": [{"image": "b.png"}, {"image": "a.png"}]},
]
PLACES = [
    "/articles/0/body/0/image",
    "/articles/0/body/2/items/0/image",
    "/articles/0/body/2/items/1/image",
]


def told_of(sent: bytes, output: str = "screen", name: str = "b.png") -> list[Finding]:
    """Return what is said where two names of one file are shown, one of them twice."""
    issue = encoded(document(articles=[article(body=SHOWN)])).replace(b"b.png", name.encode())
    try:
        edition = typesetter().produce(issue, Order(output), {"a.png": sent, name: sent})
    except ReviewFailed as refused:
        return list(refused.findings)
    return list(edition.findings)


def places(findings: list[Finding], code: str) -> list[str | None]:
    return sorted(one.pointer or "" for one in findings if one.code == code)


def animated() -> bytes:
    frames = [Image.new("RGB", (900, 600), colour) for colour in ("red", "blue")]
    written = io.BytesIO()
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:])
    return written.getvalue()


def with_profile(profile: bytes) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (900, 600), "red").save(written, "JPEG", icc_profile=profile)
    return written.getvalue()


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (animated(), "picture/first-only"),
        (with_profile(b"none"), "picture/profile-ignored"),
        (b"GIF89a", "picture/unreadable"),
        (with_profile(b"")[:-999], "picture/unreadable"),
    ],
    ids=["several pictures", "a profile of no use", "a mere beginning", "cut off"],
)
def test_each_place_is_told_of(sent: bytes, code: str) -> None:
    assert places(told_of(sent), code) == PLACES


def test_names_that_differ_in_capitals_alone_cannot_both_be_enclosed() -> None:
    """Who takes them out on Windows would keep one of the two."""
    findings = told_of(with_profile(b""), "archive", name="A.png")
    assert places(findings, "picture/name-not-enclosed") == sorted(PLACES)
    assert places(told_of(with_profile(b""), name="A.png"), "picture/name-not-enclosed") == []


def test_each_place_of_a_name_that_cannot_be_enclosed_is_told_of() -> None:
    findings = told_of(with_profile(b""), "archive", name="con.png")
    assert places(findings, "picture/name-not-enclosed") == PLACES[1:2]
    issue = document(articles=[article(body=[*SHOWN, SHOWN[0]])])
    renamed = encoded(issue).replace(b"a.png", b"con.png")
    with pytest.raises(ReviewFailed) as refused:
        pictures = {"con.png": with_profile(b""), "b.png": with_profile(b"")}
        typesetter().produce(renamed, Order("archive"), pictures)
    found = places(list(refused.value.findings), "picture/name-not-enclosed")
    assert found == [PLACES[0], PLACES[2], "/articles/0/body/3/image"]
