"""A page as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongtou.bulletin.errors import UnknownOption
from hongtou.outputs.option import WholeNumber
from hongtou.outputs.output import Output
from hongtou.outputs.page_pictures import draw_pages
from hongtou.outputs.paging import NUMBERING, PAGING
from hongtou.preflight.picture import MAX_DOTS_PER_INCH
from hongtou.preflight.profiles import PAGE_PICTURE

if TYPE_CHECKING:
    from hongtou.outputs.commission import Commission

# More pages than any issue has; a number beyond the last page is refused after layout.
PAGE = WholeNumber(name="page", title="第几页", default=1, minimum=1, maximum=9_999, mark="第{}页")
DPI = WholeNumber(
    name="dpi",
    title="每英寸像素",
    default=110,
    minimum=36,
    maximum=MAX_DOTS_PER_INCH,
    mark="{}dpi",
)


def page_picture(commission: Commission) -> bytes:
    """Return a page as PNG.

    Raises:
        UnknownOption: the issue has fewer pages.
    """
    pages, options = commission.pages, commission.options
    number, count = options[PAGE], len(pages)
    if number > count:
        raise UnknownOption(
            f"没有第 {number} 页，本期排成 {count} 页",
            hint=f"page 可为：1–{count} 的整数" if count > 1 else "page 只可为 1",
        )
    (picture,) = draw_pages(commission.plan, pages, pages.pages[number - 1 : number], options[DPI])
    return picture.png


PNG = Output(
    name="png",
    title="一页的图片（预览）",
    media_type="image/png",
    extension="png",
    options=(PAGE, DPI, *PAGING, NUMBERING),
    shows_findings=True,
    profile=PAGE_PICTURE,
    make=page_picture,
)
