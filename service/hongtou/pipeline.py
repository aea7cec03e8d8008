"""The way of an issue, step by step, from bytes to an edition.

read_issue → review → glyph check → make_plan → paginate → write_pdf → output → Edition → preflight
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hongtou.bulletin.errors import EngineFault, ReviewFailed, ServiceError, UnknownOption
from hongtou.bulletin.file_names import ascii_name, file_name
from hongtou.bulletin.finding import GRAVITY, Finding, Severity, abridged, has_errors, printable
from hongtou.bulletin.issue import Issue
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import Order, Purpose
from hongtou.faces import Faces, glyph_findings, open_faces
from hongtou.intake import Reading, read_issue
from hongtou.layouts.layout import Layout, open_layouts
from hongtou.outputs import OUTPUTS, Output
from hongtou.pages.edition import Edition
from hongtou.pages.report import PageReport, drawn_lines, layout_findings, report_pages
from hongtou.paginate.markup import load_templates
from hongtou.pictures.reading import Picture, read_pictures, sample_pictures
from hongtou.plan import Plan, least_pages, make_plan, plan_digest, roles_of_kinds
from hongtou.preflight import Expectation, refuse_faulty
from hongtou.rehearsal import rehearsal
from hongtou.review import normalized, review

if TYPE_CHECKING:
    from hongtou.config import Config

NO_IMAGES: Mapping[str, bytes] = {}


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a check found, how many pages the issue fills and how its lines are set.

    ``page_count`` is None and ``layout`` empty if the issue cannot be set.
    """

    findings: tuple[Finding, ...]
    page_count: int | None
    layout: tuple[PageReport, ...] = ()


@dataclass(frozen=True, slots=True)
class _Draft:
    """An issue that has been read and reviewed."""

    issue: Issue | None
    layout: Layout | None
    pictures: dict[str, Picture]
    findings: tuple[Finding, ...]


class Typesetter:
    """Everything that setting an issue needs, opened once: faces, layouts and the engine."""

    def __init__(self, faces: Faces, layouts: Mapping[str, Layout], limits: Limits) -> None:
        self.faces = faces
        self.layouts = layouts
        self.limits = limits
        self._families = frozenset(
            face.family for role in faces.roles for face in faces.chain(role)
        )

    @classmethod
    def open(cls, config: Config) -> Typesetter:
        """Open the faces and layouts that a configuration names; SetupError if not whole."""
        return cls(
            open_faces(config.fonts_dir, config.own_fonts),
            open_layouts(config.layouts_dir),
            config.limits,
        )

    def prepare(self, documents: Sequence[bytes] = ()) -> None:
        """Load all that any issue may need: where this process is forked, no file can be opened.

        Every layout is rehearsed as every output, then the ``documents`` are checked.

        Raises:
            ServiceError: one of them cannot be set.
        """
        from hongtou.paginate.pagination import load_stylesheets

        for layout in self.layouts.values():
            load_templates(layout)
            load_stylesheets(layout)
            self._rehearse(layout, sample_pictures())
        for document in documents:
            self.check(document, Order())

    def _rehearse(self, layout: Layout, pictures: Mapping[str, bytes]) -> None:
        """Set an issue with one of everything, whatever limits real ones have."""
        unbound = Typesetter(self.faces, {layout.name: layout}, Limits())
        document = rehearsal(layout.name, pictures)
        try:
            for output in OUTPUTS:
                unbound.produce(document, Order(output, Purpose.PROOF, normalize=True), pictures)
        except ReviewFailed as cause:
            codes = "、".join(sorted({finding.code for finding in cause.findings}))
            raise EngineFault(f"版式“{layout.name}”排不出样稿：{codes}") from cause

    def produce(
        self, document: bytes, order: Order, images: Mapping[str, bytes] = NO_IMAGES
    ) -> Edition:
        """Return the finished file of an issue, inspected; ReviewFailed if it holds errors."""
        edition = self.make(document, order, images)
        self.inspect(edition.content, order.output, edition.page_count)
        return edition

    def make(
        self, document: bytes, order: Order, images: Mapping[str, bytes] = NO_IMAGES
    ) -> Edition:
        """Return the file of an issue, not inspected; ReviewFailed if the issue holds errors."""
        output = OUTPUTS.get(order.output)
        if output is None:
            raise UnknownOption(
                f"没有名为“{printable(order.output)}”的输出", hint=f"可选：{'、'.join(OUTPUTS)}"
            )
        draft = self._draft(document, order, images)
        plan = self._plan(draft, order)
        return self._edition(plan, draft, output)

    def inspect(self, content: bytes, output: str, page_count: int) -> None:
        """Look at a file as a stranger's; EngineFault where it is not what its output promises."""
        refuse_faulty(content, output, Expectation(page_count, self._families))

    def check(
        self, document: bytes, order: Order, images: Mapping[str, bytes] = NO_IMAGES
    ) -> Inspection:
        """Return every finding of an issue and the pages it fills, without keeping the file."""
        from hongtou.paginate.pagination import paginate

        draft = self._draft(document, order, images)
        if draft.issue is None or has_errors(draft.findings):
            return Inspection(abridged(draft.findings), None)
        plan = self._plan(draft, order)
        if plan.faults:
            return Inspection(abridged((*plan.faults, *draft.findings)), None)
        pages = paginate(plan)
        lines = drawn_lines(pages)
        findings = (
            *_too_many_pages(len(pages), self.limits.pages),
            *draft.findings,
            *plan.remarks,
            *layout_findings(lines),
        )
        return Inspection(abridged(findings), len(pages), report_pages(lines))

    def digest(self, document: bytes, order: Order, images: Mapping[str, bytes] = NO_IMAGES) -> str:
        """Return the plan digest of an issue without setting it: the ETag of its edition."""
        draft = self._draft(document, order, images)
        issue, layout = _ready(draft)
        return plan_digest(issue, layout, self.faces, order, draft.pictures)

    def _draft(self, document: bytes, order: Order, images: Mapping[str, bytes]) -> _Draft:
        reading = read_issue(document, self.limits, images.keys())
        findings = [*reading.findings, *review(reading)]
        if order.normalize and reading.issue is not None:
            reading = _normalized(reading, findings, self.limits, images)
            findings = [*reading.findings, *review(reading)]
        issue = reading.issue
        if issue is None:
            return _Draft(None, None, {}, _sorted(findings))
        layout = self.layouts.get(issue.layout)
        if layout is None:
            findings.append(self._unknown_layout(issue.layout))
            return _Draft(issue, None, {}, _sorted(findings))
        findings += glyph_findings(reading.passages, roles_of_kinds(layout), self.faces)
        pictures, faults = read_pictures(images, issue, self.limits.total_pixels)
        findings += faults
        return _Draft(issue, layout, pictures, _sorted(findings))

    def _unknown_layout(self, name: str) -> Finding:
        return Finding(
            code="layout/unknown",
            severity=Severity.ERROR,
            pointer="/layout",
            message=f"没有名为“{printable(name)}”的版式",
            hint=f"可选：{'、'.join(self.layouts)}",
        )

    def _plan(self, draft: _Draft, order: Order) -> Plan:
        issue, layout = _ready(draft)
        try:
            plan = make_plan(issue, layout, self.faces, order, draft.pictures)
        except ServiceError:
            raise
        except Exception as cause:
            raise EngineFault("排版计划未能完成") from cause
        excess = _too_many_pages(least_pages(plan), self.limits.pages, "至少")
        return replace(plan, faults=(*plan.faults, *excess))

    def _edition(self, plan: Plan, draft: _Draft, output: Output) -> Edition:
        from hongtou.paginate.pagination import paginate  # loads WeasyPrint, which takes a while
        from hongtou.pdf.document import write_pdf

        issue, _ = _ready(draft)
        if plan.faults:
            raise _refusal(plan.faults)
        pages = paginate(plan)
        excess = _too_many_pages(len(pages), self.limits.pages)
        if excess:
            raise _refusal(excess)
        lines = drawn_lines(pages)
        content = output.finish(write_pdf(plan, pages))
        return Edition(
            content=content,
            media_type=output.media_type,
            file_name=file_name(issue, output.extension),
            ascii_name=ascii_name(issue, output.extension),
            page_count=len(pages),
            plan_digest=plan.digest,
            findings=abridged((*draft.findings, *plan.remarks, *layout_findings(lines))),
            layout=report_pages(lines),
            is_classified=issue.masthead.security is not None,
        )


def _ready(draft: _Draft) -> tuple[Issue, Layout]:
    if draft.issue is None or draft.layout is None or has_errors(draft.findings):
        raise _refusal(draft.findings)
    return draft.issue, draft.layout


def _too_many_pages(count: int, most: int, about: str = "") -> tuple[Finding, ...]:
    if count <= most:
        return ()
    return (
        Finding(
            code="pages/too-many",
            severity=Severity.ERROR,
            pointer="",
            message=f"本期{about}排成 {count} 页，超过上限 {most} 页",
            hint="请拆成几期",
        ),
    )


def _refusal(findings: tuple[Finding, ...]) -> ReviewFailed:
    count = sum(finding.severity is Severity.ERROR for finding in findings)
    return ReviewFailed(
        f"本期稿件有 {count} 处错误，未排版",
        hint="请按提示逐条修改后重试",
        findings=abridged(findings),
    )


def _normalized(
    reading: Reading, findings: list[Finding], limits: Limits, images: Mapping[str, bytes]
) -> Reading:
    import json

    changed = normalized(reading.document, findings)
    document = json.dumps(changed, ensure_ascii=False, separators=(",", ":"))  # no longer than sent
    return read_issue(document.encode(), limits, images.keys())


def _sorted(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: GRAVITY[finding.severity]))
