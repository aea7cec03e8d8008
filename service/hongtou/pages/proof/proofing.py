"""The pages of an edition → those of its proof."""

from __future__ import annotations

from dataclasses import replace

from hongtou.bulletin.finding import abridged
from hongtou.pages.mirroring import mirrored
from hongtou.pages.page import Pages
from hongtou.pages.proof.frames import Framing, numbered
from hongtou.pages.proof.line_numbers import numbered_lines, step_of
from hongtou.pages.proof.listing import listing
from hongtou.pages.proof.places import finding_places
from hongtou.pages.stages import Paginated


def proofed(paginated: Paginated) -> Pages:
    """Return the pages of a proof: findings framed where they stand, and all listed behind.

    Pages of an edition are left as they are, and those of which there is nothing to say.

    The pages of the issue keep their places and folios; those of the list have no folio.
    """
    plan, pages, accepted = paginated.plan, paginated.pages, paginated.accepted
    if not plan.is_proof:
        return pages
    if step := step_of(accepted):
        numbered_pages = (numbered_lines(page, plan, step) for page in pages)
        pages = replace(pages, pages=tuple(numbered_pages))
    findings = abridged(paginated.findings)
    if not findings:
        return pages
    found = numbered(findings, finding_places(plan, pages, accepted))
    framing = Framing(plan, found)
    listed = listing(plan, found, accepted.faces, len(pages) + 1)
    document = pages.structure
    whole = replace(
        pages,
        pages=listed.pages,
        structure=replace(document, parts=(*document.parts, listed.structure)),
        bookmarks=(listed.bookmark,),
        anchors={},
    )
    if plan.paging.mirrored:
        whole = mirrored(whole, plan.layout)
    return replace(
        whole,
        pages=(*map(framing.framed, pages), *whole.pages),
        bookmarks=(*pages.bookmarks, *whole.bookmarks),
        anchors=pages.anchors,
    )
