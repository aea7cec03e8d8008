"""The steps from the bytes of an issue to an edition.

    accept ─▶ plan ─▶ paginate ─▶ finish ─▶ inspect
       │                 │          │          └ produce: the inspected edition
       │                 │          └ make: the edition, for another process to inspect
       │                 └ check: all findings and the number of pages
       └ digest: the plan digest, the ETag of the edition

A step takes the product of the step before, and refuses what the next step could not handle.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from hongtou.acceptance import Accepted, Images, accept, refusal
from hongtou.bulletin.errors import EngineFault, ReviewFailed, ServiceError
from hongtou.bulletin.file_names import ascii_name, file_name
from hongtou.bulletin.finding import Finding, Severity, abridged
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import Order, Purpose
from hongtou.config import Config
from hongtou.faces import Faces, open_faces, refuse_unprintable
from hongtou.layouts import Layout, open_layouts
from hongtou.outputs import OUTPUTS, OptionValues
from hongtou.outputs.ordering import settled
from hongtou.pages.edition import Edition, Unchanged
from hongtou.pages.page import Pages
from hongtou.pages.report import DrawnLine, PageReport, drawn_lines, layout_findings, report_pages
from hongtou.paginate.markup import load_templates
from hongtou.pictures.samples import sample_pictures
from hongtou.plan import Plan, least_pages, make_plan
from hongtou.preflight import Expectation, refuse_faulty
from hongtou.rehearsal import rehearsal

NO_IMAGES: Images = {}


@dataclass(frozen=True, slots=True)
class Inspection:
    """The findings of a check, the number of pages and their reports.

    ``page_count`` is None and ``layout`` empty if the issue cannot be set.
    """

    findings: tuple[Finding, ...]
    page_count: int | None
    layout: tuple[PageReport, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """A planned issue whose parts all fit on a page."""

    accepted: Accepted
    plan: Plan


@dataclass(frozen=True, slots=True)
class Paginated:
    """An issue on its pages with all its findings; the pages may be too many."""

    accepted: Accepted
    plan: Plan
    pages: Pages
    findings: tuple[Finding, ...]
    lines: Sequence[DrawnLine]


class Typesetter:
    """The faces and layouts for setting issues, opened once, and the steps that use them."""

    def __init__(self, faces: Faces, layouts: Mapping[str, Layout], limits: Limits) -> None:
        self.faces = faces
        self.layouts = layouts
        self.limits = limits
        self._faces_by_family = faces.by_family()
        self._page_sizes = frozenset(
            (layout.mm("page.width"), layout.mm("page.height")) for layout in layouts.values()
        )

    @classmethod
    def open(cls, config: Config) -> Typesetter:
        """Open the faces and layouts of a configuration.

        Raises:
            SetupError: the installation is incomplete.
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
        """Return all findings of an issue and its number of pages, without making a file.

        Raises:
            ServiceError: as in `produce`, except ReviewFailed.
        """
        try:
            planned = self.plan(self.accept(document, order, images))
        except ReviewFailed as refused:
            return Inspection(refused.findings, None)
        paginated = self.paginate(planned)
        report = report_pages(paginated.lines, paginated.plan.copyfit)
        return Inspection(abridged(paginated.findings), len(paginated.pages), report)

    def make(
        self,
        document: bytes,
        order: Order,
        images: Images = NO_IMAGES,
        known: Collection[str] = (),
    ) -> Edition | Unchanged:
        """Return the edition of an issue without inspection, or Unchanged if it is ``known``.

        Raises:
            ServiceError: as in `produce`, except the faults of an inspection.
        """
        accepted = self.accept(document, order, images)
        if known and (digest := accepted.digest) in known:
            return Unchanged(digest)
        return self.finish(self.paginate(self.plan(accepted)))

    def produce(self, document: bytes, order: Order, images: Images = NO_IMAGES) -> Edition:
        """Return the inspected edition of an issue.

        Raises:
            UnknownOption: the order names an unknown output or option.
            MalformedDocument: the document cannot be read.
            TooLarge: the document is over a limit.
            ReviewFailed: the issue has errors or too many pages; the error carries all findings.
            EngineFault: the issue could not be set, or its file failed the inspection.
        """
        accepted = self.accept(document, order, images)
        edition = self.finish(self.paginate(self.plan(accepted)))
        self.inspect(edition.content, order.output, edition.page_count)
        return edition

    # The steps, in their order.

    def accept(self, document: bytes, order: Order, images: Images) -> Accepted:
        """Read and review an issue.

        Raises:
            ServiceError: it cannot be read, or has errors.
        """
        return accept(document, settled(order), images, self.layouts, self.faces, self.limits)

    def plan(self, accepted: Accepted) -> Planned:
        """Set all texts of an issue, and decide everything about its pages.

        Raises:
            ReviewFailed: a part fits on no page, or the pages are too many.
            SetupError: the layout prints a character that no face has.
            EngineFault: the plan could not be made.
        """
        try:
            with self._printable(accepted.layout):
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
        """Lay out the pages of an issue.

        Raises:
            SetupError: as in `plan`.
            EngineFault: the layout failed.
        """
        from hongtou.paginate.pagination import paginate  # late, as loading WeasyPrint takes long

        accepted, plan = planned.accepted, planned.plan
        with self._printable(plan.layout):
            pages = paginate(plan)
        lines = drawn_lines(pages)
        findings = (
            *self._too_many_pages(len(pages)),
            *accepted.findings,
            *plan.remarks,
            *layout_findings(lines, plan.layout, even_pages=plan.paging.even_pages),
        )
        return Paginated(accepted, plan, pages, findings, lines)

    def finish(self, paginated: Paginated) -> Edition:
        """Make the ordered file.

        Raises:
            ReviewFailed: the pages are too many.
            UnknownOption: an option does not suit this issue, such as a page beyond the last.
            EngineFault: the file could not be made.
        """
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
            copyfit=plan.copyfit,
            is_classified=issue.masthead.security is not None,
        )

    def inspect(self, content: bytes, output: str, page_count: int) -> None:
        """Check a finished file against the profile of its output.

        Raises:
            EngineFault: it breaks a rule.
        """
        expectation = Expectation(page_count, self._faces_by_family, self._page_sizes)
        refuse_faulty(content, OUTPUTS[output].profile, expectation)

    @contextmanager
    def _printable(self, layout: Layout) -> Iterator[None]:
        """Tell which text of the layout it was, where a character is in no face.

        Raises:
            SetupError: it was a text of the layout.
        """
        try:
            yield
        except LookupError:
            refuse_unprintable({layout.name: layout}, self.faces)
            raise

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
        """Load everything that an issue may need, as workers forked from here can open no file.

        Sets a rehearsal in every layout and output, then checks the ``documents``.

        Raises:
            ServiceError: a layout is faulty, or one of the documents cannot be set.
        """
        from hongtou.paginate.layout_check import refuse_faulty
        from hongtou.paginate.pagination import load_stylesheets

        refuse_faulty(self.layouts, self.faces)
        for layout in self.layouts.values():
            load_templates(layout)
            load_stylesheets(layout)
            self._rehearse(layout, sample_pictures())
        for document in documents:
            self.check(document, Order())

    def _rehearse(self, layout: Layout, pictures: Mapping[str, bytes]) -> None:
        """Set an issue that uses every field, with the default limits."""
        unbound = Typesetter(self.faces, {layout.name: layout}, Limits())
        document = rehearsal(layout.name, pictures)
        try:
            for output in OUTPUTS:
                unbound.produce(document, Order(output, Purpose.PROOF, normalize=True), pictures)
        except ReviewFailed as cause:
            codes = "、".join(sorted({finding.code for finding in cause.findings}))
            raise EngineFault(f"版式“{layout.name}”排不出样稿：{codes}") from cause
