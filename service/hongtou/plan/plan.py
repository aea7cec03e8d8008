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
from hongtou.bulletin.finding import Finding, Severity
from hongtou.bulletin.issue import Issue, section_openings
from hongtou.bulletin.month import Month
from hongtou.bulletin.numerals import full_name, issue_line
from hongtou.bulletin.order import Order, Paging, Purpose
from hongtou.compose.compositor import Compositor
from hongtou.compose.line_memory import LineMemory
from hongtou.compose.spacing import Spacing
from hongtou.layouts import Layout
from hongtou.pictures.printing import PrintedPicture, Resolution, print_pictures
from hongtou.pictures.reading import Picture
from hongtou.plan.articles import ArticlePlan, plan_article
from hongtou.plan.briefs import BriefsPlan, plan_briefs
from hongtou.plan.closing import ClosingPlan, plan_closing, repitched
from hongtou.plan.contents import ContentsPlan, plan_contents
from hongtou.plan.editors_note import plan_note
from hongtou.plan.figures import FigurePlan
from hongtou.plan.filling import filled_pages
from hongtou.plan.fitting import Fitting
from hongtou.plan.galleys import Galley, galley
from hongtou.plan.holes import holes
from hongtou.plan.masthead import MastheadPlan, plan_masthead
from hongtou.plan.opening import opening_texts
from hongtou.plan.pieces import Pieces, pieces_of
from hongtou.plan.resizing import keep_resized
from hongtou.plan.set_text import SetText
from hongtou.plan.texts import TextSetter
from hongtou.plan.units import Parts

if TYPE_CHECKING:
    from hongtou.faces import Faces


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All of an issue, set and made up. ``texts[k]`` is the text whose key is k; so with figures.

    ``copyfit`` are the steps that filled the last page, each with the number of its page. One with
    ``faults`` is not to be laid out: some of it fits on no page. ``remarks`` are findings that
    show only when it is set.
    """

    digest: str
    layout: Layout
    title: str
    author: str
    issue_date: date | Month
    masthead: MastheadPlan
    contents: ContentsPlan | None
    note: Galley | None
    articles: tuple[ArticlePlan, ...]
    briefs: tuple[BriefsPlan, ...]
    closing: ClosingPlan
    texts: tuple[SetText, ...]
    figures: tuple[FigurePlan, ...]
    made_up: Pieces
    copyfit: tuple[tuple[int, str], ...]
    pictures: Mapping[str, PrintedPicture]
    compositor: Compositor
    paging: Paging
    is_proof: bool
    faults: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()


def make_plan(
    issue: Issue,
    layout: Layout,
    faces: Faces,
    order: Order,
    pictures: Mapping[str, Picture],
    memory: LineMemory | None = None,
    besides: str = "",
) -> Plan:
    """Set every text of an issue and put it on its page.

    Lines that ``memory`` has are not set again; ``besides`` is a part of the digest.
    """
    figures = faces.with_latin(layout.text("composition.latin"))
    setter = TextSetter(layout, _compositor(figures, spacing_of(layout)), memory)
    parts = _set(issue, pictures, setter)
    paging = _paging(order, layout)
    parts, fitting = filled_pages(parts, setter, paging)
    parts = _kept(parts, fitting, setter)
    made_up = pieces_of(fitting.makeup, fitting.pages, _anchors(parts), setter)
    filled = fitting.pages[: -1 if fitting.has_page_more else None]  # the last two were asked for
    short = holes(fitting.makeup, filled, made_up.numbers, layout)
    return Plan(
        digest=plan_digest(issue, layout, faces, order, pictures, besides),
        layout=layout,
        title=f"{full_name(issue.masthead)} {issue_line(issue.masthead)}",
        author="、".join(issue.masthead.issuing_bodies),
        issue_date=issue.masthead.issue_date,
        **parts._asdict(),
        texts=tuple(setter.texts),
        figures=tuple(sorted(made_up.figures, key=lambda figure: figure.key)),
        made_up=made_up,
        copyfit=tuple((made_up.numbers[page], what) for page, what in fitting.steps),
        pictures=_printed(pictures, setter),
        compositor=setter.compositor,
        paging=paging,
        is_proof=order.purpose is Purpose.PROOF,
        faults=tuple(setter.faults),
        remarks=(*setter.remarks, *short),
    )


def _set(issue: Issue, pictures: Mapping[str, Picture], setter: TextSetter) -> Parts:
    """Set every text of an issue, in reading order."""
    return Parts(
        masthead=plan_masthead(issue.masthead, setter),
        contents=plan_contents(issue, setter),
        note=_note(issue, setter),
        articles=_articles(issue, pictures, setter),
        briefs=_briefs(issue, setter),
        closing=plan_closing(issue.closing, setter),
    )


def _articles(
    issue: Issue, pictures: Mapping[str, Picture], setter: TextSetter
) -> tuple[ArticlePlan, ...]:
    last = len(issue.articles) if not issue.briefs else 0
    return tuple(
        plan_article(
            number,
            article,
            pictures,
            setter,
            opens_section=opens_section,
            is_last=number == last,
        )
        for number, (article, opens_section) in enumerate(
            zip(issue.articles, section_openings(issue), strict=False), start=1
        )
    )


def _briefs(issue: Issue, setter: TextSetter) -> tuple[BriefsPlan, ...]:
    openings = section_openings(issue)[len(issue.articles) :]
    return tuple(
        plan_briefs(number, group, setter, opens_section=opens_section)
        for number, (group, opens_section) in enumerate(
            zip(issue.briefs, openings, strict=True), start=1
        )
    )


def _paging(order: Order, layout: Layout) -> Paging:
    """Return how the pages come out: as is ordered, on even pages too where the layout says so."""
    even = order.paging.even_pages or bool(layout.amount("closing.even_page", "flag"))
    return replace(order.paging, even_pages=even)


def _note(issue: Issue, setter: TextSetter) -> Galley | None:
    space = setter.layout.lines("editors_note.space")
    texts = plan_note(issue.editors_note, setter, before=space)
    return galley(texts) if texts else None


def _kept(parts: Parts, fitting: Fitting, setter: TextSetter) -> Parts:
    """Keep what make-up changed in place of what was set; return the parts with it."""
    for text in opening_texts(parts.contents, parts.note):
        setter.replaced(text)
    for text in fitting.makeup.recast.values():
        setter.replaced(text)
    for unit in fitting.makeup.resized.values():
        keep_resized(unit, setter)
    if fitting.pitch != parts.closing.pitch:
        closing = repitched(parts.closing, fitting.pitch, setter)
        parts = parts._replace(closing=closing)
    return parts


def _anchors(parts: Parts) -> dict[int, str]:
    """Return the names that links lead to, by the key of the text that bears each."""
    anchors = {}
    for article in parts.articles:
        first = article.flow[0]
        if isinstance(first, Galley):
            anchors[first.texts[0].key] = article.anchor
    for group in parts.briefs:
        anchors[group.heading.texts[0].key] = group.anchor
    return anchors


def _printed(pictures: Mapping[str, Picture], setter: TextSetter) -> dict[str, PrintedPicture]:
    """Return the pictures as they are printed, in the widths that have been decided."""
    resolution = Resolution(
        setter.layout.count("figure.most_resolution"),
        setter.layout.count("figure.reduced_resolution"),
    )
    printed, findings = print_pictures(pictures.values(), setter.picture_widths, resolution)
    for finding in findings:
        is_error = finding.severity is Severity.ERROR
        (setter.faults if is_error else setter.remarks).append(finding)
    return printed


def spacing_of(layout: Layout) -> Spacing:
    """Return what a layout puts between characters."""
    return Spacing(
        latin_gap=layout.em("composition.latin_gap"),
        widest_latin_gap=layout.em("composition.widest_latin_gap"),
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
    besides: str = "",
) -> str:
    """Return the SHA-256 of everything that decides the bytes of an edition.

    ``besides`` is the digest of what it also depends on: the document as it was sent where the
    edition holds it, the profile of the press where it is for one.
    """
    parts = {
        "version": __version__,
        "issue": repr(issue),
        "layout": layout.digest,
        "faces": faces.digest,
        "order": asdict(order),
        "pictures": {name: picture.digest for name, picture in pictures.items()},
    }
    if besides:
        parts["besides"] = besides
    canonical = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()
