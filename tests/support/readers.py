"""The three PDF readers that must agree: poppler, PDFium, MuPDF."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable
from functools import lru_cache

import pymupdf
import pypdfium2
from PIL import Image

from hongtou.bulletin.measure import PT_PER_MM

DPI = 60
FOLIO = re.compile(r"^—\s*\d+\s*—\s*$", re.M)


def without_folios(text: str) -> str:
    """Return the text of pages without what stands at their feet."""
    return FOLIO.sub("", text)


def poppler_text(content: bytes) -> str:
    """Return the text that poppler reads, in content order."""
    run = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True
    )
    return run.stdout.decode("utf-8")


def pdfium_text(content: bytes) -> str:
    """Return the text that PDFium reads."""
    with pypdfium2.PdfDocument(content) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def mupdf_text(content: bytes) -> str:
    """Return the text that MuPDF reads."""
    with pymupdf.open(stream=content, filetype="pdf") as document:
        return "\n".join(page.get_text() for page in document)


def poppler_page(content: bytes, page: int) -> Image.Image:
    """Return a page (from 1) as poppler draws it."""
    run = subprocess.run(
        ["pdftoppm", "-r", str(DPI), "-f", str(page), "-l", str(page), "-"],
        input=content,
        capture_output=True,
        check=True,
    )
    return Image.open(io.BytesIO(run.stdout)).convert("RGB")


def pdfium_page(content: bytes, page: int) -> Image.Image:
    """Return a page as PDFium draws it."""
    with pypdfium2.PdfDocument(content) as document:
        return document[page - 1].render(scale=DPI / 72).to_pil().convert("RGB")


def mupdf_page(content: bytes, page: int) -> Image.Image:
    """Return a page as MuPDF draws it."""
    with pymupdf.open(stream=content, filetype="pdf") as document:
        pixels = document[page - 1].get_pixmap(dpi=DPI)
        return Image.frombytes("RGB", (pixels.width, pixels.height), pixels.samples)


@lru_cache(maxsize=20)
def mupdf_characters(content: bytes, page: int) -> list[tuple[str, float, float]]:
    """Return every character of a page (from 1) with the middle of its box, in mm."""
    with pymupdf.open(stream=content, filetype="pdf") as document:
        blocks = document[page - 1].get_text("rawdict")["blocks"]
    return [
        (char["c"], (left + right) / 2 / PT_PER_MM, (top + bottom) / 2 / PT_PER_MM)
        for block in blocks
        for line in block.get("lines", ())
        for span in line["spans"]
        for char in span["chars"]
        for left, top, right, bottom in [char["bbox"]]
    ]


TEXT_READERS: dict[str, Callable[[bytes], str]] = {
    "poppler": poppler_text,
    "pdfium": pdfium_text,
    "mupdf": mupdf_text,
}
PAGE_READERS: dict[str, Callable[[bytes, int], Image.Image]] = {
    "poppler": poppler_page,
    "pdfium": pdfium_page,
    "mupdf": mupdf_page,
}
