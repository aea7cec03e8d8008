"""The PDF for the archive, with the issue as it was sent inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from hongtou.bulletin.finding import Finding
from hongtou.bulletin.issue import Masthead
from hongtou.bulletin.numerals import copy_number, full_name, issue_line
from hongtou.outputs.enclosing import enclosures_of, unfit_names
from hongtou.outputs.option import Choice, OptionValues
from hongtou.outputs.output import Output
from hongtou.outputs.paging import PAGING
from hongtou.preflight.archival import DEFAULT_PART
from hongtou.preflight.profiles import ARCHIVAL_PDF

if TYPE_CHECKING:
    from hongtou.acceptance import Accepted
    from hongtou.outputs.commission import Commission
    from hongtou.pdf.archival import Fact

PART = Choice(
    name="part",
    title="归档格式",
    default=DEFAULT_PART,
    values={
        "3a": "PDF/A-3a（内附稿件）",
        "2a": "PDF/A-2a（不带附件）",
        "4f": "PDF/A-4f（PDF 2.0，内附稿件）",
    },
    marks={"2a": "A-2a", "4f": "A-4f"},
)


def archival_pdf(commission: Commission) -> bytes:
    """Return the PDF of an issue for the archive."""
    from hongtou.pdf.archival import PARTS, archival_medium  # late, as a check makes no file
    from hongtou.pdf.document import write_pdf

    plan = commission.plan
    facts = (*_facts(commission.accepted.issue.masthead), _digest(plan.digest))
    medium = archival_medium(
        plan.layout, PARTS[commission.options[PART]], facts, tuple(enclosures_of(commission))
    )
    return write_pdf(plan, commission.pages, medium)


def _facts(masthead: Masthead) -> Iterator[Fact]:
    """Yield what an archive asks of a document, as far as an issue says it.

    The properties follow the elements of GB/T 33480-2016 that a bulletin has.
    """
    from hongtou.pdf.archival import Fact

    yield Fact("nameplate", "Name of the bulletin", full_name(masthead))
    yield Fact("issueNumber", "Number of the issue as printed", issue_line(masthead))
    yield Fact("issuingBody", "Who issues it", "、".join(masthead.issuing_bodies))
    yield Fact("issueDate", "Date of issue", masthead.issue_date.isoformat())
    if masthead.total_number is not None:
        total = str(masthead.total_number)
        yield Fact("totalNumber", "Number of the issue since the first", total)
    if masthead.security:
        yield Fact("securityClass", "Security class", masthead.security.name)
        if masthead.security.term:
            yield Fact("securityTerm", "Term of the security class", masthead.security.term)
    if masthead.copy_number is not None:
        yield Fact("copyNumber", "Number of this copy", copy_number(masthead.copy_number))
    if masthead.urgency:
        yield Fact("urgency", "Urgency", masthead.urgency)


def _digest(plan_digest: str) -> Fact:
    from hongtou.pdf.archival import Fact

    return Fact("planDigest", "SHA-256 of all that decides the pages", plan_digest)


def _unfit(accepted: Accepted) -> Iterable[Finding]:
    """Return what keeps an issue out of the ordered part, of which one carries nothing."""
    from hongtou.pdf.archival import PARTS

    options = OptionValues(accepted.order.options)
    return unfit_names(accepted) if PARTS[options[PART]].may_enclose else ()


ARCHIVE = Output(
    name="archive",
    title="归档用 PDF/A（内附稿件）",
    media_type="application/pdf",
    extension="pdf",
    mark="归档",
    options=(PART, *PAGING),
    encloses=True,
    unfit=_unfit,
    profile=ARCHIVAL_PDF,
    make=archival_pdf,
)
