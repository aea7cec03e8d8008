"""The steps from the bytes of an issue to an edition.

    accept ─▶ plan ─▶ paginate ─▶ finish ─▶ inspect
       │                 │          │          ├ produce: the inspected edition
       │                 │          │          └ preflight: a check, and what is wrong with the file
       │                 │          └ make: the edition, for another process to inspect
       │                 ├ check: all findings and the number of pages
       │                 └ preview: pages in view as pictures, and where every text stands
       └ digest: the plan digest, the ETag of the edition

A step takes the product of the step before, and refuses what the next step could not handle.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from hongtou.acceptance import NO_IMAGES, Accepted, Images, accept, refusal
from hongtou.bulletin.errors import EngineFault, ReviewFailed, ServiceError
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import Order
from hongtou.bulletin.preview_wish import PreviewWish
from hongtou.compose.line_memory import LineMemory
from hongtou.config import Config
from hongtou.faces import Faces, open_faces, printable
from hongtou.layouts import Layout, open_layouts
from hongtou.outputs import OUTPUTS, OptionValues
from hongtou.outputs.commission import Commission
from hongtou.outputs.ordering import settled
from hongtou.outputs.view import draw_view
from hongtou.pages.edition import Edition, Unchanged
from hongtou.pages.inspection import Inspection
from hongtou.pages.page import Pages
from hongtou.pages.preview import Preview
from hongtou.pages.proof.proofing import proofed
from hongtou.pages.report import drawn_lines, last_page_lines, layout_findings
from hongtou.pages.stages import Paginated, Planned
from hongtou.pictures.condition import PrintingCondition, open_condition, usual_condition
from hongtou.pictures.samples import sample_pictures
from hongtou.plan import least_pages, make_plan, too_many_pages
from hongtou.plan.structure import document_structure
from hongtou.preflight import Expectation, faulty, refuse_faulty
from hongtou.rehearsal import rehearse


class Typesetter:
    """The faces and layouts for setting issues, opened once, and the steps that use them."""

    def __init__(
        self,
        faces: Faces,
        layouts: Mapping[str, Layout],
        limits: Limits,
        condition: PrintingCondition | None = None,
    ) -> None:
        self.faces = faces
        self.layouts = layouts
        self.limits = limits
        self._memory = LineMemory()  # of previews: their issues are the same but for a word
        self._condition = condition or usual_condition()
        self._faces_by_family = faces.by_family()

    @classmethod
    def open(cls, config: Config) -> Typesetter:
        """Open the faces and layouts of a configuration.

        Raises:
            SetupError: the installation is incomplete.
        """
        layouts = open_layouts(config.layouts_dir)
        most_ink = min(layout.amount("press.most_ink", "percent") for layout in layouts.values())
        return cls(
            open_faces(config.fonts_dir, config.own_fonts),
            layouts,
            config.limits,
            open_condition(config.press_profile, config.press_condition, most_ink),
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
            paginated = self.paginate(self.plan(self.accept(document, order, images)))
        except ReviewFailed as refused:
            return Inspection(refused.findings, None)
        return paginated.inspection.telling_faults()

    def preview(
        self, document: bytes, order: Order, wish: PreviewWish, images: Images = NO_IMAGES
    ) -> Preview:
        """Return the wished pages of an issue as pictures, and where every text stands.

        Raises:
            ServiceError: as in `produce`, except ReviewFailed.
        """
        try:
            paginated = self.paginate(self.plan(self.accept(document, order, images), self._memory))
        except ReviewFailed as refused:
            return Preview(findings=refused.findings)
        found = paginated.inspection.telling_faults()
        return Preview(
            findings=found.findings,
            page_count=found.page_count,
            view=draw_view(paginated.plan, paginated.pages, wish, paginated.accepted.corrections),
            last_page_lines=last_page_lines(paginated.lines)[1],
            layout=found.layout,
        )

    def make(
        self, document: bytes, order: Order, images: Images = NO_IMAGES, known: Collection[str] = ()
    ) -> Edition | Unchanged:
        """Return the edition of an issue without inspection, or Unchanged if it is ``known``.

        Raises:
            ServiceError: as in `produce`, except the faults of an inspection.
        """
        accepted = self.accept(document, order, images)
        if known and (digest := accepted.digest) in known:
            return Unchanged(digest)
        return self.finish(self.paginate(self.plan(accepted)))

    def preflight(self, document: bytes, order: Order, images: Images = NO_IMAGES) -> Inspection:
        """Return what `check` does, and the faults of the file that would be delivered.

        Raises:
            ServiceError: as in `make`, except ReviewFailed.
        """
        found, content = self.draft(document, order, images)
        if content is None or found.page_count is None:
            return found
        try:
            self.inspect(content, order, found.page_count)
        except EngineFault as refused:
            return replace(found, faults=refused.findings)
        return replace(found, faults=())

    def draft(
        self, document: bytes, order: Order, images: Images = NO_IMAGES
    ) -> tuple[Inspection, bytes | None]:
        """Return what a check finds, and the file for an inspection; None where no file is made."""
        try:
            paginated = self.paginate(self.plan(self.accept(document, order, images)))
            if paginated.faults:
                return paginated.inspection, None
            edition = self.finish(paginated)
        except ReviewFailed as refused:
            return Inspection(refused.findings, None), None
        return edition.inspection, edition.content

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
        self.inspect(edition.content, order, edition.page_count)
        return edition

    def accept(self, document: bytes, order: Order, images: Images) -> Accepted:
        """Read and review an issue.

        Raises:
            ServiceError: it cannot be read, or has errors.
        """
        order = settled(order)
        output = OUTPUTS[order.output]
        besides = output.besides(document, self._condition.digest, order)
        accepted = accept(document, order, images, self.layouts, self.faces, self.limits, besides)
        if unfit := tuple(output.unfit(accepted)):
            raise refusal((*unfit, *accepted.findings))
        options = OptionValues(order.options)
        return replace(
            accepted,
            issue=output.ordered(accepted.issue, options),
            findings=(*accepted.findings, *output.overruled(accepted.issue, options)),
        )

    def plan(self, accepted: Accepted, memory: LineMemory | None = None) -> Planned:
        """Set all texts but those that ``memory`` has, and decide everything about the pages.

        Raises:
            ReviewFailed: a part fits on no page, or the pages are too many.
            SetupError: the layout prints a character that no face has.
            EngineFault: the plan could not be made.
        """
        issue, layout, pictures = accepted.issue, accepted.layout, accepted.pictures
        try:
            with printable(layout, self.faces):
                plan = make_plan(
                    issue, layout, self.faces, accepted.order, pictures, memory, accepted.besides
                )
        except ServiceError:
            raise
        except Exception as cause:
            raise EngineFault("排版计划未能完成") from cause
        faults = (*plan.faults, *too_many_pages(least_pages(plan), self.limits.pages, "至少"))
        if faults:
            raise refusal((*faults, *accepted.findings))
        return Planned(accepted, plan)

    def paginate(self, planned: Planned) -> Paginated:
        """Lay out the pages of an issue, if its output has any.

        Raises:
            SetupError: as in `plan`.
            EngineFault: the layout failed.
        """
        from hongtou.paginate.pagination import paginate  # late, as loading WeasyPrint takes long

        accepted, plan = planned.accepted, planned.plan
        output = OUTPUTS[accepted.order.output]
        if not output.has_pages:
            pages = Pages((), document_structure(plan), (), {})
            return Paginated(accepted, plan, pages, (*accepted.findings, *plan.remarks), (), ())
        with printable(plan.layout, self.faces):
            pages = paginate(plan)
        lines, commission = drawn_lines(pages), Commission(accepted, plan, pages, self._condition)
        findings = (
            *too_many_pages(len(pages), self.limits.pages),
            *accepted.findings,
            *plan.remarks,
            *layout_findings(lines, plan.layout, pages.pictured, even_pages=plan.paging.even_pages),
            *output.remarks(commission),
        )
        return Paginated(accepted, plan, pages, findings, lines, output.misplaced(commission))

    def finish(self, paginated: Paginated) -> Edition:
        """Make the ordered file.

        Raises:
            ReviewFailed: the pages are too many.
            UnknownOption: an option does not suit this issue, such as a page beyond the last.
            EngineFault: the pages break a rule of the preflight, or the file could not be made.
        """
        accepted, order = paginated.accepted, paginated.accepted.order
        if too_many_pages(len(paginated.pages), self.limits.pages):
            raise refusal(paginated.findings)
        if paginated.faults:
            raise faulty(paginated.faults)
        output, plan, findings = OUTPUTS[order.output], paginated.plan, paginated.findings
        if output.shows_findings:
            paginated = replace(paginated, pages=proofed(paginated))
        return Edition.of(
            paginated,
            output.make(Commission(accepted, plan, paginated.pages, self._condition, findings)),
            media_type=output.kind(order).media_type,
            file_name=output.file_name(accepted.issue, order),
            ascii_name=output.ascii_name(accepted.issue, order),
        )

    def inspect(self, content: bytes, order: Order, page_count: int) -> None:
        """Check a finished file against the profile of the ordered output.

        Raises:
            EngineFault: it breaks a rule.
        """
        expectation = Expectation.of(
            order, page_count, self._faces_by_family, self.layouts.values()
        )
        refuse_faulty(content, OUTPUTS[order.output].profile_of(order), expectation)

    def prepare(self, documents: Sequence[bytes] = ()) -> None:
        """Load everything that an issue may need, as workers forked from here can open no file.

        Sets a rehearsal in every output and every layout, then checks the ``documents``.

        Raises:
            ServiceError: a layout is faulty, or one of the documents cannot be set.
        """
        from hongtou.importing.rehearsal import rehearse_imports
        from hongtou.paginate.layout_check import refuse_faulty
        from hongtou.paginate.pagination import load_layout

        refuse_faulty(self.layouts, self.faces)
        rehearse_imports()
        for at, layout in enumerate(self.layouts.values()):
            load_layout(layout)
            wanted = [one.name for one in OUTPUTS.values() if at == 0 or one.keeps_layouts]
            unbound = Typesetter(self.faces, {layout.name: layout}, Limits(), self._condition)
            rehearse(unbound.produce, layout.name, sample_pictures(), wanted)
        for document in documents:
            self.check(document, Order())
