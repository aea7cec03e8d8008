"""Articles: what stands between the masthead and the short news."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from hongtou.bulletin.finding import Severity
from hongtou.bulletin.issue import (
    Annex,
    Article,
    AttachmentList,
    Figure,
    FigureRow,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Salutation,
    Signoff,
)
from hongtou.bulletin.issue import Block as Written
from hongtou.bulletin.table import Table
from hongtou.compose.cells import TypeRun
from hongtou.compose.sense import torn_words
from hongtou.pictures.reading import Picture
from hongtou.plan.annex_heading import AnnexHeading
from hongtou.plan.attendance import labels_of, plan_list
from hongtou.plan.editors_note import plan_note
from hongtou.plan.figures import FigurePlan
from hongtou.plan.galleys import Galley, flow
from hongtou.plan.pictures import plan_figures
from hongtou.plan.sections import plan_section
from hongtou.plan.set_text import SetText
from hongtou.plan.signoff import plan_signoff
from hongtou.plan.tables import TablePlan, plan_table
from hongtou.plan.texts import TextSetter


@dataclass(frozen=True, slots=True)
class PageEnd:
    """The page ends here, and what follows begins another."""

    ends_page: bool = True


@dataclass(frozen=True, slots=True)
class AnnexPlan:
    """An annex, which begins a page; where more follows, that begins another."""

    flow: tuple[Galley | TablePlan | FigurePlan | PageEnd, ...]
    ends_page: bool


Block = TablePlan | FigurePlan
FlowBlock = Galley | Block | PageEnd | AnnexPlan


@dataclass(frozen=True, slots=True)
class ArticlePlan:
    """One article: head (kicker, headline, subhead, byline), note, body and signature in order.

    The first of a section begins with the heading of that.
    """

    anchor: str
    flow: tuple[FlowBlock, ...]
    section: str = ""
    section_heading: SetText | None = None


def plan_article(
    number: int,
    article: Article,
    pictures: Mapping[str, Picture],
    setter: TextSetter,
    *,
    opens_section: bool,
    is_last: bool,
) -> ArticlePlan:
    """Set one article; ``number`` counts from 1. The first of a section has its heading above.

    Its signature stands before its annexes. ``is_last`` tells that only the closing block follows.
    """
    section = plan_section(article.section, setter) if opens_section else []
    head = _head(number, article, setter)
    note = plan_note(article.editors_note, setter, after=setter.layout.lines("editors_note.space"))
    blocks = _without_idle_breaks(article.body, is_last, setter)
    at = next((at for at, block in enumerate(blocks) if isinstance(block, Annex)), len(blocks))
    signed, notes = _before_notes(blocks[:at])
    body = _blocks(signed, pictures, setter)
    signature = _signature(number, article, setter)
    under = [setter.text("note", block.text) for block in notes]
    annexes = _annexes(blocks[at:], pictures, setter, is_last)
    parts: list[SetText | Block | PageEnd | AnnexPlan] = [*section, *head, *note, *body]
    parts += [*signature, *under, *annexes]
    heading = section[0] if section else None
    return ArticlePlan(f"article-{number}", flow(parts), article.section, heading)


def _head(number: int, article: Article, setter: TextSetter) -> list[SetText]:
    """Set what stands above the text of an article, as one group."""
    byline = "" if _is_signed_at_end(setter) else article.byline
    head = setter.stack(
        [
            ("kicker", article.kicker),
            ("headline", article.headline),
            ("subhead", article.subhead),
            ("byline", byline),
        ]
    )
    _remark_breaks(number, article.headline, head, setter)
    return head


def _signature(number: int, article: Article, setter: TextSetter) -> list[SetText]:
    """Set the byline at the end of an article, in a layout that has it there."""
    if not (article.byline and _is_signed_at_end(setter)):
        return []
    _remark_two_signatures(article, number, setter)
    space = setter.layout.lines("signature.space_above")
    return [setter.text("signature", article.byline, before=space)]


def _is_signed_at_end(setter: TextSetter) -> bool:
    return bool(setter.layout.amount("layout.byline_at_end", "flag"))


def _annexes(
    blocks: Sequence[Written],
    pictures: Mapping[str, Picture],
    setter: TextSetter,
    is_last: bool,
) -> list[SetText | Block | PageEnd | AnnexPlan]:
    """Set the annexes of an article, and what stands between or behind them."""
    parts: list[SetText | Block | PageEnd | AnnexPlan] = []
    for number, block in enumerate(blocks, start=1):
        if isinstance(block, Annex):
            more_follows = number < len(blocks) or not is_last
            parts.append(_annex(block, pictures, setter, more_follows))
        else:
            parts += _blocks((block,), pictures, setter)
    return parts


def _before_notes(body: Sequence[Written]) -> tuple[Sequence[Written], list[Note]]:
    """Return a body without the notes (附注) at its end, and those: they stand under the signature.

    Source: GB/T 9704-2012 §7.3.6.
    """
    notes: list[Note] = []
    for block in reversed(body):
        if not isinstance(block, Note):
            break
        notes.insert(0, block)
    return body[: len(body) - len(notes)], notes


def _remark_breaks(number: int, headline: str, head: Sequence[SetText], setter: TextSetter) -> None:
    """Tell where a headline had to be broken inside a word or a name: nothing else fits a line."""
    lines = [line.text for text in head if text.style == "headline" for line in text.lines]
    if len(lines) < 2:
        return
    for before, after in torn_words(headline, lines):
        setter.remark(
            "headline/broken-by-length",
            f"/articles/{number - 1}/headline",
            f"第{number}篇标题在“{before}｜{after}”处回行，断开了一个词",
            "请精简标题，或在标题里用换行（\\n）指定回行处",
            Severity.NOTE,
        )


def _remark_two_signatures(article: Article, number: int, setter: TextSetter) -> None:
    """Tell where a layout that sets the byline at the end would sign an article twice."""
    if any(isinstance(block, Signoff) for block in article.body):
        setter.remark(
            "signoff/byline-too",
            f"/articles/{number - 1}/byline",
            f"第{number}篇文末有落款，这个版式又把供稿单位印在文末，署名会印两次",
            "请删去供稿单位或落款",
        )


def _without_idle_breaks(
    blocks: Sequence[Written], ends_issue: bool, setter: TextSetter
) -> list[Written]:
    """Return blocks without the page breaks that would part nothing, or leave a page empty."""
    kept: list[Written] = []
    for block, following in zip_longest(blocks, blocks[1:]):
        if isinstance(block, PageBreak) and (
            not kept
            or isinstance(kept[-1], PageBreak | Annex)
            or isinstance(following, Annex)
            or (following is None and ends_issue)
        ):
            setter.remark(
                "page-break/idle",
                block.pointer,
                "分页的前面或后面没有内容，或那里本来就另起一页，未采用",
                "请删去这一分页",
                Severity.NOTE,
            )
            continue
        if isinstance(block, PageBreak) and isinstance(kept[-1], Heading):
            setter.remark(
                "page-break/under-heading",
                block.pointer,
                "标题后面紧接分页，标题与它的正文不在一面",
                "请把这一分页移到标题前面",
            )
        kept.append(block)
    return kept


def _annex(
    annex: Annex,
    pictures: Mapping[str, Picture],
    setter: TextSetter,
    more_follows: bool,
) -> AnnexPlan:
    """Set an annex; the heading of one that begins with a landscape table is on its page."""
    heading = AnnexHeading(annex.label or setter.layout.text("annex.label"), annex.title)
    blocks = _without_idle_breaks(annex.body, True, setter)
    first = blocks[0] if blocks else None
    begin: Sequence[SetText | Block] = ()
    if isinstance(first, Table) and first.landscape:
        begin, blocks = plan_table(first, setter, heading), blocks[1:]
    else:
        begin = heading.kept(setter, setter.measure)
    body = _blocks(blocks, pictures, setter)
    return AnnexPlan(flow([*begin, *body]), more_follows)


def _blocks(
    blocks: Sequence[Written], pictures: Mapping[str, Picture], setter: TextSetter
) -> list[SetText | Block | PageEnd]:
    parts: list[SetText | Block | PageEnd] = []
    for block, label in zip(blocks, labels_of(blocks), strict=True):
        if label and isinstance(block, Paragraph):
            parts.append(plan_list(block, label, setter))
        else:
            parts += PLANNERS[type(block)](block, pictures, setter)
    return parts


def _attachments(items: tuple[str, ...], setter: TextSetter) -> list[SetText]:
    """Set the names of the attachments, wrapped lines under the name.

    Where a name begins with a figure, all stand a little off their numbers: 1.2026年 is no number.
    Source: GB/T 9704-2012 §7.3.4.
    """
    style = setter.style("attachment")

    def width(text: str) -> float:
        return setter.compositor.natural_width(text, style.role, style.size_pt)

    label = setter.layout.text("attachments.label")
    counts = [f"{number}." for number in range(1, len(items) + 1)] if len(items) > 1 else [""]
    start = style.indent * setter.layout.character_pt
    label_width, count_width = width(label), max(map(width, counts))
    if len(items) > 1 and any(item[:1].isdigit() for item in items):
        count_width += setter.layout.em("composition.widest_latin_gap") * style.size_pt
    space = setter.layout.lines("attachments.space_above")
    texts = []
    for number, (count, item) in enumerate(zip(counts, items, strict=True)):
        runs = [TypeRun(label, style.role, label_width)] if number == 0 else []
        runs += [TypeRun(count, style.role, count_width)] if count else []
        texts.append(
            setter.runs(
                "attachment",
                [*runs, TypeRun(item, style.role)],
                hanging=start + label_width + count_width,
                indent=start if number == 0 else start + label_width,
                before=0 if number else space,
            )
        )
    return texts


Planner = Callable[[Any, Mapping[str, Picture], TextSetter], Sequence[SetText | Block | PageEnd]]
PLANNERS: Mapping[type[Written], Planner] = {
    # How each block is set. An annex, which holds blocks, is none of them (`_annex`).
    Paragraph: lambda block, _, setter: [setter.paragraph("paragraph", block)],
    Heading: lambda block, _, setter: [setter.text(f"heading_{block.level}", block.text)],
    Note: lambda block, _, setter: [setter.text("note", block.text)],
    AttachmentList: lambda block, _, setter: _attachments(block.items, setter),
    Table: lambda block, _, setter: plan_table(block, setter),
    Figure: lambda block, pictures, setter: [plan_figures((block,), "", pictures, setter)],
    FigureRow: lambda block, pictures, setter: [
        plan_figures(block.figures, block.caption, pictures, setter)
    ],
    Salutation: lambda block, _, setter: [setter.text("salutation", block.text)],
    Signoff: lambda block, _, setter: plan_signoff(block, setter),
    PageBreak: lambda block, _, setter: [PageEnd()],
}
