"""Imposition: sheets that are folded again, or cut, read in the order of the pages."""

from __future__ import annotations

import pytest

from hongtou.pages.imposition import Side, saddle_stitched, side_by_side, slots_of

A4 = (595.28, 841.89)
PAPER = 0.2835  # points: a sheet of 80 g is a tenth of a millimetre


def folded(sides: list[Side], count: int) -> list[int | None]:
    """Return the pages of a book made of these sides, as a reader turns them.

    Sheets lie in one another, the first outside; the left half of a front side ends up last.
    """
    book: dict[int, int | None] = dict.fromkeys(range(count))
    for at, side in enumerate(sides):
        sheet, is_back = divmod(at, 2)
        left, right = (
            (2 * sheet + 1, count - 2 * sheet - 2)
            if is_back
            else (count - 2 * sheet - 1, 2 * sheet)
        )
        for page in side:
            book[left if page.left < A4[0] else right] = page.page
    return [book[place] for place in range(count)]


@pytest.mark.slow
@pytest.mark.parametrize("alone", [False, True])
def test_a_folded_book_reads_in_order_whatever_its_length(alone: bool) -> None:
    for count in range(1, 400):
        slots = slots_of(count, 4, closing_stands_alone=alone)
        sides = list(saddle_stitched(slots, *A4, PAPER))
        assert len(sides) == len(slots) // 2
        assert folded(sides, len(slots)) == list(slots)


@pytest.mark.parametrize("alone", [False, True])
def test_every_page_stands_once(alone: bool) -> None:
    for count in range(1, 400):
        for multiple in (1, 2, 4, 8):
            slots = slots_of(count, multiple, closing_stands_alone=alone)
            assert len(slots) % multiple == 0 and len(slots) - count < multiple
            assert [page for page in slots if page is not None] == list(range(count))


def test_blanks_stand_before_a_closing_block_that_is_alone_and_else_at_the_end() -> None:
    assert slots_of(6, 4) == (0, 1, 2, 3, 4, 5, None, None)
    assert slots_of(6, 4, closing_stands_alone=True) == (0, 1, 2, 3, 4, None, None, 5)
    assert slots_of(8, 4, closing_stands_alone=True) == tuple(range(8))


def test_inner_sheets_move_towards_the_fold() -> None:
    sides = list(saddle_stitched(range(12), 100.0, 140.0, 0.5))
    left, right = zip(*(((a.x), (b.x)) for a, b in sides), strict=True)
    assert left == (0.0, 0.0, 0.5, 0.5, 1.0, 1.0)
    assert right == (100.0, 100.0, 99.5, 99.5, 99.0, 99.0)


def test_no_page_of_a_folded_sheet_reaches_over_the_fold() -> None:
    for side in saddle_stitched(range(40), 100.0, 140.0, 0.5):
        for page in side:
            assert (page.left, page.right) in {(0.0, 100.0), (100.0, 200.0)}


@pytest.mark.parametrize(("columns", "rows"), [(2, 1), (2, 2)])
def test_pages_side_by_side_go_from_left_to_right_and_down(columns: int, rows: int) -> None:
    sides = list(side_by_side(range(9), columns, rows, *A4))
    assert [page.page for side in sides for page in side] == list(range(9))
    first = sides[0]
    assert [(page.x, page.y) for page in first] == [
        (A4[0] * column, A4[1] * (rows - 1 - row))
        for row in range(rows)
        for column in range(columns)
    ]
