"""Rules on pages as they were laid out: what they allow, and pages that break each of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from hongtou.bulletin.errors import EngineFault
from hongtou.bulletin.finding import Finding, Severity
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import MARGINS, MIRROR, Order
from hongtou.layouts import open_layouts
from hongtou.outputs import OUTPUTS
from hongtou.outputs.commission import Commission
from hongtou.pages.page import Page, PlacedText, Rectangle
from hongtou.pages.report import CLOSING_STYLES
from hongtou.pages.stages import Paginated
from hongtou.pictures.condition import usual_condition
from hongtou.pipeline import Typesetter
from hongtou.preflight.laid_out import LAID_OUT, LaidOut
from hongtou.rendering.messages import Call
from hongtou.rendering.worker import perform
from tests.support.documents import article, document, encoded, masthead
from tests.support.shop import ROOT, faces, typesetter

ISSUE = (Path(__file__).parent / "issues" / "real-issue.json").read_bytes()
STYLESHEET = "page.css.j2"
MM = 72 / 25.4
Change = Callable[[Page], Page]
PLAIN = Order()
MIRRORED = Order(options=((MARGINS, MIRROR),))


@cache
def paginated(order: Order = PLAIN) -> Paginated:
    maker = typesetter()
    return maker.paginate(maker.plan(maker.accept(ISSUE, order, {})))


def found(change: Change, on: int, order: Order = PLAIN) -> list[tuple[str, int | None]]:
    """Return the codes and the pages of what is found when page ``on``, from 0, is changed."""
    made = paginated(order)
    pages = [*made.pages.pages]
    pages[on] = change(pages[on])
    laid_out = LaidOut(made.plan, replace(made.pages, pages=tuple(pages)))
    faults = OUTPUTS["screen"].profile.faults_laid_out(laid_out)
    return [(code, fault.page) for code, fault in faults]


def moved(across: float = 0, down: float = 0) -> Change:
    """Move the first text of a page, by mm."""

    def change(page: Page) -> Page:
        first, *others = page.contents
        assert isinstance(first, PlacedText)
        lines = (
            line._replace(x=line.x + across * MM, baseline=line.baseline + down * MM)
            for line in first.lines
        )
        return replace(page, contents=(first._replace(lines=tuple(lines)), *others))

    return change


def without_folio(page: Page) -> Page:
    return replace(page, furniture=())


def with_another_folio(page: Page) -> Page:
    return replace(page, furniture=paginated().pages.pages[0].furniture)


def with_wide_rule(page: Page) -> Page:
    first, *others = page.rules
    wide = first._replace(area=first.area._replace(width=first.area.width + 2 * MM))
    return replace(page, rules=(wide, *others))


def without_closing(page: Page) -> Page:
    kept = (one for one in page.contents if not is_closing(one))
    return replace(page, contents=tuple(kept))


def with_closing_first(page: Page) -> Page:
    return replace(page, contents=tuple(sorted(page.contents, key=lambda one: not is_closing(one))))


def with_closing(page: Page) -> Page:
    closing = (one for one in paginated().pages.pages[-1].contents if is_closing(one))
    return replace(page, contents=(*page.contents, *closing))


def is_closing(placed: object) -> bool:
    return isinstance(placed, PlacedText) and placed.text.style in CLOSING_STYLES


def with_folio(across: float = 0, down: float = 0) -> Change:
    """Move the folio of a page, by mm."""

    def change(page: Page) -> Page:
        (one,) = page.furniture
        placed = one.placed._replace(
            x=one.placed.x + across * MM, baseline=one.placed.baseline + down * MM
        )
        return replace(page, furniture=(one._replace(placed=placed),))

    return change


def with_closing_moved(up: float) -> Change:
    """Move the closing block with its rules up, by mm."""

    def change(page: Page) -> Page:
        contents = (lifted(one, up) if is_closing(one) else one for one in page.contents)
        rules = (one._replace(area=one.area._replace(y=one.area.y - up * MM)) for one in page.rules)
        return replace(page, contents=tuple(contents), rules=tuple(rules))

    return change


def lifted(placed: PlacedText, up: float) -> PlacedText:
    lines = (line._replace(baseline=line.baseline - up * MM) for line in placed.lines)
    return placed._replace(lines=tuple(lines))


def with_text_in_the_closing(page: Page) -> Page:
    foot = page.contents[0]
    assert isinstance(foot, PlacedText)
    lowest = max(line.baseline for text in page.texts for line in text.lines)
    line = foot.lines[0]._replace(baseline=lowest)
    return replace(page, contents=(foot._replace(lines=(line,)), *page.contents[1:]))


def without_a_row(page: Page) -> Page:
    row = next(one for one in page.contents if is_closing(one))
    return replace(page, contents=tuple(one for one in page.contents if one is not row))


def without_rules(page: Page) -> Page:
    return replace(page, rules=())


BROKEN: dict[str, tuple[Change, int, str]] = {
    "a text left of the type area": (moved(across=-10), 1, "preflight/type-area"),
    "a text right of it": (moved(across=30), 1, "preflight/type-area"),
    "a text above it": (moved(down=-10), 1, "preflight/type-area"),
    "a text of which the head is above it": (moved(down=-4), 1, "preflight/type-area"),
    "a text below it": (moved(down=250), 1, "preflight/type-area"),
    "a rule wider than it": (with_wide_rule, 0, "preflight/type-area"),
    "a page without its folio": (without_folio, 2, "preflight/folio"),
    "a page with that of another": (with_another_folio, 2, "preflight/folio"),
    "a folio under the paper": (with_folio(down=40), 2, "preflight/folio"),
    "a folio amid the text": (with_folio(down=-40), 2, "preflight/folio"),
    "a folio on the wrong side": (with_folio(across=-100), 2, "preflight/folio"),
    "no closing block": (without_closing, -1, "preflight/closing-block"),
    "text behind the closing block": (with_closing_first, -1, "preflight/closing-block"),
    "one on an earlier page": (with_closing, 3, "preflight/closing-block"),
    "one amid the page": (with_closing_moved(up=60), -1, "preflight/closing-block"),
    "text in it": (with_text_in_the_closing, -1, "preflight/closing-block"),
    "one that lacks a row": (without_a_row, -1, "preflight/closing-block"),
    "one without its rules": (without_rules, -1, "preflight/closing-block"),
}


@pytest.mark.parametrize("order", [Order(), MIRRORED], ids=["same", "mirrored"])
def test_pages_of_the_engine_pass(order: Order) -> None:
    assert paginated(order).faults == ()


@pytest.mark.parametrize(("change", "on", "code"), BROKEN.values(), ids=BROKEN)
def test_pages_that_break_a_rule_are_refused(change: Change, on: int, code: str) -> None:
    assert {*found(change, on)} == {(code, paginated().pages.pages[on].number)}


def test_every_rule_has_pages_that_break_it() -> None:
    assert {rule.code for rule in LAID_OUT} == {code for *_, code in BROKEN.values()}


@pytest.mark.parametrize(("over", "is_seen"), [(0.9, False), (1.1, True)])
def test_what_paper_may_be_off_is_allowed(over: float, is_seen: bool) -> None:
    """A heading begins at the left edge of the type area."""

    def push(page: Page) -> Page:
        edge = paginated().plan.layout.pt("page.binding_margin") - over * MM
        rule = page.rules[0]._replace(area=Rectangle(edge, 400, 10, 1))
        return replace(page, rules=(rule,))

    assert bool(found(push, 0)) is is_seen


def test_the_margins_of_even_pages_are_those_of_the_order() -> None:
    same = paginated().pages.pages[1]
    both = [("preflight/type-area", 2), ("preflight/folio", 2)]
    assert found(lambda page: same, 1, MIRRORED) == both
    assert found(lambda page: same, 1) == []


def test_a_fault_tells_where_it_stands() -> None:
    made = paginated()
    first, *others = made.pages.pages
    pages = replace(made.pages, pages=(with_wide_rule(first), *others))
    commission = Commission(made.accepted, made.plan, pages, usual_condition())
    (fault,) = OUTPUTS["screen"].misplaced(commission)
    assert fault.page == 1
    assert fault.box_mm is not None
    assert fault.box_mm.width > 157
    assert fault.message == "第 1 页有一条线出了版心"


@pytest.mark.parametrize("opening", "“《（")
@pytest.mark.parametrize("layout", ["dongtai", "jianbao"])
@pytest.mark.parametrize("length", range(25, 31))
def test_a_full_line_that_begins_with_a_mark_stays_within(
    layout: str, length: int, opening: str
) -> None:
    text = opening + "某" * (length - 1)
    issue = document(
        layout=layout, articles=[article(section=text)], masthead=masthead(notice=text)
    )
    maker = typesetter()
    made = maker.paginate(maker.plan(maker.accept(encoded(issue), PLAIN, {})))
    assert made.faults == ()


@pytest.mark.parametrize("offices", range(100, 121, 5))
def test_a_closing_block_as_high_as_a_page_stays_on_it(offices: int) -> None:
    """Its lines are closer already, and are not set wider again for the pages before it."""
    issue = document(
        articles=[article(body=["一行字。"] * 30)],
        closing={"report_to": "、".join(["市委办公室"] * offices)},
    )
    maker = typesetter()
    made = maker.paginate(maker.plan(maker.accept(encoded(issue), PLAIN, {})))
    assert made.faults == ()


@pytest.mark.parametrize("name", OUTPUTS)
def test_every_output_of_pages_is_asked(name: str) -> None:
    """A picture of the pages with what was found on them shows the faults instead."""
    output = OUTPUTS[name]
    wanted = LAID_OUT if output.has_pages and name != "report" else ()
    assert {profile.laid_out for profile in output.profiles} == {wanted}


@pytest.mark.slow
def test_no_file_is_made_of_faulty_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    fault = Finding(code="preflight/folio", severity=Severity.ERROR, page=1, message="页码不对")
    faulty = replace(paginated(), faults=(fault,))
    maker = typesetter()
    monkeypatch.setattr(type(maker), "paginate", lambda self, planned: faulty)
    with pytest.raises(EngineFault, match="preflight/folio"):
        maker.produce(ISSUE, Order())
    assert maker.check(ISSUE, Order()).findings[0] == fault
    looked_at = maker.preflight(ISSUE, Order())
    assert (looked_at.faults, looked_at.page_count) == ((fault,), len(faulty.pages))
    reply, files = perform(maker, Call("draft", Order()), [ISSUE])
    assert reply.product.faults == (fault,)
    assert files == []


@pytest.mark.slow
@pytest.mark.parametrize("order", [PLAIN, MIRRORED], ids=["same", "mirrored"])
def test_folios_may_stand_in_the_middle_where_the_layout_says_so(
    tmp_path: Path, order: Order
) -> None:
    folder = tmp_path / "layouts"
    shutil.copytree(ROOT / "layouts", folder)
    with (folder / "dongtai" / "layout.toml").open("a", encoding="utf-8") as own:
        own.write('\n[folio]\nindent = { mm = 74, strength = "实务", source = "house style" }\n')
    maker = Typesetter(faces(), open_layouts(folder), Limits())
    assert maker.preflight(ISSUE, order).faults == ()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (".masthead_rule {", ".masthead_rule { margin-right: -7mm;", "有一条线出了版心"),
        ("bottom: 0; }", "bottom: 150mm; }", "的报尾不在版心底部"),
        (".beside_marks {", ".masthead { margin-top: -6mm; }\n.beside_marks {", "一行出了版心"),
    ],
)
def test_a_layout_that_breaks_a_rule_is_told_before_the_first_issue(
    tmp_path: Path, before: str, after: str, told: str
) -> None:
    folder = tmp_path / "layouts"
    shutil.copytree(ROOT / "layouts", folder)
    shared = (folder / "_shared" / STYLESHEET).read_text(encoding="utf-8")
    assert before in shared
    own = folder / "dongtai" / STYLESHEET
    own.write_text(shared.replace(before, after), encoding="utf-8")
    maker = Typesetter(faces(), open_layouts(folder), Limits())
    with pytest.raises(EngineFault) as refused:
        maker.prepare()
    assert refused.value.message.startswith("版式“dongtai”排不出样稿：第")
    assert told in refused.value.message
    assert "docs/layouts.md" in refused.value.hint
