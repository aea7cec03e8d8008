"""WeasyPrint saved work, and left as it is for others and for a release that comes tomorrow."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import weasyprint
import weasyprint.layout.block
from weasyprint.logger import LOGGER

from hongtou.bulletin.issue import Contents
from hongtou.bulletin.order import Order
from hongtou.late_modules import late_module, load_late
from hongtou.pages.page import Pages
from hongtou.paginate import pagination, savings, strip_pages
from hongtou.paginate.markup import write_html
from hongtou.paginate.pagination import paginate
from hongtou.paginate.weasyprint_hooks import lines_of
from hongtou.plan import Plan, make_plan
from tests.support import issues
from tests.support.serving import ROOT
from tests.support.shop import faces, layouts

STOCK_HTML = (
    "<h1>Title</h1><p>hello <b>there</b></p><ol><li>first</ol><table border=1><td>cell</table>"
)
STOCK = f"""
import sys
if sys.argv[1] == "engine first":
    import hongtou.paginate.pagination
import weasyprint
if sys.argv[1] == "engine last":
    import hongtou.paginate.pagination
sys.stdout.buffer.write(weasyprint.HTML(string={STOCK_HTML!r}).write_pdf())
"""


def plan(layout: str) -> Plan:
    table = issues.table(("甲", "乙"), (("一", "二"),) * 40)
    blocks = (*issues.paragraphs(8), table, *issues.paragraphs(8))
    issue = issues.issue(*blocks, contents=Contents(show=True, page_numbers=True))
    return make_plan(issue, layouts()[layout], faces(), Order(), {})


def plain(pages: Pages) -> object:
    """Return all that pages hold, to be compared exactly."""
    return pages.pages, pages.bookmarks, dict(pages.anchors)


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["dongtai", "jianbao"])
def test_another_release_makes_the_same_pages_without_the_savings(
    layout: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = plan(layout)
    saved = plain(paginate(one))
    monkeypatch.setattr(weasyprint, "__version__", "70.1")
    monkeypatch.setattr(pagination, "_STYLESHEETS", {})
    for owner, name, _ in savings.REPLACED:  # none of the stand-ins may be called
        monkeypatch.setattr(savings, "REPLACED", [(owner, name, None)])
    assert not savings.are_safe()
    assert plain(paginate(one)) == saved


@pytest.mark.slow
@pytest.mark.parametrize(
    ("css", "left"),
    [
        ("", 2),  # the first page and the last
        ("div { margin-top: 2pt; }", 16),
        ("div { border-bottom: 1pt solid; }", 16),
        ("html { padding-left: 3pt; }", 15),
        ("div { height: 400pt; }", 16),
        ("@page { height: 200mm; }", 15),  # of which each overflows
        ("footer { break-before: right; }", 4),
    ],
)
def test_pages_of_strips_are_as_weasyprint_lays_them_out(
    css: str, left: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a stylesheet says more of them than the plan does, it is WeasyPrint that does."""
    written, laid_out = pagination.write_stylesheet, strip_pages._ORIGINAL_MAKE_PAGE
    of_weasyprint: list[int] = []

    def counted(*given: object) -> object:
        of_weasyprint.append(1)
        return laid_out(*given)

    def boxes() -> list[object]:
        monkeypatch.setattr(pagination, "_STYLESHEETS", {})
        with lines_of(one), savings.in_use():
            document = pagination._lay_out(one, pagination.ClosedFetcher())
        return [where_boxes_are(page._page_box.children[0]) for page in document.pages]

    one = make_plan(
        issues.issue(*issues.paragraphs(60)), layouts()["dongtai"], faces(), Order(), {}
    )
    monkeypatch.setattr(pagination, "write_stylesheet", lambda layout: written(layout) + css)
    monkeypatch.setattr(strip_pages, "_ORIGINAL_MAKE_PAGE", counted)
    saved = boxes()
    assert len(of_weasyprint) == left
    saving = (weasyprint.layout.page, "make_page", strip_pages.make_page)
    monkeypatch.setattr(savings, "REPLACED", [one for one in savings.REPLACED if one != saving])
    assert boxes() == saved


def where_boxes_are(box: Any) -> object:
    """Return where a box and those within it stand."""
    return type(box), box.hit_area(), list(map(where_boxes_are, box.children))


@pytest.mark.slow
def test_nothing_stays_replaced_after_a_layout_or_a_failure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def functions() -> list[object]:
        replaced = [(owner, name) for owner, name, _ in savings.REPLACED]
        lines = (weasyprint.layout.block, "iter_line_boxes")
        return [getattr(owner, name) for owner, name in (*replaced, lines)]

    before = functions()
    paginate(plan("dongtai"))
    assert functions() == before
    monkeypatch.setattr(pagination, "write_html", lambda plan: "<html><p>漏排</p></html>")
    with pytest.raises(pagination.EngineFault):
        paginate(plan("dongtai"))
    assert functions() == before
    assert all(function.__module__.startswith("weasyprint") for function in before)  # type: ignore[attr-defined]


LATE = """
import atexit, sys
from hongtou.cli import run
late = (
    "weasyprint.text.ffi", "weasyprint.stacking", "fontTools.ttLib", "ctypes.util",
    *(("ssl", "http.client") if sys.version_info < (3, 12) else ()),  # urllib itself asks for them
)
atexit.register(lambda: print([name for name in late if name in sys.modules]))
run()
"""


@pytest.mark.slow
def test_a_render_loads_what_it_uses_alone(tmp_path: Path) -> None:
    """Half the time that WeasyPrint takes to load goes into Pango and fontTools."""
    command = [sys.executable, "-c", LATE, "render", "examples/dongtai.json"]
    target = str(tmp_path / "a.pdf")
    done = subprocess.run([*command, "-o", target], cwd=ROOT, check=True, capture_output=True)
    assert done.stdout.decode().splitlines()[-1] == "[]"


def test_what_is_asked_for_while_weasyprint_is_imported_is_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Python 3.12 asks http.client then; what stands in for it may not ask itself for ever."""
    stand_in = late_module("colorsys", ())
    monkeypatch.setitem(sys.modules, "colorsys", stand_in)
    assert stand_in.rgb_to_hsv(0, 0, 1) == (4 / 6, 1, 1)
    assert sys.modules["colorsys"] is not stand_in


def test_a_module_that_is_loaded_late_is_loaded_by_its_first_use(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "json.tool", raising=False)
    load_late("json.tool", ("main",))
    import json.tool
    from json.tool import main

    stand_in = sys.modules["json.tool"]
    assert callable(main)
    assert stand_in.__spec__ is None  # the imports alone have not loaded it
    assert json.tool.argparse
    assert sys.modules["json.tool"] is not stand_in


@pytest.mark.slow
@pytest.mark.defect(8)
def test_weasyprint_works_for_others_in_the_same_process() -> None:
    """Importing the engine broke every document that was not ours."""
    alone, *beside = (
        subprocess.run([sys.executable, "-c", STOCK, when], capture_output=True, check=True).stdout
        for when in ("", "engine first", "engine last")
    )
    assert beside == [alone, alone]
    assert alone.startswith(b"%PDF-")


@pytest.mark.slow
@pytest.mark.parametrize(
    "html", [STOCK_HTML, "<style>@page { @top-left { content: '甲' } }</style>"]
)
def test_weasyprint_works_for_others_while_a_bulletin_is_laid_out(
    html: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An application may set documents of its own in another thread."""
    alone = weasyprint.HTML(string=html).write_pdf()
    beside: list[bytes] = []

    def write_beside(plan: Plan) -> str:
        with ThreadPoolExecutor(1) as others:
            beside.append(others.submit(weasyprint.HTML(string=html).write_pdf).result())
        return write_html(plan)

    one = plan("dongtai")
    expected = plain(paginate(one))
    monkeypatch.setattr(pagination, "write_html", write_beside)
    assert plain(paginate(one)) == expected
    assert beside == [alone]


@pytest.mark.slow
def test_what_others_do_wrong_does_not_fail_a_bulletin(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail_beside(plan: Plan) -> str:
        with ThreadPoolExecutor(1) as others:
            others.submit(LOGGER.error, "their fault").result()
        return write_html(plan)

    monkeypatch.setattr(pagination, "write_html", fail_beside)
    paginate(plan("dongtai"))


@pytest.mark.slow
def test_weasyprint_works_for_others_after_a_render() -> None:
    paginate(plan("dongtai"))
    assert weasyprint.HTML(string="<p>hello</p>").write_pdf().startswith(b"%PDF-")
