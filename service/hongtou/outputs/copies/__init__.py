"""Numbered copies (份号) of an issue, for those who print as many as are numbered."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from hongtou.bulletin.errors import UnknownOption
from hongtou.bulletin.file_names import numbered_name
from hongtou.bulletin.issue import Issue
from hongtou.bulletin.limits import MIB
from hongtou.bulletin.recipient import Share
from hongtou.bulletin.sizes import shown_size
from hongtou.outputs.copies.distribution import COUNT, FIRST, distributed
from hongtou.outputs.copies.remarks import on_copies, other_first_number
from hongtou.outputs.inking import (
    BLACK_ONLY,
    COLOURS,
    INKS,
    TEXT,
    has_plates,
    inked_medium,
    inked_pages,
)
from hongtou.outputs.option import Choice, OptionValues
from hongtou.outputs.output import FileKind, Output
from hongtou.outputs.paging import PAGING
from hongtou.preflight.profiles import COPIES_PDF, COPIES_PRESS_PDF

if TYPE_CHECKING:
    from hongtou.outputs.commission import Commission

MOST_BYTES = 48 * MIB  # of a zip: a worker writes no file over 64 MiB

TO = Choice(
    name="to",
    title="怎样分文件",
    default="one",
    values={"one": "都在一个文件里", "zip": "每个领受单位一个文件，装在一个 zip 里"},
    marks={"zip": "按单位"},
)


def numbered_copies(commission: Commission) -> bytes:
    """Return the PDF of all copies, or the zip of a PDF for each recipient.

    Raises:
        UnknownOption: they are too many, or there are no recipients.
    """
    everybody = distributed(commission)
    if commission.options[TO] == "one":
        return _copies_pdf(commission, everybody)
    if not commission.accepted.issue.closing.recipients:
        raise UnknownOption(
            "没有写份号领受单位，分不成几个文件",
            hint="请在报尾填写份号领受单位（recipients），或把各份放在一个文件里（to=one）",
        )
    return _zip(commission, everybody)


def _zip(commission: Commission, everybody: Sequence[Share]) -> bytes:
    """Return the zip of a PDF for each share, and of one for what is nobody's.

    Raises:
        UnknownOption: it would be too large.
    """
    from hongtou.zip_package import packed

    files: dict[str, bytes] = {}
    for share in everybody:
        name = numbered_name(share.numbers, share.name, "pdf")
        files[name] = _copies_pdf(commission, [share], name)
        if sum(map(len, files.values())) > MOST_BYTES:
            raise UnknownOption(
                f"分成 {len(everybody)} 个文件，合起来超过 {shown_size(MOST_BYTES)}",
                hint="请把各份放在一个文件里（to=one），那里各份共用页面",
            )
    return packed(files, min(files), zipfile.ZIP_STORED)


def _copies_pdf(commission: Commission, everybody: Sequence[Share], name: str = "") -> bytes:
    """Return the PDF of what these recipients get; its ``name`` tells it from that of others."""
    from hongtou.pages.numbering import numbered, without_number
    from hongtou.pdf.document import write_pdf  # late, as a check makes no file

    plan = commission.plan
    pages, place = without_number(plan, commission.pages)
    shared = inked_pages(replace(commission, pages=pages))
    if commission.options[COLOURS] == BLACK_ONLY:  # no number is pre-printed, whatever its colour
        place = replace(place, text=place.text._replace(colour=TEXT))
    copies = tuple(
        copy for share in everybody for copy in numbered(plan, place, share.numbers, share.name)
    )
    if name:
        plan = replace(plan, digest=sha256(f"{plan.digest} {name}".encode()).hexdigest())
    return write_pdf(plan, shared, replace(inked_medium(commission), copies=copies))


def with_first_number(issue: Issue, options: OptionValues) -> Issue:
    """Return an issue with the number of its first copy, in whose place all others stand."""
    return replace(issue, masthead=replace(issue.masthead, copy_number=options[FIRST]))


COPIES = Output(
    name="copies",
    title="编号（每份有自己的份号）",
    media_type="application/pdf",
    extension="pdf",
    mark="编号",
    other_kinds={"zip": FileKind("application/zip", "zip")},
    options=(FIRST, COUNT, TO, COLOURS, *PAGING),
    for_press=has_plates,
    ordered=with_first_number,
    overruled=other_first_number,
    remarks=on_copies,
    profile=COPIES_PDF,
    other_profiles=dict.fromkeys(INKS.values, COPIES_PRESS_PDF),
    make=numbered_copies,
)
