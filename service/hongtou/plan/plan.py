"""Issue + layout + faces + order → Plan."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from hongtou import __version__
from hongtou.bulletin.finding import Finding
from hongtou.bulletin.issue import Issue, section_openings
from hongtou.bulletin.month import first_day
from hongtou.bulletin.numerals import full_name, issue_line
from hongtou.bulletin.order import Order, Paging, Purpose
from hongtou.compose.compositor import Compositor
from hongtou.compose.spacing import Spacing
from hongtou.layouts import Layout
from hongtou.pictures.reading import Picture
from hongtou.plan.articles import ArticlePlan, plan_article
from hongtou.plan.briefs import BriefsPlan, plan_briefs
from hongtou.plan.closing import ClosingPlan, plan_closing
from hongtou.plan.contents import ContentsPlan, plan_contents
from hongtou.plan.editors_note import plan_note
from hongtou.plan.galleys import Galley, Galleys
from hongtou.plan.masthead import MastheadPlan, plan_masthead
from hongtou.plan.set_text import SetText
from hongtou.plan.texts import TextSetter

if TYPE_CHECKING:
    from hongtou.faces import Faces


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All of an issue, set. ``texts[k]`` is the text whose key is k, and so with galleys.

    One with ``faults`` is not to be laid out: some of it fits on no page. ``remarks`` are findings
    that show only when it is set.
    """

    digest: str
    layout: Layout
    title: str
    author: str
    issue_date: date
    masthead: MastheadPlan
    contents: ContentsPlan | None
    note: Galley | None
    articles: tuple[ArticlePlan, ...]
    briefs: tuple[BriefsPlan, ...]
    closing: ClosingPlan
    texts: tuple[SetText, ...]
    galleys: tuple[Galley, ...]
    pictures: Mapping[str, Picture]
    compositor: Compositor
    paging: Paging
    is_proof: bool = False
    faults: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()


def make_plan(
    issue: Issue,
    layout: Layout,
    faces: Faces,
    order: Order,
    pictures: Mapping[str, Picture],
) -> Plan:
    """Set every text of an issue and put it in its place."""
    compositor = _compositor(faces, spacing_of(layout))
    setter = TextSetter(layout, compositor)
    galleys = Galleys(layout)
    masthead = issue.masthead
    return Plan(
        digest=plan_digest(issue, layout, faces, order, pictures),
        layout=layout,
        title=f"{full_name(masthead)} {issue_line(masthead)}",
        author="、".join(masthead.issuing_bodies),
        issue_date=first_day(masthead.issue_date),
        masthead=plan_masthead(masthead, setter),
        contents=plan_contents(issue, setter),
        note=_note(issue, setter, galleys),
        articles=_articles(issue, pictures, setter, galleys),
        briefs=_briefs(issue, setter, galleys),
        closing=plan_closing(issue.closing, setter),
        texts=tuple(setter.texts),
        galleys=tuple(galleys.galleys),
        pictures=pictures,
        compositor=compositor,
        paging=_paging(order, layout),
        is_proof=order.purpose is Purpose.PROOF,
        faults=tuple(setter.faults),
        remarks=tuple(setter.remarks),
    )


def _articles(
    issue: Issue, pictures: Mapping[str, Picture], setter: TextSetter, galleys: Galleys
) -> tuple[ArticlePlan, ...]:
    last = len(issue.articles) if not issue.briefs else 0
    return tuple(
        plan_article(
            number,
            article,
            pictures,
            setter,
            galleys,
            opens_section=opens_section,
            is_last=number == last,
        )
        for number, (article, opens_section) in enumerate(
            zip(issue.articles, section_openings(issue), strict=False), start=1
        )
    )


def _briefs(issue: Issue, setter: TextSetter, galleys: Galleys) -> tuple[BriefsPlan, ...]:
    openings = section_openings(issue)[len(issue.articles) :]
    return tuple(
        plan_briefs(number, group, setter, galleys, opens_section=opens_section)
        for number, (group, opens_section) in enumerate(
            zip(issue.briefs, openings, strict=True), start=1
        )
    )


def _paging(order: Order, layout: Layout) -> Paging:
    """Return how the pages come out: as is ordered, on even pages too where the layout says so."""
    even = order.paging.even_pages or bool(layout.amount("closing.even_page", "flag"))
    return replace(order.paging, even_pages=even)


def _note(issue: Issue, setter: TextSetter, galleys: Galleys) -> Galley | None:
    space = setter.layout.lines("editors_note.space")
    texts = plan_note(issue.editors_note, setter, before=space)
    return galleys.galley(texts) if texts else None


def spacing_of(layout: Layout) -> Spacing:
    """Return what a layout puts between characters."""
    return Spacing(
        latin_gap=layout.em("composition.latin_gap"),
        han_space=layout.em("composition.han_space"),
        spaced_gap=layout.em("composition.spaced_gap"),
        mixed_width=layout.text("composition.punctuation") == "mixed_width",
    )


@lru_cache(maxsize=8)
def _compositor(faces: Faces, spacing: Spacing) -> Compositor:
    """Return the compositor of these faces; it remembers every character it has set."""
    return Compositor(faces, spacing)


def plan_digest(
    issue: Issue,
    layout: Layout,
    faces: Faces,
    order: Order,
    pictures: Mapping[str, Picture],
) -> str:
    """Return the SHA-256 of everything that decides the bytes of an edition."""
    parts = {
        "version": __version__,
        "issue": repr(issue),
        "layout": layout.digest,
        "faces": faces.digest,
        "order": asdict(order),
        "pictures": {name: picture.digest for name, picture in pictures.items()},
    }
    canonical = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()
