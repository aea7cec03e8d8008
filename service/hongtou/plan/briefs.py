"""Short news (简讯): groups of items, each behind its mark."""

from __future__ import annotations

from dataclasses import dataclass

from hongtou.bulletin.issue import Brief, Briefs
from hongtou.compose.cells import TypeRun
from hongtou.plan.galleys import Galley, galley
from hongtou.plan.sections import plan_section
from hongtou.plan.set_text import SetText
from hongtou.plan.texts import TextSetter


@dataclass(frozen=True, slots=True)
class BriefsPlan:
    """A group of short news: the heading, that of its section above, and the items as one list."""

    anchor: str
    heading: Galley
    items: Galley
    section: str = ""
    section_heading: SetText | None = None


def briefs_anchor(number: int) -> str:
    """Return where a group of short news stands; ``number`` counts from 1."""
    return "briefs" if number == 1 else f"briefs-{number}"


def plan_briefs(
    number: int, briefs: Briefs, setter: TextSetter, *, opens_section: bool
) -> BriefsPlan:
    """Set a group of short news, each item behind its mark; ``number`` counts from 1."""
    section = plan_section(briefs.section, setter) if opens_section else []
    heading = setter.stack([("briefs_heading", briefs.heading)])
    mark = briefs.mark or setter.layout.text("briefs.mark")
    items = [_brief(item, mark, setter) for item in briefs.items]
    texts = [text for item in items for text in item]
    return BriefsPlan(
        briefs_anchor(number),
        galley([*section, *heading]),
        galley(texts, items=[item[0].key for item in items]),
        briefs.section,
        section[0] if section else None,
    )


def _brief(brief: Brief, mark: str, setter: TextSetter) -> tuple[SetText, ...]:
    """Set one item; the mark stands before its headline, if it has one."""
    marked = [TypeRun(mark, setter.style("brief_mark").role)]
    texts = []
    if brief.headline:
        role = setter.style("brief_headline").role
        texts = [setter.runs("brief_headline", [*marked, TypeRun(brief.headline, role)])]
    for number, paragraph in enumerate(brief.paragraphs):
        prefix = marked if number == 0 and not brief.headline else []
        suffix = []
        if brief.byline and number == len(brief.paragraphs) - 1:
            role = setter.style("brief_byline").role
            suffix = [TypeRun(text, role) for text in ("（", brief.byline, "）")]
        texts.append(setter.paragraph("brief", paragraph, prefix, suffix))
    return tuple(texts)
