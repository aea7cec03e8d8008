"""What holds of every issue that is valid, set by the real renderer.

A long run: ``pytest tests/test_any_issue.py --cases 1000``.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hongtou.bulletin.errors import ReviewFailed
from hongtou.bulletin.order import COPYFIT, EVEN_PAGES, MARGINS, MIRROR, OFF, Order
from hongtou.intake import read_issue
from hongtou.pages.edition import Edition
from hongtou.pages.page import Pages
from hongtou.pages.report import drawn_lines
from hongtou.paginate.pagination import paginate
from hongtou.pictures.reading import read_pictures
from hongtou.plan import least_pages, make_plan
from tests.support.any_issue import PICTURE, issues
from tests.support.clearance import assert_clear
from tests.support.hostile import saved
from tests.support.printed import first_difference, in_reading_order, packed, patterns
from tests.support.readers import mupdf_text, pdfium_text, without_folios
from tests.support.shop import faces, layouts, typesetter

pytestmark = pytest.mark.long

READERS = {"mupdf": mupdf_text, "pdfium": pdfium_text}
TOO_TALL = {"closing/too-tall", "table/row-too-tall"}  # all that may be said against them
LINE_END_HYPHEN = "\ufffe"  # in PDFium a hyphen at the end of a line, instead of it and the break
PICTURES = {PICTURE: saved()}
LONG = settings.get_current_profile_name() == "cases"  # asked for by --cases
PATIENT = settings(
    max_examples=settings().max_examples if LONG else 30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
)


# However pages may be ordered: even ones, margins mirrored, without changes for a short last page.
ORDERS = st.sets(st.sampled_from([(COPYFIT, OFF), (EVEN_PAGES, True), (MARGINS, MIRROR)])).map(
    lambda chosen: Order(options=tuple(sorted(chosen)))
)


def edition_of(issue: dict[str, Any], order: Order) -> tuple[Edition, Pages] | None:
    """Return the edition of an issue and its pages; None where some of it fits on no page."""
    maker = typesetter()
    try:
        paginated = maker.paginate(
            maker.plan(maker.accept(json.dumps(issue).encode(), order, PICTURES))
        )
        edition = maker.finish(paginated)
    except ReviewFailed as failure:
        assert {fault.code for fault in failure.findings if fault.severity == "error"} <= TOO_TALL
        return None
    maker.inspect(edition.content, order, edition.page_count)
    return edition, paginated.pages


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any") / "issue.pdf"


@PATIENT
@given(issue=issues(), order=ORDERS)
def test_what_is_read_is_what_was_sent_and_the_file_is_sound(
    file: Path, issue: dict[str, Any], order: Order
) -> None:
    found = edition_of(issue, order)
    if found is None:
        return
    made, pages = found
    wanted = patterns(issue)
    for name, reader in READERS.items():
        text = packed(without_folios(reader(made.content).replace(LINE_END_HYPHEN, "-\n")))
        difference = first_difference(wanted, in_reading_order(text, pages))
        assert not difference, f"{name}: {difference}"
    file.write_bytes(made.content)
    check = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, text=True)
    assert check.returncode == 0, check.stdout + check.stderr


@PATIENT
@given(issue=issues(), order=ORDERS)
def test_nothing_stands_over_anything_else_or_beyond_the_type_area(
    issue: dict[str, Any], order: Order
) -> None:
    read = read_issue(json.dumps(issue).encode(), images=PICTURES).issue
    assert read is not None
    pictures, _ = read_pictures(PICTURES, read)
    plan = make_plan(read, layouts()[read.layout], faces(), order, pictures)
    if not plan.faults:
        pages = paginate(plan)
        assert 0 < least_pages(plan) <= len(pages)
        assert len(pages) % 2 == 0 or not order.paging.even_pages
        turns = {page.number: one.turn for page in pages for one in page.texts if one.turn}
        assert_clear(drawn_lines(pages), is_mirrored=order.paging.mirrored, turns=turns)
