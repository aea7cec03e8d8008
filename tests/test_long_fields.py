"""Fields as long as the contract lets them be: nothing is printed over anything, or off the page."""

from __future__ import annotations

import io
from typing import Any

import pdfplumber
import pytest
from PIL import Image

from hongtou.bulletin.closing_block import ClosingBlock
from hongtou.bulletin.errors import ReviewFailed
from hongtou.bulletin.issue import Contents, Security
from hongtou.bulletin.order import Order
from hongtou.pipeline import Typesetter
from tests.support import issues, shop
from tests.support.clearance import MM_PER_PT, assert_clear
from tests.support.documents import article, document, encoded
from tests.support.hostile import saved
from tests.support.printed import packed
from tests.support.reading import render


def han(count: int) -> str:
    return ("城乡环境综合整治工作有序推进" * 40)[:count]


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return shop.typesetter()


MASTHEADS: dict[str, dict[str, Any]] = {
    "a term beside the copy number": {"security": Security("秘密", han(60)), "copy_number": 1},
    "two issuing bodies beside the date": {"issuing_bodies": (han(45),)},
    "a notice on lines of its own": {"notice": han(90), "copy_number": 1},
    "everything": {
        "security": Security("绝密", han(60)),
        "urgency": "特急",
        "notice": han(60),
        "issuing_bodies": (han(60), han(20), han(50)),
        "overline": han(40),
        "year": 2026,
        "issue_label": han(20),
        "copy_number": 123_456,
        "nameplate": (han(15), han(15)),
    },
    "a name of squeezed marks": {"nameplate": ("二fi ffl‧【公告】（试行）",)},
    "words that cannot be broken": {"notice": "a" * 200, "issuing_bodies": ("b" * 90,)},
}


@pytest.mark.parametrize("fields", MASTHEADS.values(), ids=MASTHEADS.keys())
def test_a_masthead_makes_room_for_what_it_holds(fields: dict[str, Any]) -> None:
    wanted = Contents(show=True, heading=han(40))
    assert_clear(
        render(
            issues.issue(*issues.paragraphs(2), masthead=issues.masthead(**fields), contents=wanted)
        ).lines
    )


def test_a_closing_block_makes_room_for_what_it_holds() -> None:
    closing = ClosingBlock(
        report_to=han(120),
        issue_to=han(60),
        imprint_body=han(80),
        imprint_date=issues.DAY,
        print_run=120,
        editors=tuple(han(9) for _ in range(8)),
        contact=(han(40), han(40)),
        labels=(("contact", han(6)), ("editors", han(6))),
    )
    assert_clear(render(issues.issue(*issues.paragraphs(2), closing=closing)).lines)


def test_a_closing_block_taller_than_a_page_is_set_closer() -> None:
    every = ("report_to", "send_to", "issue_to", "imprint_body")
    closing = ClosingBlock(imprint_date=issues.DAY, **dict.fromkeys(every, han(160)))
    assert_clear(render(issues.issue(*issues.paragraphs(1), closing=closing)).lines)


@pytest.mark.slow
def test_cells_and_captions_make_room_for_what_they_hold() -> None:
    table = issues.table(
        (han(30), "乙"), ((han(200), han(3)), (han(4), han(300))), caption=han(150)
    )
    assert_clear(render(issues.issue(*issues.paragraphs(1), table)).lines)


TOO_TALL: dict[str, tuple[dict[str, Any], str, str]] = {
    "a closing block": (
        document(closing={"report_to": han(300), "send_to": han(300), "issue_to": han(300)}),
        "closing/too-tall", "/closing",
    ),
    "a row": (
        document(articles=[article(body=["甲。", {"type": "table", "rows": [[han(500)] * 8]}])]),
        "table/row-too-tall", "/articles/0/body/1",
    ),
    "a header": (
        document(articles=[article(body=[{"type": "table", "header": [han(300)] * 8, "rows": [["1"] * 8]}])]),
        "table/row-too-tall", "/articles/0/body/0",
    ),
    "a landscape row under its caption": (
        document(articles=[article(body=[{"type": "table", "orientation": "landscape", "caption": han(200),
                                          "rows": [[han(400)] * 3]}])]),
        "table/row-too-tall", "/articles/0/body/0",
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("sent", "code", "pointer"), TOO_TALL.values(), ids=TOO_TALL.keys())
def test_what_fits_on_no_page_is_refused_by_name_and_never_cut_off(
    typesetter: Typesetter, sent: dict[str, Any], code: str, pointer: str
) -> None:
    with pytest.raises(ReviewFailed) as refusal:
        typesetter.produce(encoded(sent), Order())
    assert [(one.code, one.pointer) for one in refusal.value.findings] == [(code, pointer)]
    told = typesetter.check(encoded(sent), Order())
    assert told.page_count is None
    assert (told.findings[0].code, told.findings[0].pointer) == (code, pointer)


@pytest.mark.parametrize(("wanted", "given"), [(0.4, 1), (1, 1), (90, 90), (400, 156)])
def test_a_picture_is_at_least_a_millimetre_and_at_most_a_line_wide(
    typesetter: Typesetter, wanted: float, given: float
) -> None:
    figure = {"type": "figure", "image": "a.png", "width_mm": wanted}
    sent = encoded(document(articles=[article(body=[figure])]))
    made = typesetter.produce(sent, Order(), {"a.png": saved()})
    with pdfplumber.open(io.BytesIO(made.content)) as pdf:
        (image,) = [image for page in pdf.pages for image in page.images]
    assert (image["x1"] - image["x0"]) * MM_PER_PT == pytest.approx(given, abs=0.01)


@pytest.mark.parametrize("size", [(1, 4000), (4000, 30)])
def test_a_picture_that_is_a_line_is_refused(typesetter: Typesetter, size: tuple[int, int]) -> None:
    written = io.BytesIO()
    Image.new("L", size).save(written, "PNG")
    sent = encoded(document(articles=[article(body=[{"type": "figure", "image": "a.png"}])]))
    with pytest.raises(ReviewFailed) as refusal:
        typesetter.produce(sent, Order(), {"a.png": written.getvalue()})
    assert "过于狭长" in refusal.value.findings[0].message
    assert "请裁成长边不超过短边 100 倍的图" in refusal.value.findings[0].hint


@pytest.mark.slow
def test_a_tall_picture_leaves_its_caption_room_on_the_page(typesetter: Typesetter) -> None:
    written = io.BytesIO()
    Image.new("L", (300, 900)).save(written, "PNG")
    figure = {"type": "figure", "image": "a.png", "caption": han(200), "width_mm": 150}
    sent = encoded(document(articles=[article(body=[figure])]))
    made = typesetter.produce(sent, Order(), {"a.png": written.getvalue()})
    with pdfplumber.open(io.BytesIO(made.content)) as pdf:
        (page,) = [page for page in pdf.pages if page.images]
        assert han(200)[:20] in packed(page.extract_text())
        assert han(200)[-8:] in packed(page.extract_text())
