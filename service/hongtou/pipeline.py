"""The way of an issue, step by step, from bytes to an edition.

    accept ─▶ plan ─▶ paginate ─▶ finish ─▶ inspect
       │                 │          │          └ produce: the edition, which may leave
       │                 │          └ make: the same, for another process to inspect
       │                 └ check: every finding, and the pages that the issue fills
       └ digest: by what an edition is known before it is made

A step takes the product of the one before it, and refuses what the next could not work with.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from hongtou.acceptance import Accepted, Images, accept, refusal
from hongtou.bulletin.errors import EngineFault, ReviewFailed, ServiceError
from hongtou.bulletin.file_names import ascii_name, file_name
from hongtou.bulletin.finding import Finding, Severity, abridged
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import Order, Purpose
from hongtou.config import Config
from hongtou.faces import Faces, open_faces
from hongtou.layouts import Layout, open_layouts
from hongtou.outputs import OUTPUTS, OptionValues
from hongtou.outputs.ordering import settled
from hongtou.pages.edition import Edition, Unchanged
from hongtou.pages.page import Pages
from hongtou.pages.report import DrawnLine, PageReport, drawn_lines, layout_findings, report_pages
from hongtou.paginate.markup import load_templates
from hongtou.pictures.reading import sample_pictures
from hongtou.plan import Plan, least_pages, make_plan
from hongtou.preflight import Expectation, refuse_faulty
from hongtou.rehearsal import rehearsal

NO_IMAGES: Images = {}


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a check found, how many pages the issue fills and how its lines are set.

    ``page_count`` is None and ``layout`` empty if the issue cannot be set.
    """

    findings: tuple[Finding, ...]
    page_count: int | None
    layout: tuple[PageReport, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """An issue of which every part fits on a page."""

    accepted: Accepted
    plan: Plan


@dataclass(frozen=True, slots=True)
class Paginated:
    """An issue on its pages, and all that was found on the way; they may be too many."""

    accepted: Accepted
    plan: Plan
    pages: Pages
    findings: tuple[Finding, ...]
    lines: Sequence[DrawnLine]


class Typesetter:
    """Everything that setting an issue needs, opened once: faces, layouts and the engine."""

    def __init__(self, faces: Faces, layouts: Mapping[str, Layout], limits: Limits) -> None:
        self.faces = faces
        self.layouts = layouts
        self.limits = limits
        self._families = frozenset(
            face.family for role in faces.roles for face in faces.chain(role)
        )
        self._page_sizes = frozenset(
            (layout.mm("page.width"), layout.mm("page.height")) for layout in layouts.values()
        )

    @classmethod
    def open(cls, config: Config) -> Typesetter:
        """Open the faces and layouts that a configuration names.

        Raises:
            SetupError: the installation is not whole.
        """
        return cls(
            open_faces(config.fonts_dir, config.own_fonts),
            open_layouts(config.layouts_dir),
            config.limits,
        )

    def digest(self, document: bytes, order: Order, images: Images = NO_IMAGES) -> str:
        """Return the plan digest of an issue: the ETag of its edition.

        Raises:
            ServiceError: the issue cannot be read or set, as in `produce`.
        """
        return self.accept(document, order, images).digest

    def check(self, document: bytes, order: Order, images: Images = NO_IMAGES) -> Inspection:
        """Return every finding of an issue and the pages it fills, without making a file.

        Raises:
            ServiceError: as in `produce`, but for ReviewFailed.
        """
        try:
            planned = self.plan(self.accept(document, order, images))
        except ReviewFailed as refused:
            return Inspection(refused.findings, None)
        paginated = self.paginate(planned)
        report = report_pages(paginated.lines)
        return Inspection(abridged(paginated.findings), len(paginated.pages), report)

    def make(
        self,
        document: bytes,
        order: Order,
        images: Images = NO_IMAGES,
        known: Collection[str] = (),
    ) -> Edition | Unchanged:
        """Return the file of an issue, not inspected; nothing is set whose digest is ``known``.

        Raises:
            ServiceError: as in `produce`, but for the inspection's.
        """
        accepted = self.accept(document, order, images)
        if known and (digest := accepted.digest) in known:
            return Unchanged(digest)
        return self.finish(self.paginate(self.plan(accepted)))

    def produce(self, document: bytes, order: Order, images: Images = NO_IMAGES) -> Edition:
        """Return the finished file of an issue, inspected.

        Raises:
            UnknownOption, MalformedDocument, TooLarge: it cannot be read.
            ReviewFailed: it holds errors, or fills more pages than it may; with every finding.
            EngineFault: it was not set, or its file is not as it should be.
        """
        accepted = self.accept(document, order, images)
        edition = self.finish(self.paginate(self.plan(accepted)))
        self.inspect(edition.content, order.output, edition.page_count)
        return edition

    # The steps, in their order.

    def accept(self, document: bytes, order: Order, images: Images) -> Accepted:
        """Read an issue, and find all that shows before it is set."""
        return accept(document, settled(order), images, self.layouts, self.faces, self.limits)

    def plan(self, accepted: Accepted) -> Planned:
        """Set every text of an issue, and decide everything about its pages."""
        try:
            plan = make_plan(
                accepted.issue, accepted.layout, self.faces, accepted.order, accepted.pictures
            )
        except ServiceError:
            raise
        except Exception as cause:
            raise EngineFault("排版计划未能完成") from cause
        faults = (*plan.faults, *self._too_many_pages(least_pages(plan), "至少"))
        if faults:
            raise refusal((*faults, *accepted.findings))
        return Planned(accepted, plan)

    def paginate(self, planned: Planned) -> Paginated:
        """Lay an issue out on its pages."""
        from hongtou.paginate.pagination import paginate  # loads WeasyPrint, which takes a while

        accepted, plan = planned.accepted, planned.plan
        pages = paginate(plan)
        lines = drawn_lines(pages)
        findings = (
            *self._too_many_pages(len(pages)),
            *accepted.findings,
            *plan.remarks,
            *layout_findings(lines, plan.layout),
        )
        return Paginated(accepted, plan, pages, findings, lines)

    def finish(self, paginated: Paginated) -> Edition:
        """Make the file that was ordered of an issue's pages."""
        issue, plan, pages = paginated.accepted.issue, paginated.plan, paginated.pages
        if self._too_many_pages(len(pages)):
            raise refusal(paginated.findings)
        order = paginated.accepted.order
        output = OUTPUTS[order.output]
        return Edition(
            content=output.make(plan, pages, OptionValues(order.options)),
            media_type=output.media_type,
            file_name=file_name(issue, output.extension),
            ascii_name=ascii_name(issue, output.extension),
            page_count=len(pages),
            plan_digest=plan.digest,
            findings=abridged(paginated.findings),
            lines=paginated.lines,
            is_classified=issue.masthead.security is not None,
        )

    def inspect(self, content: bytes, output: str, page_count: int) -> None:
        """Look at a finished file as a stranger's; EngineFault if it breaks a rule."""
        expectation = Expectation(page_count, self._families, self._page_sizes)
        refuse_faulty(content, OUTPUTS[output].profile, expectation)

    def _too_many_pages(self, count: int, about: str = "") -> tuple[Finding, ...]:
        if count <= self.limits.pages:
            return ()
        return (
            Finding(
                code="pages/too-many",
                severity=Severity.ERROR,
                pointer="",
                message=f"本期{about}排成 {count} 页，超过上限 {self.limits.pages} 页",
                hint="请拆成几期",
            ),
        )

    # Before the first issue.

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
