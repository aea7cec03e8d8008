"""Options of every output: how the pages come out, whatever is made of them."""

from __future__ import annotations

from hongtou.bulletin.order import COPYFIT, EVEN_PAGES, MARGINS, MIRROR, OFF
from hongtou.outputs.option import AnyOption, Choice, Switch

PAGING: tuple[AnyOption, ...] = (
    Switch(name=EVEN_PAGES, title="页数凑成双数", default=False),
    Choice(
        name=MARGINS,
        title="双页的订口：same 在左，mirror 在右",
        default="same",
        values=("same", MIRROR),
    ),
    Choice(
        name=COPYFIT,
        title="末页行数太少时略作调整",
        default="on",
        values=("on", OFF),
    ),
)
