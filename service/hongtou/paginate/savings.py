"""What WeasyPrint 70.0 and pydyf 0.13 need not do for a bulletin.

Each hook with how much longer a render of nine pages takes without it, as
`python -m benchmarks.speed.savings` finds; one that comes under 3 % goes.

- ``make_margin_boxes`` makes none: sixteen empty boxes a page. 4 %.
- ``set_page_type_computed_styles`` computes the styles of one page and shares them with all: the
  stylesheet knows no left, right or first page. 5 %.
- ``get_all_computed_styles`` keeps the styles of elements: `styles.py`. 17 %.
- ``PDF.page_references`` is kept while the pages stay the same: made anew for each of the tags,
  it grows with the square of the length. Nothing at nine pages, 11 % at 400.
- ``PDF.write`` writes every object once: `writing.py`. 25 %.
- ``RasterImage._get_png_data`` takes a PNG as `hongtou.pictures` wrote it, instead of
  compressing it once more. Nothing where there is none; half of an issue of large ones.
"""

from __future__ import annotations

from typing import Any

import pydyf
import weasyprint.document
import weasyprint.images
import weasyprint.layout
import weasyprint.layout.page

from hongtou.paginate.styles import kept_styles
from hongtou.pdf.file import write_file
from hongtou.pictures.files import png_data


def _no_margin_boxes(*_unused: Any) -> tuple[()]:
    return ()


def _share_page_styles(page_type: Any, html: Any, style_for: Any) -> None:
    styles = style_for.get_computed_styles()
    shared = style_for.kept.pages
    if not shared:
        _ORIGINAL_PAGE_STYLES(page_type, html, style_for)
        shared.update(
            (pseudo, style) for (element, pseudo), style in styles.items() if element == page_type
        )
    else:
        styles.update({(page_type, pseudo): style for pseudo, style in shared.items()})


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    numbers = pdf.pages["Kids"][::3]
    kept: tuple[int, tuple[bytes, ...]] = pdf.__dict__.get("kept_references", (0, ()))
    if kept[0] != len(numbers):
        kept = (len(numbers), tuple(f"{number} 0 R".encode() for number in numbers))
        pdf.kept_references = kept
    return kept[1]


def _png_data(image: Any) -> bytes:
    image.fp.seek(0)
    return png_data(image.fp.read())


_ORIGINAL_PAGE_STYLES = weasyprint.layout.page.set_page_type_computed_styles


def install() -> None:
    """Put the hooks in place; once in a process is enough."""
    weasyprint.layout.make_margin_boxes = _no_margin_boxes
    weasyprint.layout.page.set_page_type_computed_styles = _share_page_styles
    weasyprint.document.get_all_computed_styles = kept_styles
    weasyprint.images.RasterImage._get_png_data = staticmethod(_png_data)
    pydyf.PDF.page_references = property(_page_references)
    pydyf.PDF.write = write_file
