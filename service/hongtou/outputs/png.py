"""A page as a picture, for previews."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from hongtou.bulletin.errors import UnknownOption
from hongtou.outputs.option import OptionValues, WholeNumber
from hongtou.outputs.output import Output
from hongtou.outputs.paging import PAGING
from hongtou.outputs.screen import screen_pdf
from hongtou.preflight.picture import MAX_DOTS_PER_INCH
from hongtou.preflight.profiles import PAGE_PICTURE

if TYPE_CHECKING:
    from hongtou.pages.page import Pages
    from hongtou.plan import Plan

# More pages than any issue has; a number beyond the last page is refused after layout.
PAGE = WholeNumber(name="page", title="第几页", default=1, minimum=1, maximum=9_999)
DPI = WholeNumber(
    name="dpi", title="每英寸像素", default=110, minimum=36, maximum=MAX_DOTS_PER_INCH
)


def page_picture(plan: Plan, pages: Pages, options: OptionValues) -> bytes:
    """Return a page as PNG.

    Raises:
        UnknownOption: the issue has fewer pages.
    """
    import pypdfium2  # late, as loading it takes longer than a render

    number, count = options[PAGE], len(pages)
    if number > count:
        raise UnknownOption(
            f"没有第 {number} 页，本期排成 {count} 页", hint=f"page 可为：1–{count} 的整数"
        )
    with pypdfium2.PdfDocument(screen_pdf(plan, pages)) as document:
        picture = document[number - 1].render(scale=options[DPI] / 72).to_pil()
        written = io.BytesIO()
        picture.save(written, "PNG", compress_level=1)
        return written.getvalue()


PNG = Output(
    name="png",
    title="一页的图片（预览）",
    media_type="image/png",
    extension="png",
    options=(PAGE, DPI, *PAGING),
    profile=PAGE_PICTURE,
    make=page_picture,
)
