"""The last page: the closing block at its foot, and text above it."""

from __future__ import annotations

from collections.abc import Iterator

from hongtou.plan.drafts import PageDraft
from hongtou.plan.fitting import FEW
from hongtou.plan.galleys import ATTACHED, WITH_NEXT, Joint
from hongtou.plan.makeup import Makeup
from hongtou.plan.tables import TablePlan
from hongtou.plan.unit import ROUNDING, Unit

BODY = {"paragraph", "brief"}
WHOLE = 3  # lines more that go on to the last page, lest a text be parted above blank lines
MANY = 99  # lines: what a page with a picture on it is not short of


def closed(makeup: Makeup, pages: list[PageDraft], closing: float, fewest: int) -> list[PageDraft]:
    """Return pages of which the last has room for the closing block, ``closing`` points high.

    Where it has none, the block begins a page. So it is where tables on their side come behind the
    last page: they stand before the block, and behind what no float passes.
    """
    last = pages[-1]
    if last.height + closing <= makeup.room + ROUNDING and not last.behind:
        return pages
    return with_page_more(makeup, pages, closing, fewest)


def with_page_more(
    makeup: Makeup, pages: list[PageDraft], closing: float, fewest: int
) -> list[PageDraft]:
    """Return pages and one more, that of the closing block.

    The block takes the ``fewest`` lines that should stand above it along, or as many as there are.
    The first page keeps some of the body.
    """
    last = pages[-1]
    cut = _cut(makeup, last, closing, fewest, is_first=len(pages) == 1)
    kept = makeup.draft(last.units[:cut], last.start, last.ahead, last.behind)
    return [*pages[:-1], kept, makeup.draft(last.units[cut:], last.start)]


def has_body(makeup: Makeup, page: PageDraft) -> bool:
    """Tell whether a page has text of the body, a picture or a table."""
    units = (makeup.units[number] for number in page.units)
    return any(unit.text.style in BODY if unit.text else unit.block is not None for unit in units)


def lines_of(makeup: Makeup, page: PageDraft) -> int:
    """Return how many lines an eye counts on a page, of rows those of the grid.

    A picture is as good as many.
    """
    return sum(_lines(makeup.units[number]) for number in page.units)


def _lines(unit: Unit) -> int:
    if unit.floats or unit.block is None:
        return MANY
    return round(unit.block.rows[unit.number].lines) if isinstance(unit.block, TablePlan) else 1


def _cut(makeup: Makeup, page: PageDraft, closing: float, fewest: int, *, is_first: bool) -> int:
    """Return how many units of a page stay where the closing block leaves for the next."""
    units = [makeup.units[number] for number in page.units]
    least = _first_of_body(units) + 1 if is_first else 1
    for at, number in enumerate(page.units):
        if page.behind and number < page.behind[0] and not _passes(makeup, number, page.behind[0]):
            least = max(least, at + 1)
    if page.behind and len(units) - least >= fewest:
        least += 1  # a headline is not alone on the page before a table on its side
    best, most = len(units), (0, 0)
    for cut, joint, height, lines in _cuts(units, least):
        if height + closing > makeup.room + ROUNDING:
            break
        if joint is Joint.NEVER:
            continue
        enough = (2 if joint is Joint.FREE else 1, min(lines, fewest))
        if enough > most:
            best, most = cut, enough
    return _parting_no_text(makeup, page, best, least, closing)


def _parting_no_text(makeup: Makeup, page: PageDraft, cut: int, least: int, closing: float) -> int:
    """Return where a page ends that stays short anyway: rather before a text than within it."""
    if makeup.lines_left(makeup.draft(page.units[:cut], page.start)) <= FEW:
        return cut
    latest = min(cut, len(page.units) - 1)  # -1 of a page with nothing on it yet
    for earlier in range(latest, max(cut - WHOLE, least) - 1, -1):
        if makeup.height(page.units[earlier:]) + closing > makeup.room + ROUNDING:
            break
        unit, last = (makeup.units[page.units[at]] for at in (earlier, latest))
        if _begins(unit, last):
            return earlier
    return cut


def _begins(unit: Unit, last: Unit) -> bool:
    """Tell whether a text begins with a unit; before one of 附件 the names are one text."""
    is_of_list = _is_attached(unit) and _is_attached(last)
    return not unit.number and unit.joint is (Joint.RELUCTANT if is_of_list else Joint.FREE)


def _is_attached(unit: Unit) -> bool:
    return unit.text is not None and unit.text.style == ATTACHED


def _passes(makeup: Makeup, number: int, sheet: int) -> bool:
    """Tell whether a line may stand behind a table on its side that was written behind it."""
    unit = makeup.units[number]
    return unit.is_plain and unit.part == makeup.units[sheet].part


def _cuts(units: list[Unit], least: int) -> Iterator[tuple[int, Joint, float, int]]:
    """Yield every cut from the last: (units above, joint, height of the rest, its lines)."""
    height, lines = 0.0, 0
    for cut in range(len(units) - 1, least - 1, -1):
        unit = units[cut]
        yield cut, unit.joint, height + unit.at_head, lines + _lines(unit)
        height += unit.height
        lines += _lines(unit)


def _first_of_body(units: list[Unit]) -> int:
    """Return the first unit of a page that is no headline, heading, contents or masthead."""
    return next(
        (
            at
            for at, unit in enumerate(units)
            if unit.part and not (unit.text and unit.text.style in WITH_NEXT)
        ),
        len(units) - 1,
    )
