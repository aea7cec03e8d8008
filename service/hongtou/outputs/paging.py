"""Options of every output: how the pages come out, whatever is made of them."""

from __future__ import annotations

from hongtou.bulletin.order import COPYFIT, EVEN_PAGES, MARGINS, MIRROR, OFF
from hongtou.outputs.option import AnyOption, Choice, Switch

PAGING: tuple[AnyOption, ...] = (
    Switch(name=EVEN_PAGES, title="页数凑成双数", default=False),
    Choice(
        name=MARGINS,
        title="双页的订口",
        default="same",
        values={"same": "在左", MIRROR: "在右（双面）"},
    ),
    Choice(
        name=COPYFIT,
        title="末页太短时",
        default="on",
        values={"on": "略作调整", OFF: "不调整"},
    ),
)
