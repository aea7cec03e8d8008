"""A file of an output → a small picture of it: a page, or two beside one another."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pypdfium2
from PIL import Image

from hongtou.bulletin.order import OptionValue, Order, Purpose
from hongtou.pages.edition import Edition
from scripts.docs.guide.album import small
from scripts.docs.outputs import readers
from scripts.docs.outputs.held import FIRST_PAGE
from tests.support.shop import ROOT, typesetter

ISSUE = ROOT / "examples" / "dongtai.json"
SCALE = 0.9  # pixels of a point: a page is 536 pixels wide
GAP, PAPER, DESK = 12, "white", (224, 224, 224)
Take = Callable[[bytes], Image.Image]


@dataclass(frozen=True)
class Shot:
    """A picture: of which order, and how the file is shown.

    One ``is_ours`` needs no program but our own libraries; others are held by what they show.
    """

    order: Order
    take: Take
    is_ours: bool = True


def pages(*numbers: int) -> Take:
    """Return what shows these pages of a PDF, counted from 1, side by side."""

    def take(content: bytes) -> Image.Image:
        with pypdfium2.PdfDocument(content) as pdf:
            return beside([pdf[number - 1].render(scale=SCALE).to_pil() for number in numbers])

    return take


def beside(shown: Sequence[Image.Image]) -> Image.Image:
    """Return pictures side by side on a grey desk."""
    width = sum(one.width for one in shown) + GAP * (len(shown) + 1)
    desk = Image.new("RGB", (width, max(one.height for one in shown) + 2 * GAP), DESK)
    left = GAP
    for one in shown:
        desk.paste(one, (left, GAP))
        left += one.width + GAP
    return desk


def image(content: bytes) -> Image.Image:
    """Return a picture that is one already, on the desk."""
    return beside([alone(content)])


def alone(content: bytes) -> Image.Image:
    """Return a picture as it is."""
    return Image.open(io.BytesIO(content)).convert("RGB")


def word(content: bytes) -> Image.Image:
    """Return the first page of the PDF beside that of the Word file."""
    ours = made(Order()).content
    return beside([_first(ours), _first(readers.by_libreoffice(content))])


def _first(content: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(content) as pdf:
        first: Image.Image = pdf[0].render(scale=SCALE).to_pil()
    return first


def made(order: Order) -> Edition:
    """Return what an order makes of the issue that all pictures show."""
    return typesetter().produce(ISSUE.read_bytes(), order)


def _order(output: str, **options: OptionValue) -> Order:
    return Order(output, options=tuple(sorted(options.items())))


SHOTS: dict[str, Shot] = {
    FIRST_PAGE: Shot(_order("png", dpi=100), alone),
    "screen": Shot(_order("screen"), pages(1, 2)),
    "print": Shot(_order("print"), pages(1)),
    "proof": Shot(Order(purpose=Purpose.PROOF), pages(2, 6)),
    "archive": Shot(_order("archive"), pages(1, 5)),
    "booklet": Shot(_order("booklet"), pages(4)),
    "copies": Shot(_order("copies", count=3), pages(1, 6)),
    "png": Shot(_order("png", page=2, dpi=64), image),
    "report": Shot(_order("report"), image),
    "html": Shot(_order("html"), lambda content: image(readers.in_a_browser(content)), False),
    "ofd": Shot(_order("ofd"), lambda content: pages(1, 2)(readers.by_ofdrw(content)), False),
    "docx": Shot(_order("docx"), word, False),
}


def picture(shot: Shot, content: bytes) -> bytes:
    """Return the picture of a file as PNG, in few colours."""
    written = io.BytesIO()
    shot.take(content).save(written, "PNG")
    return small(written.getvalue())
