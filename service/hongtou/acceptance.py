"""A document → an issue that can be set, or every reason why it cannot.

All that shows before a text is set: the document's shape, the review of its texts, the layout it
asks for, characters that no face has, its pictures.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hongtou.bulletin.corrections import Corrections
from hongtou.bulletin.errors import ReviewFailed
from hongtou.bulletin.finding import GRAVITY, Finding, Severity, abridged, has_errors, printable
from hongtou.bulletin.issue import Issue
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import Order
from hongtou.faces import COMMON_HAN, Faces, glyph_findings, missing_characters
from hongtou.intake import JsonValue, Reading, read_issue
from hongtou.layouts import Layout
from hongtou.pictures.reading import Picture, figures_of, read_pictures
from hongtou.plan import make_plan, plan_digest, roles_of_kinds
from hongtou.review import normalized, review, safe_changes

Images = Mapping[str, bytes]
NO_IMAGES: Images = {}
ORDINARY_PIXELS = (1500, 1000)  # of a picture whose own size is not known
MAX_PASSES = 3  # of corrections: one may bring to light another, as a vertical comma does a space


@dataclass(frozen=True, slots=True)
class Accepted:
    """An issue without errors, what was found in it, and what it is to be set with.

    ``document`` and ``images`` are as they were sent; ``besides`` is the digest of what else the
    bytes of the edition depend on.
    """

    issue: Issue
    layout: Layout
    faces: Faces
    pictures: Mapping[str, Picture]
    order: Order
    findings: tuple[Finding, ...]
    corrections: Corrections
    document: bytes
    images: Images
    besides: str

    @property
    def digest(self) -> str:
        """Return the plan digest: by what the edition is known before it is made."""
        return plan_digest(
            self.issue, self.layout, self.faces, self.order, self.pictures, self.besides
        )


def accept(
    document: bytes,
    order: Order,
    images: Images,
    layouts: Mapping[str, Layout],
    faces: Faces,
    limits: Limits,
    besides: str = "",
) -> Accepted:
    """Return the issue of a document; ``besides`` is what else decides the bytes of its edition.

    Raises:
        MalformedDocument, TooLarge: it cannot be read.
        ReviewFailed: it holds errors; with every finding.
    """
    reading, findings, corrections = _read(document, order, images, limits)
    issue = reading.issue
    if issue is None:
        rest = _faults_of_the_rest(reading, images, layouts, faces, limits)
        raise refusal(corrections.located([*findings, *rest]))
    layout = layouts.get(issue.layout)
    if layout is None:
        findings = [*findings, _unknown_layout(issue.layout, layouts)]
    known = layout or next(iter(layouts.values()))
    missing = glyph_findings(reading.passages, roles_of_kinds(known), faces)
    pictures, faults = read_pictures(images, issue, limits.total_pixels)
    findings = [*findings, *missing, *faults]
    if layout is None or has_errors(findings):
        unset = _faults_of_setting(reading, pictures, known, faces, limits)
        raise refusal(corrections.located([*findings, *unset]))
    found = _gravest_first(corrections.located(findings))
    return Accepted(
        issue, layout, faces, pictures, order, found, corrections, document, images, besides
    )


def refusal(findings: Iterable[Finding]) -> ReviewFailed:
    """Return the error that tells of the findings for which an issue is not set."""
    told = _gravest_first(findings)
    count = sum(finding.severity is Severity.ERROR for finding in told)
    return ReviewFailed(
        f"本期稿件有 {count} 处错误，未排版",
        hint="请按提示逐条修改后重试",
        findings=abridged(told),
    )


def _read(
    document: bytes, order: Order, images: Images, limits: Limits
) -> tuple[Reading, Sequence[Finding], Corrections]:
    """Return what an issue says and what is to be said of it, corrected first if so ordered."""
    corrections = Corrections()
    reading, findings = _reviewed(document, images, limits)
    passes = MAX_PASSES if order.normalize and reading.issue else 0
    while passes and (changes := safe_changes(findings)):
        corrected = json.dumps(
            normalized(reading.document, findings),
            ensure_ascii=False,
            separators=(",", ":"),  # no longer than what was sent
        )
        corrections = corrections.then(changes)
        reading, findings = _reviewed(corrected.encode(), images, limits)
        passes -= 1
    return reading, findings, corrections


def _reviewed(document: bytes, images: Images, limits: Limits) -> tuple[Reading, Sequence[Finding]]:
    reading = read_issue(document, limits, images.keys())
    return reading, [*reading.findings, *review(reading)]


def _faults_of_the_rest(
    reading: Reading,
    images: Images,
    layouts: Mapping[str, Layout],
    faces: Faces,
    limits: Limits,
) -> list[Finding]:
    """Return what else keeps a faulty document from being set: characters, pictures, sizes."""
    if reading.rest is None:
        return []
    rest = _read_again(reading.rest.document, images, limits)
    if rest.issue is None:
        return []
    layout = layouts.get(rest.issue.layout)
    unknown = [] if layout else [_unknown_layout(rest.issue.layout, layouts)]
    known = layout or next(iter(layouts.values()))
    passages = [*rest.passages, *reading.rest.taken_out]
    missing = glyph_findings(passages, roles_of_kinds(known), faces)
    pictures, faults = read_pictures(images, rest.issue, limits.total_pixels)
    unset = _faults_of_setting(rest, pictures, known, faces, limits)
    found = [*unknown, *missing, *faults, *unset]
    return [finding for finding in found if finding.severity is Severity.ERROR]


def _faults_of_setting(
    reading: Reading,
    pictures: Mapping[str, Picture],
    layout: Layout,
    faces: Faces,
    limits: Limits,
) -> Sequence[Finding]:
    """Return what fits on no page of an issue that has other faults.

    A character without a glyph counts as one that all faces have, a picture that cannot be used as
    one of an ordinary size.
    """
    missing = missing_characters(reading.passages, roles_of_kinds(layout), faces)
    legible = {ord(char): COMMON_HAN for char in missing}
    document = json.dumps(reading.document, ensure_ascii=False).translate(legible)
    figures = figures_of(reading.issue) if reading.issue else ()
    names = {figure.image.translate(legible) for figure in figures}
    again = _read_again(json.loads(document), dict.fromkeys(names, b""), limits)
    if again.issue is None or not (again.issue.articles or again.issue.briefs):
        return ()
    usable = {name: Picture(name, b"", "PNG", *ORDINARY_PIXELS) for name in names}
    usable |= {name.translate(legible): picture for name, picture in pictures.items()}
    try:
        return make_plan(again.issue, layout, faces, Order(), usable).faults
    except Exception:  # what was found is told all the same; a fault of ours shows without it
        return ()


def _read_again(document: JsonValue, images: Images, limits: Limits) -> Reading:
    return read_issue(json.dumps(document).encode(), limits, images.keys())


def _unknown_layout(name: str, layouts: Mapping[str, Layout]) -> Finding:
    return Finding(
        code="layout/unknown",
        severity=Severity.ERROR,
        pointer="/layout",
        message=f"没有名为“{printable(name)}”的版式",
        hint=f"可选：{'、'.join(layouts)}",
    )


def _gravest_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: GRAVITY[finding.severity]))
