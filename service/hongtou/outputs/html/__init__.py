"""One page of HTML for readers on a screen, of any size: self-contained, without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongtou.outputs.output import Output
from hongtou.preflight.profiles import WEB_PAGE

if TYPE_CHECKING:
    from hongtou.outputs.commission import Commission


def web_page(commission: Commission) -> bytes:
    """Return an issue as HTML."""
    from hongtou.outputs.html.document import write_html  # late, as a check makes no file

    return write_html(commission.plan)


HTML = Output(
    name="html",
    title="网页（可放大、可朗读）",
    media_type="text/html",
    extension="html",
    has_pages=False,
    profile=WEB_PAGE,
    make=web_page,
)
