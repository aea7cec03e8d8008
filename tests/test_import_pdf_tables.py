"""Ruled tables of a PDF: characters belong to the cell that rules draw around them."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Name

from hongtou.bulletin.order import Order
from hongtou.importing import Kind
from hongtou.importing.merged_cells import Merged
from hongtou.importing.pdf_rows import rows_of
from hongtou.importing.pdf_tables import MAX_COLUMNS, SAME_PT, Grid, Mark, Rule, grids_of
from hongtou.importing.reading import read_file
from tests.support.shop import ROOT, typesetter

SAMPLE: dict[str, Any] = json.loads(
    (ROOT / "tests" / "issues" / "real-issue.json").read_text(encoding="utf-8")
)
EM = 10.0
pytestmark = pytest.mark.slow


def level(y: float, left: float = 0, right: float = 200) -> Rule:
    return Rule(left, y, right, y + 0.5)


def upright(x: float, bottom: float = 0, top: float = 60) -> Rule:
    return Rule(x, bottom, x + 0.5, top)


FRAME = [level(0), level(60), upright(0), upright(200)]


def filled(grid: Grid, **texts: tuple[float, float]) -> tuple[tuple[str, ...], ...]:
    for text, (x, y) in texts.items():
        for at, char in enumerate(text):
            assert grid.take(Mark(char, x + EM * at, y), x + EM * (at + 1), EM)
    return grid.cells


def test_cells_are_between_rules_and_their_lines_are_one_text() -> None:
    (grid,) = grids_of([*FRAME, level(30), upright(100)])
    cells = filled(
        grid, 甲=(10, 40), 乙=(110, 40), 丙丙=(10, 18), 丁丁=(10, 5), wifi=(110, 18), lan=(110, 5)
    )
    assert cells == (("甲", "乙"), ("丙丙丁丁", "wifi lan"))
    assert grid.merged == ()


def test_what_no_rule_parts_is_one_cell() -> None:
    (grid,) = grids_of([*FRAME, level(30), upright(100, top=30)])
    cells = filled(grid, 甲乙=(90, 40), 丙=(10, 10), 丁=(110, 10))
    assert cells == (("甲乙", ""), ("丙", "丁"))
    assert grid.merged == (Merged(0, 0, 1, 2),)


def test_a_blank_of_one_em_parts_words_of_a_line_and_no_cells() -> None:
    issue = {**SAMPLE, "articles": [{"headline": "甲", "body": "GB2312　UTF8　GBK"}]}
    content = typesetter().produce(json.dumps(issue).encode(), Order(normalize=True)).content
    assert "GB2312 UTF8 GBK" in [row.text for row in rows_of(content)]


def test_a_rare_character_of_a_name_stays() -> None:
    """PDFium gives the halves of UTF-16 one by one."""
    body = "王𦰡同志到某某县调研，李𦰡同志陪同。"
    issue = {**SAMPLE, "articles": [{"headline": "甲", "body": body}]}
    content = typesetter().produce(json.dumps(issue).encode(), Order(normalize=True)).content
    assert body in [row.text for row in rows_of(content)]


def test_a_hyphen_at_the_end_of_a_line_stays() -> None:
    file = pikepdf.new()
    page = file.add_blank_page()
    font = pikepdf.Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    page.Contents = file.make_stream(
        b"BT /F 16 Tf 18 TL 72 700 Td (of COVID-) Tj T* (19 cases) Tj ET"
    )
    written = BytesIO()
    file.save(written)
    assert [row.text for row in rows_of(written.getvalue())] == ["of COVID-", "19 cases"]


def test_a_frame_around_lines_is_no_table() -> None:
    assert grids_of(FRAME) == []
    assert grids_of([level(0), level(30), level(60)]) == []


def test_a_pattern_is_no_table() -> None:
    many = [upright(at * 5) for at in range(MAX_COLUMNS + 5)]
    assert grids_of([*FRAME, level(30), *many]) == []


@pytest.mark.parametrize("between", [SAME_PT, 4 * SAME_PT])
def test_a_rule_above_or_below_a_table_is_none_of_it(between: float) -> None:
    (grid,) = grids_of([*FRAME, level(30), upright(100), level(60 + between), level(-between)])
    assert grid.down == (60.5, 30.5, 0.5)


def test_what_stands_outside_is_none_of_it() -> None:
    (grid,) = grids_of([*FRAME, level(30), upright(100)])
    assert not grid.take(Mark("外", 210, 40), 220, EM)
    assert not grid.take(Mark("外", 10, 70), 20, EM)


def test_a_table_over_several_pages_comes_back_whole() -> None:
    rows = [[f"第{at}行", "长" * 24, f"{at}"] for at in range(90)]
    table = {
        "type": "table",
        "header": ["名称", "内容", "数"],
        "rows": rows,
        "notes": ["截至月底。"],
    }
    article = {"headline": "全市各项工作有序推进", "body": ["段落。" * 30, table, "段落。" * 30]}
    issue = {**SAMPLE, "articles": [article]}
    edition = typesetter().produce(json.dumps(issue).encode(), Order())
    found = read_file(edition.content)
    assert edition.page_count > 3
    assert found.issue["articles"][0]["body"] == article["body"]
    tables = [line for line in found.lines if line.kind is Kind.TABLE and len(line.text) > 20]
    assert [bool(line.doubt) for line in tables] == [True]
