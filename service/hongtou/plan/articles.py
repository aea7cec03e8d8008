"""Articles and briefs: everything between the masthead and the closing block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hongtou.bulletin.finding import Severity
from hongtou.bulletin.issue import (
    Article,
    AttachmentList,
    Brief,
    Briefs,
    Figure,
    Heading,
    Note,
    Paragraph,
    Table,
)
from hongtou.bulletin.issue import Block as Written
from hongtou.compose.cells import TypeRun
from hongtou.compose.sense import torn_words
from hongtou.pictures.reading import Picture
from hongtou.plan.galleys import Galley, Galleys
from hongtou.plan.pictures import FigurePlan, plan_figure
from hongtou.plan.set_text import SetText
from hongtou.plan.tables import TablePlan, plan_table
from hongtou.plan.texts import TextSetter

NOTE_OPENINGS = ("按语", "编者按", "按：", "【", "〔", "［")


Block = TablePlan | FigurePlan
FlowBlock = Galley | Block


@dataclass(frozen=True, slots=True)
class ArticlePlan:
    """One article: head (kicker, headline, subhead, byline), note, body and signature in order."""

    anchor: str
    flow: tuple[FlowBlock, ...]

    @property
    def is_galley(self) -> bool:
        """Tell whether the article is nothing but texts, and so one box on a page and not two."""
        return len(self.flow) == 1 and isinstance(self.flow[0], Galley)


@dataclass(frozen=True, slots=True)
class BriefsPlan:
    """The short news: the heading, and the items as one list."""

    heading: Galley
    items: Galley


def plan_article(
    number: int,
    article: Article,
    pictures: Mapping[str, Picture],
    setter: TextSetter,
    galleys: Galleys,
) -> ArticlePlan:
    """Set one article; ``number`` counts from 1."""
    byline_at_end = bool(setter.layout.amount("layout.byline_at_end", "flag"))
    head = setter.stack(
        [
            ("kicker", article.kicker),
            ("headline", article.headline),
            ("subhead", article.subhead),
            ("byline", "" if byline_at_end else article.byline),
        ]
    )
    _remark_breaks(number, article.headline, head, setter)
    note = plan_note(article.editors_note, setter, after=setter.layout.lines("editors_note.space"))
    body = [part for block in article.body for part in _block(block, pictures, setter)]
    signature = []
    if byline_at_end and article.byline:
        space = setter.layout.lines("signature.space_above")
        signature = [setter.text("signature", article.byline, before=space)]
    parts: list[SetText | Block] = [*head, *note, *body, *signature]
    return ArticlePlan(f"article-{number}", galleys.flow(parts))


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


def plan_note(
    paragraphs: tuple[Paragraph, ...], setter: TextSetter, *, before: float = 0, after: float = 0
) -> tuple[SetText, ...]:
    """Set an editor's note (按语) behind its label; blank lines of the grid around it."""
    texts = []
    for number, paragraph in enumerate(paragraphs):
        prefix = []
        if number == 0 and not paragraph.text.startswith(NOTE_OPENINGS):
            label = setter.layout.text("editors_note.label")
            prefix = [TypeRun(label, setter.style("label").role)]
        texts.append(
            setter.paragraph(
                "editors_note",
                paragraph,
                prefix,
                before=before if number == 0 else 0,
                after=after if number == len(paragraphs) - 1 else 0,
            )
        )
    return tuple(texts)


def plan_briefs(briefs: Briefs, setter: TextSetter, galleys: Galleys) -> BriefsPlan:
    """Set the short news, each item behind its mark."""
    heading = setter.stack([("briefs_heading", briefs.heading)])[0]
    mark = setter.layout.text("briefs.mark")
    items = [_brief(item, mark, setter) for item in briefs.items]
    texts = [text for item in items for text in item]
    return BriefsPlan(
        galleys.galley([heading]), galleys.galley(texts, items=[item[0].key for item in items])
    )


def _brief(brief: Brief, mark: str, setter: TextSetter) -> tuple[SetText, ...]:
    texts = []
    for number, paragraph in enumerate(brief.paragraphs):
        prefix = [TypeRun(mark, setter.style("brief_mark").role)] if number == 0 else []
        suffix = []
        if brief.byline and number == len(brief.paragraphs) - 1:
            role = setter.style("brief_byline").role
            suffix = [TypeRun(text, role) for text in ("（", brief.byline, "）")]
        texts.append(setter.paragraph("brief", paragraph, prefix, suffix))
    return tuple(texts)


def _block(
    block: Written, pictures: Mapping[str, Picture], setter: TextSetter
) -> list[SetText | Block]:
    match block:
        case Paragraph():
            return [setter.paragraph("paragraph", block)]
        case Heading(level, text):
            return [setter.text(f"heading_{level}", text)]
        case Note(text):
            return [setter.text("note", text)]
        case AttachmentList(items):
            return [*_attachments(items, setter)]
        case Table():
            return [*plan_table(block, setter)]
        case Figure():
            return [plan_figure(block, pictures[block.image], setter)]


def _attachments(items: tuple[str, ...], setter: TextSetter) -> list[SetText]:
    """Set the names of the attachments, wrapped lines under the name.

    Source: GB/T 9704-2012 §7.3.4.
    """
    style = setter.style("attachment")
    label = setter.layout.text("attachments.label")
    label_width = setter.compositor.natural_width(label, style.role, style.size_pt)
    start = style.indent * setter.layout.character_pt
    space = setter.layout.lines("attachments.space_above")
    texts = []
    for number, item in enumerate(items, start=1):
        count = f"{number}．" if len(items) > 1 else ""
        hanging = (
            start + label_width + setter.compositor.natural_width(count, style.role, style.size_pt)
        )
        lead = label + count if number == 1 else count
        texts.append(
            setter.runs(
                "attachment",
                [TypeRun(lead, style.role), TypeRun(item, style.role)],
                hanging=hanging,
                indent=start if number == 1 else start + label_width,
                before=space if number == 1 else 0,
            )
        )
    return texts
