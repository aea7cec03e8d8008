"""Options of every output: how the pages come out, whatever is made of them."""

from __future__ import annotations

from dataclasses import replace

from hongtou.bulletin.order import (
    COPYFIT,
    EVEN_PAGES,
    LINE_NUMBERS,
    MARGINS,
    MIRROR,
    OFF,
    SAME,
    Purpose,
)
from hongtou.outputs.option import AnyOption, Choice, Need, Switch

EVEN = Switch(name=EVEN_PAGES, title="页数凑成双数", default=False, mark="双数页")
BINDING = Choice(
    name=MARGINS,
    title="双页的订口",
    default=SAME,
    values={SAME: "在左", MIRROR: "在右（双面）"},
    marks={SAME: "单面", MIRROR: "双面"},
)
FITTING = Choice(
    name=COPYFIT,
    title="末页太短时",
    default="on",
    values={"on": "略作调整", OFF: "不调整"},
    marks={OFF: "末页不调整"},
)
PAGING: tuple[AnyOption, ...] = (EVEN, BINDING, FITTING)
# Of the outputs in `hongtou.bulletin.order.MIRRORED`, which are printed on both sides.
BOUND_PAGING: tuple[AnyOption, ...] = (EVEN, replace(BINDING, default=MIRROR), FITTING)
# Of the outputs whose proof shows what was found.
NUMBERING = Choice(
    name=LINE_NUMBERS,
    title="行号",
    default="none",
    values={"none": "不印", "five": "每五行", "all": "每行"},
    marks={"five": "每五行行号", "all": "每行行号"},
    needs=Need("purpose", Purpose.PROOF.value, "校样"),
)
