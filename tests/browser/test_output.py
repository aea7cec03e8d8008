"""What leaves the desk: the PDF, printing, proofs, JSON, and every output that is declared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Download

from hongtou.outputs import OUTPUTS
from hongtou.outputs.ordering import PURPOSE
from tests.support.desk import NO_SANDBOX, WHOLE_CHROMIUM, DeskPage, opened_desk
from tests.support.serving import RUN
from tests.support.shelf import Look, Shelf, looking
from tests.support.warm_start import warm_serving

pytestmark = pytest.mark.slow

# A service that makes one thing more than ours, declared as any output is.
WITH_ANOTHER = """
from dataclasses import replace
from hongtou import outputs
from hongtou.outputs.option import Choice, Switch, WholeNumber
outputs.OUTPUTS["wall"] = replace(
    outputs.SCREEN, name="wall", title="上墙用的大样", media_type="image/svg+xml", extension="svg",
    options=(
        Choice(name="paper", title="纸", default="a1", values={"a1": "A1 整张", "a2": "A2 对开"}),
        WholeNumber(name="copies", title="份数", default=2, minimum=1, maximum=9),
        Switch(name="frame", title="加边框", default=True),
    ),
)
"""
OFFLINE = "下载 PDF", "打印", "校样"


def outputs_on(desk: DeskPage) -> list[str]:
    return list(
        desk.page.eval_on_selector_all(
            "form[data-output]", "all => all.map((one) => one.dataset.output)"
        )
    )


def open_files(desk: DeskPage, title: str = "") -> None:
    for name in ("文件", title) if title else ("文件",):
        closed = desk.page.locator(f"details:not([open]) > summary:text-is('{name}')")
        if closed.count():
            closed.click()


def content(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def test_every_output_stands_in_the_menu_with_its_options(desk: DeskPage) -> None:
    assert outputs_on(desk) == list(OUTPUTS)
    for output in OUTPUTS.values():
        fields = desk.page.eval_on_selector_all(
            f"[data-output={output.name}] [name]", "all => all.map((one) => one.name)"
        )
        assert fields == [PURPOSE.name, *output.option_names]


@pytest.fixture
def desk_of_more(chromium: Browser) -> Iterator[DeskPage]:
    with (
        warm_serving(program=WITH_ANOTHER + RUN) as service,
        opened_desk(chromium, f"http://127.0.0.1:{service.port}/desk") as desk,
    ):
        yield desk


def test_an_output_of_tomorrow_appears_by_itself(desk_of_more: DeskPage) -> None:
    desk, asked = desk_of_more, []
    desk.page.route("**/v1/render*", lambda route: (asked.append(route.request.url), route.abort()))
    open_files(desk, "上墙用的大样")
    form = desk.page.locator("form[data-output=wall]")
    form.get_by_label("纸").select_option(label="A2 对开")
    form.get_by_label("份数").fill("3")
    form.get_by_label("加边框").uncheck()
    form.get_by_role("button").click()
    desk.page.wait_for_function(
        "() => document.querySelector('#told').textContent.includes('连不上')"
    )
    sent = {name: value for name, (value,) in parse_qs(urlsplit(asked[0]).query).items()}
    assert sent == {
        "output": "wall",
        "purpose": "press",
        "paper": "a2",
        "copies": "3",
        "frame": "false",
    }


def test_a_number_out_of_bounds_is_not_sent(desk: DeskPage) -> None:
    open_files(desk, OUTPUTS["png"].title)
    desk.asked.clear()
    form = desk.page.locator("form[data-output=png]")
    form.get_by_label("每英寸像素").fill("9")
    form.get_by_role("button").click()
    assert not any("/v1/render" in address for address in desk.asked)
    form.get_by_label("每英寸像素").fill("110")
    desk.press("Escape")


def test_what_would_have_no_effect_is_out_of_use_and_is_not_sent(desk: DeskPage) -> None:
    open_files(desk, OUTPUTS["booklet"].title)
    form = desk.page.locator("form[data-output=booklet]")
    thickness = form.get_by_label("一张纸厚多少微米，内页照它让位（只用于骑马订）")
    thickness.fill("300")
    form.get_by_label("拼法").select_option("2")
    assert thickness.is_disabled()
    desk.asked.clear()
    with desk.page.expect_download():
        form.get_by_role("button").click()
    (asked,) = (address for address in desk.asked if "/v1/render" in address)
    assert {"thickness", "fold_marks"}.isdisjoint(parse_qs(urlsplit(asked).query))
    open_files(desk, OUTPUTS["booklet"].title)
    form.get_by_label("拼法").select_option("saddle")
    assert thickness.is_enabled()
    assert thickness.input_value() == "300"
    desk.press("Escape")


def test_a_page_is_downloaded_as_a_picture(desk: DeskPage) -> None:
    open_files(desk, OUTPUTS["png"].title)
    form = desk.page.locator("form[data-output=png]")
    form.get_by_label("第几页").fill("2")
    with desk.page.expect_download() as download:
        form.get_by_role("button").click()
    assert content(download.value).startswith(b"\x89PNG")
    assert not desk.page.locator("details.menu[open]").count()


def test_a_proof_is_named_by_its_time(desk: DeskPage) -> None:
    with desk.page.expect_download() as download:
        desk.press("Control+p")
    assert re.search(r"（校样\d+月\d+日\d\d时\d\d分）\.pdf$", download.value.suggested_filename)


def test_json_goes_out_and_comes_in_as_it_was(desk: DeskPage, real: Any) -> None:
    written = desk.issue()
    open_files(desk)
    with desk.page.expect_download() as download:
        desk.page.click("#save-json")
    saved = content(download.value)
    assert json.loads(saved) == written
    desk.begin_with({**real, "articles": []})
    again = {"name": "一期.json", "mimeType": "application/json", "buffer": saved}
    desk.page.set_input_files("#open-json", again)  # type: ignore[arg-type]  # a dict is a file
    desk.page.wait_for_function("() => desk.current().articles?.length === 3")
    assert desk.issue() == written
    desk.press("Escape")


PRINTS = """
window.print = () => { top.printed = (top.printed ?? 0) + 1; };
const { createObjectURL } = URL;
URL.createObjectURL = (blob) => { top.shown = blob; return createObjectURL.call(URL, blob); };
"""


@pytest.fixture(scope="module")
def viewer(chromium: Browser) -> Iterator[Browser]:
    """A Chromium that shows PDF itself, as the headless shell does not; of the same Playwright."""
    opened = chromium.browser_type.launch(executable_path=WHOLE_CHROMIUM, args=NO_SANDBOX)
    yield opened
    opened.close()


@pytest.fixture
def printing(viewer: Browser, shelf: Shelf) -> Iterator[Look]:
    """A window that counts what is printed."""
    with looking(viewer, shelf.address) as look:
        look.page.add_init_script(PRINTS)
        yield look


def frame_bytes(look: Look) -> bytes:
    """Return the file in the frame that is printed."""
    read = "async () => [...new Uint8Array(await window.shown.arrayBuffer())]"
    assert look.page.locator("#printing iframe").get_attribute("src")
    return bytes(look.page.evaluate(read))


def test_an_issue_is_printed_as_it_is_now(printing: Look, shelf: Shelf) -> None:
    printing.desk(shelf.issue(shelf.publication("打印")))
    printing.click("打印")
    printing.page.wait_for_function("() => window.printed === 1")
    assert frame_bytes(printing).startswith(b"%PDF")
    beside = printing.page.inner_text("#printing")
    assert "100 %" in beside
    assert "双面（长边翻页）" in beside
    printing.page.click("#print-again")
    assert printing.page.evaluate("() => window.printed") == 2
    printing.page.click("#printing [data-close]")
    printing.page.wait_for_function("() => !document.querySelector('#printing iframe')")


def test_what_is_final_leaves_as_it_is_kept(printing: Look, shelf: Shelf) -> None:
    issue = shelf.issue(publication := shelf.publication("定稿的"))
    shelf.move(issue, "submit")
    shelf.move(issue, "finalize")
    (edition,) = shelf.call("GET", f"issues/{issue}/editions")["editions"]
    kept = shelf.service.ask("GET", f"/v1/issues/{issue}/editions/{edition['sha256']}").body

    printing.open(f"/?publication={publication}")
    with printing.page.expect_download() as download:
        printing.page.get_by_role("link", name="下载第33期 PDF").click()
    assert content(download.value) == kept
    assert printing.axe() == []

    printing.desk(issue)
    asked: list[str] = []
    printing.page.on("request", lambda request: asked.append(request.url))
    printing.click("打印")
    printing.page.wait_for_function("() => window.printed === 1")
    assert frame_bytes(printing) == kept
    assert not any("/v1/render" in address for address in asked)


def test_without_the_service_each_button_says_why(look: Look, shelf: Shelf) -> None:
    desk = look.desk(shelf.issue(shelf.publication("断线")))
    look.page.context.set_offline(True)
    look.page.wait_for_selector("#download[aria-disabled=true]")
    assert "下载、打印、校样、送审" in look.page.inner_text("#away")
    for name in (*OFFLINE, "送审"):
        look.page.get_by_role("button", name=name, exact=True).click(force=True)
        assert desk.told() == f"连不上服务，连上后再办“{name}”"
    desk.press("Control+p")
    assert "校样" in desk.told()
    address = look.page.url
    for name in ("历史", "帮助", "红头 首页"):
        look.page.get_by_role("link", name=name, exact=True).click(force=True)
        assert desk.told() == f"连不上服务，连上后再办“{name}”"
    assert [one.url for one in look.page.context.pages] == [address]
    assert look.axe() == []
    desk.put_caret("paragraph", 0, 0)
    desk.type("断线时写的。")
    assert desk.words("paragraph", 0).startswith("断线时写的。")
    look.page.context.set_offline(False)
    look.page.wait_for_selector("#download[aria-disabled=false]")
    look.wait_until_kept()


def test_the_manuscript_is_printed_with_what_was_found(desk: DeskPage) -> None:
    desk.page.emulate_media(media="print")
    try:
        for shown in ("#manuscript", "#findings", ".nameplate"):
            assert desk.page.is_visible(shown)
        for hidden in (".bar", ".proofs", "#outline", ".tools", "#findings button"):
            assert not desk.page.locator(hidden).first.is_visible()
    finally:
        desk.page.emulate_media(media="screen")
