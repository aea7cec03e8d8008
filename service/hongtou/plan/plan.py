"""Issue + layout + faces + order → Plan."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from hongtou import __version__
from hongtou.bulletin.finding import Finding, Severity
from hongtou.bulletin.issue import Issue
from hongtou.bulletin.numerals import issue_line
from hongtou.bulletin.order import Order, Purpose
from hongtou.compose.compositor import Compositor
from hongtou.compose.spacing import Spacing
from hongtou.layouts import Layout
from hongtou.pictures.printing import PrintedPicture, Resolution, print_pictures
from hongtou.pictures.reading import Picture
from hongtou.plan.articles import (
    ArticlePlan,
    BriefsPlan,
    plan_article,
    plan_briefs,
    plan_note,
)
from hongtou.plan.closing import ClosingPlan, plan_closing
from hongtou.plan.contents import ContentsPlan, plan_contents
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
    briefs: BriefsPlan | None
    closing: ClosingPlan
    texts: tuple[SetText, ...]
    galleys: tuple[Galley, ...]
    pictures: Mapping[str, PrintedPicture]
    compositor: Compositor
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
        title=f"{''.join(masthead.nameplate)} {issue_line(masthead)}",
        author=masthead.issuing_body,
        issue_date=masthead.issue_date,
        masthead=plan_masthead(masthead, setter),
        contents=plan_contents(issue, setter),
        note=_note(issue, setter, galleys),
        articles=tuple(
            plan_article(number, article, pictures, setter, galleys)
            for number, article in enumerate(issue.articles, start=1)
        ),
        briefs=(
            plan_briefs(issue.briefs, setter, galleys)
            if issue.briefs is not None and issue.briefs.items
            else None
        ),
        closing=plan_closing(issue.closing, setter),
        texts=tuple(setter.texts),
        galleys=tuple(galleys.galleys),
        pictures=_printed(pictures, setter),
        compositor=compositor,
        is_proof=order.purpose is Purpose.PROOF,
        faults=tuple(setter.faults),
        remarks=tuple(setter.remarks),
    )


def _note(issue: Issue, setter: TextSetter, galleys: Galleys) -> Galley | None:
    space = setter.layout.lines("editors_note.space")
    texts = plan_note(issue.editors_note, setter, before=space)
    return galleys.galley(texts) if texts else None


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
