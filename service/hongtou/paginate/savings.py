"""What WeasyPrint 70.0 need not do for a bulletin, while it lays one out.

Each with how much longer a render of nine pages takes without it, as
`python -m benchmarks.speed.savings` finds; one that comes under 3 % goes.

- ``make_margin_boxes`` makes none: sixteen empty boxes a page. 4 %.
- ``layout_backgrounds`` looks for none: the stylesheet may paint nothing (`placing.py`). 3 to 6 %.
- ``make_page`` makes a page of strips alone of the one before: `strip_pages.py`. 5 %, 14 % of 46
  pages.
- ``get_all_computed_styles`` keeps the styles of elements: `styles.py`. 13 %.
- HTML is read by an XML parser in C (`pagination.py`). 8 %.
- The system's fonts are not read (`pagination.NoFonts`). Once a process, 3 % of `hongtou render`.

None changes a page. They reach into what WeasyPrint may alter at any time, so with another release
than the one they were made for they are off: pages are the same, and take half as long again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import weasyprint
import weasyprint.document
import weasyprint.layout
import weasyprint.layout.page

from hongtou.paginate.loading import MADE_FOR
from hongtou.paginate.replacing import Replaced, replaced
from hongtou.paginate.strip_pages import make_page
from hongtou.paginate.styles import kept_styles


def are_safe() -> bool:
    """Tell whether this is the release of WeasyPrint that the savings were made for."""
    return bool(weasyprint.__version__ == MADE_FOR)


@contextmanager
def in_use() -> Iterator[None]:
    """Save within the block, if that is safe."""
    if not are_safe():
        yield
        return
    with replaced(REPLACED):
        yield


def _no_margin_boxes(*_unused: Any) -> tuple[()]:
    return ()


def _no_backgrounds(*_unused: Any) -> None:
    """Do nothing."""


REPLACED: list[Replaced] = [
    (weasyprint.layout, "make_margin_boxes", _no_margin_boxes),
    (weasyprint.layout, "layout_backgrounds", _no_backgrounds),
    (weasyprint.layout.page, "make_page", make_page),
    (weasyprint.document, "get_all_computed_styles", kept_styles),
]
