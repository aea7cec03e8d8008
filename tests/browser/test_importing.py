"""导入旧稿: a file is chosen, its lines are looked at and changed, and an issue is made of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.importing.rounds import docx_of
from tests.browser.test_hostile_names import ATTACKS
from tests.browser.test_office_screens import SMALL
from tests.browser.test_screens import WINDOWS, ZOOMED
from tests.support.desk import sparse_file
from tests.support.shelf import REAL, ROOT, Look, Shelf
from tests.support.word import paragraph, parts_of, word_file, zipped
from tests.test_import_looks import SMALL as SMALL_TYPE
from tests.test_import_looks import line
from tests.test_import_pictures import PICTURES, picture
from tests.test_import_pictures import word as word_with
from tests.test_importing import LONG

pytestmark = pytest.mark.slow

ATTACK = ATTACKS["script"]

RAW = (ROOT / "tests" / "issues" / "real-issue.txt").read_bytes()
TEXT = f"工作动态\n第3期\n市创建办　2026年3月2日\n全市各项工作有序推进\n{LONG}\n第二段。\n12\n报：市委\n"
DROP = """([name, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""
HERE = "() => document.activeElement.dataset.number"


def opened(look: Look, publication: int) -> None:
    look.open(f"/publications/{publication}/import")
    look.page.wait_for_function("() => document.readyState === 'complete'")


def chosen(look: Look, content: bytes, name: str = "第33期.txt") -> None:
    given = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    look.page.set_input_files("#file", given)


def imported(look: Look, publication: int, content: bytes, name: str = "第33期.txt") -> None:
    opened(look, publication)
    chosen(look, content, name)
    look.page.wait_for_selector("#lines li")


def kind(look: Look, line: int) -> Any:
    return look.page.evaluate(f"() => document.querySelector('[data-number=\"{line}\"]').value")


def set_kind(look: Look, line: int, kind: str) -> None:
    select = look.page.locator(f"[data-number='{line}']")
    select.focus()
    select.select_option(kind)
    wait_for_state(look, "已按改动重读")


def wait_for_state(look: Look, words: str) -> None:
    look.page.wait_for_function(
        "words => document.querySelector('#state').textContent.includes(words)", arg=words
    )


def structure(look: Look) -> list[str]:
    return [one.strip() for one in look.page.locator("#structure dd").all_inner_texts()]


def issues(shelf: Shelf, publication: int) -> list[Any]:
    return list(shelf.call("GET", f"issues?publication={publication}")["issues"])


def test_an_old_issue_becomes_one_of_the_publication(look: Look, shelf: Shelf) -> None:
    publication = shelf.publication("从列表导入", layout="jianbao")
    look.open(f"/?publication={publication}")
    look.follow("导入 Word 或旧稿")
    chosen(look, RAW)
    look.page.wait_for_selector("#lines li")
    assert look.page.locator("#lines select").first.input_value() == "nameplate"
    assert "文章 3 篇、简讯 11 条" in look.page.inner_text("#told")
    assert "市人社局打造“六型人社”助力文明创建 · 7 段 · 提示语 6 处" in structure(look)
    assert issues(shelf, publication) == []
    look.click("做成一期")
    look.page.wait_for_url("**/issues/*")
    made = shelf.document(int(look.page.url.rsplit("/", 1)[1]))
    assert made == {**REAL, "layout": "jianbao"}
    opened(look, publication)
    look.page.wait_for_timeout(300)
    assert look.page.is_visible("#choosing")


def test_a_publication_is_set_up_from_an_old_issue(look: Look, shelf: Shelf) -> None:
    look.open("/publications/new")
    look.page.fill("[data-pointer='/defaults/masthead/notice']", "内部资料")
    given = {"name": "第33期.txt", "mimeType": "text/plain", "buffer": RAW}
    look.page.set_input_files("#old-issue", given)
    look.page.wait_for_function("() => told.textContent.includes('已照 第33期.txt 填好')")
    assert look.page.input_value("[data-pointer='/defaults/masthead/notice']") == "内部资料"
    look.follow("建立刊物")
    made = int(look.page.url.rsplit("/", 2)[1])
    plan = shelf.call("GET", f"publications/{made}")
    masthead, closing = REAL["masthead"], dict(REAL["closing"])
    del closing["imprint_date"]
    assert (plan["nameplate"], plan["issuing_body"]) == (
        masthead["nameplate"],
        masthead["issuing_body"],
    )
    assert plan["defaults"] == {"masthead": {"notice": "内部资料"}, "closing": closing}
    look.page.wait_for_selector("#lines li")  # the issue itself is looked at next
    assert "文章 3 篇、简讯 11 条" in look.page.inner_text("#told")


def filled_from(look: Look, text: str) -> str:
    """Fill the fields of a new publication from an old issue; return what is told."""
    look.page.evaluate("() => void (told.textContent = '')")
    given = {"name": "旧.txt", "mimeType": "text/plain", "buffer": text.encode("gb18030")}
    look.page.set_input_files("#old-issue", given)
    look.page.wait_for_function("() => told.textContent.includes('已照 旧.txt 填好')")
    return look.page.inner_text("#told")


def test_labels_of_the_old_issue_are_those_of_the_publication(look: Look, shelf: Shelf) -> None:
    look.open("/publications/new")
    filled_from(look, TEXT + "\n主送：省委\n抄送：市直各单位\n责任编辑：李敏")
    assert look.page.input_value("[data-pointer='/defaults/closing/labels/report_to']") == "主送"
    assert look.axe() == []
    look.follow("建立刊物")
    made = int(look.page.url.rsplit("/", 2)[1])
    labels = {"report_to": "主送", "send_to": "抄送", "editors": "责任编辑"}
    given = {"from": "blank", "date": "2026-03-02"}
    issue = shelf.call("POST", f"publications/{made}/issues", given)["id"]
    assert shelf.document(issue)["closing"]["labels"] == labels


def test_a_second_old_issue_takes_the_place_of_the_first(look: Look) -> None:
    look.open("/publications/new")
    filled_from(look, TEXT + "\n抄送：市直各单位\n校对：王五")
    look.page.fill("[data-pointer='/defaults/closing/contact']", "12345678")
    filled_from(look, TEXT + "\n报：省委")
    fields = "() => [...document.querySelectorAll('[data-pointer^=\"/defaults/closing\"]')].map((one) => one.value).filter(Boolean)"
    assert look.page.evaluate(fields) == ["省委", "12345678"]


def test_bodies_beside_the_first_come_along(look: Look, shelf: Shelf) -> None:
    look.open("/publications/new")
    filled_from(look, TEXT.replace("市创建办　", "市文明办\n市创建办　", 1))
    body = "[data-pointer='/issuing_body']"
    assert look.page.input_value(body) == "市文明办\n市创建办"
    look.follow("建立刊物")
    made = int(look.page.url.rsplit("/", 2)[1])
    given = {"from": "blank", "date": "2026-03-02"}
    issue = shelf.call("POST", f"publications/{made}/issues", given)["id"]
    assert shelf.document(issue)["masthead"]["issuing_body"] == ["市文明办", "市创建办"]
    look.open(f"/publications/{made}")
    assert look.page.input_value(body) == "市文明办\n市创建办"
    look.page.fill(body, "市文明办")
    look.click("保存")
    look.page.wait_for_function("() => told.textContent === '已保存'")
    issue = shelf.call("POST", f"publications/{made}/issues", {**given, "number": 9})["id"]
    assert shelf.document(issue)["masthead"]["issuing_body"] == "市文明办"


def test_a_publication_is_set_up_by_hand_where_the_file_cannot_be_read(look: Look) -> None:
    look.open("/publications/new")
    look.page.fill("[data-pointer='/nameplate']", "某某简报")
    given = {"name": "旧稿.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 broken"}
    look.page.set_input_files("#old-issue", given)
    look.page.wait_for_function("() => told.textContent.startsWith('旧稿.pdf：')")
    assert look.page.input_value("[data-pointer='/nameplate']") == "某某简报"


def test_pictures_of_a_word_file_come_along(look: Look, shelf: Shelf) -> None:
    content = word_with(picture("a.png"), line("图1　整治后的河道", SMALL_TYPE, "center"))
    imported(look, shelf.publication("带图的旧稿"), content, "第5期.docx")
    look.click("做成一期")
    look.page.wait_for_url("**/issues/*")
    made = int(look.page.url.rsplit("/", 1)[1])
    assert shelf.document(made)["articles"][0]["body"][-1]["image"] == "a.png"
    look.page.wait_for_function(
        "() => [...document.querySelectorAll('img')].some((one) => one.naturalWidth === 600)"
    )
    assert shelf.asset(made, "a.png") == PICTURES["a.png"]


def test_a_kind_is_changed_and_the_service_reads_anew(look: Look, shelf: Shelf) -> None:
    publication = shelf.publication("改类别")
    imported(look, publication, TEXT.encode())
    assert (kind(look, 5), kind(look, 7)) == ("paragraph", "folio")
    set_kind(look, 5, "editors_note")
    assert kind(look, 5) == "editors_note"
    assert "全市各项工作有序推进 · 1 段" in structure(look)
    set_kind(look, 7, "paragraph")
    assert "全市各项工作有序推进 · 2 段" in structure(look)
    assert look.page.inner_text("#dropped-count") == "0"
    look.page.keyboard.press("Control+z")
    look.page.wait_for_function(
        "() => document.querySelector('#dropped-count').textContent === '1'"
    )
    assert "12 只有一个数，按页码去掉了" in " ".join(look.page.inner_text("#dropped").split())
    set_kind(look, 5, "")
    assert kind(look, 5) == "paragraph"
    look.click("做成一期")
    look.page.wait_for_url("**/issues/*")
    made = shelf.document(int(look.page.url.rsplit("/", 1)[1]))
    assert made["articles"][0]["body"] == f"{LONG}\n第二段。"


def test_two_changes_at_once_are_both_there(look: Look, shelf: Shelf) -> None:
    imported(look, shelf.publication("两处一起改"), TEXT.encode())
    for number, other in ((5, "editors_note"), (6, "byline")):
        look.page.locator(f"[data-number='{number}']").focus()
        look.page.locator(f"[data-number='{number}']").select_option(other)
    look.page.wait_for_function("() => document.querySelectorAll('#lines .said').length === 2")
    assert (kind(look, 5), kind(look, 6)) == ("editors_note", "byline")


def test_one_key_leads_from_doubt_to_doubt(look: Look, shelf: Shelf) -> None:
    imported(look, shelf.publication("存疑"), RAW)
    count = int(look.page.inner_text("#doubts-count"))
    found = []
    for _ in range(count):
        look.page.keyboard.press("F8")
        found.append(look.page.evaluate(HERE))
    assert found[0] is None  # of the whole file: its words have the focus
    assert [*map(int, found[1:])] == sorted({*map(int, found[1:])})
    look.page.keyboard.press("Shift+F8")
    assert look.page.evaluate(HERE) == found[-2]
    assert look.axe() == []


def test_the_keyboard_is_enough(look: Look, shelf: Shelf) -> None:
    imported(look, shelf.publication("键盘"), TEXT.encode())
    assert look.page.evaluate(HERE) == "1"
    for _ in range(4):
        look.page.keyboard.press("Tab")
    assert look.page.evaluate(HERE) == "5"
    look.page.keyboard.press("ArrowUp")
    wait_for_state(look, "已按改动重读")
    assert kind(look, 5) == "salutation"
    assert look.page.evaluate(HERE) == "5"
    look.page.focus("#make")
    look.page.keyboard.press("Enter")
    look.page.wait_for_url("**/issues/*")


def test_who_goes_away_and_comes_back_has_lost_nothing(look: Look, shelf: Shelf) -> None:
    publication = shelf.publication("回来")
    imported(look, publication, TEXT.encode(), "旧稿.txt")
    set_kind(look, 5, "editors_note")
    look.follow_at("#back")
    assert issues(shelf, publication) == []
    opened(look, publication)
    look.page.wait_for_selector("#lines li")
    assert kind(look, 5) == "editors_note"
    assert "旧稿.txt" in look.page.inner_text("#told")
    look.click("换一个文件")
    look.page.wait_for_selector("#choosing")
    look.page.reload()
    look.page.wait_for_timeout(300)
    assert look.page.is_visible("#choosing")


def test_a_file_is_dropped(look: Look, shelf: Shelf) -> None:
    opened(look, shelf.publication("拖放"))
    look.page.evaluate(DROP, ["拖来的.txt", TEXT])
    look.page.wait_for_selector("#lines li")
    assert "拖来的.txt" in look.page.inner_text("#told")


def test_a_file_dropped_on_the_list_is_looked_at_first(look: Look, shelf: Shelf) -> None:
    publication = shelf.publication("拖到各期")
    look.open(f"/?publication={publication}")
    look.page.wait_for_function("() => !document.querySelector('#begin').disabled")
    with look.page.expect_navigation():
        look.page.evaluate(DROP, ["拖来的.txt", TEXT])
    look.page.wait_for_selector("#lines li")
    assert "拖来的.txt" in look.page.inner_text("#told")
    assert shelf.call("GET", f"issues?publication={publication}")["issues"] == []


def test_a_file_dropped_on_a_new_publication_fills_it(look: Look, shelf: Shelf) -> None:
    look.open("/publications/new")
    look.page.evaluate(DROP, ["旧.txt", TEXT])
    look.page.wait_for_function("() => told.textContent.includes('已照 旧.txt 填好')")
    look.open(f"/publications/{shelf.publication('已有')}")
    look.page.wait_for_function("() => !document.querySelector('[data-scripted]:disabled')")
    look.page.evaluate(DROP, ["旧.txt", TEXT])
    assert "旧稿请到各期" in look.page.inner_text("#told")


def test_an_empty_desk_leads_here(look: Look, shelf: Shelf) -> None:
    publication = shelf.publication("空稿面")
    made = shelf.call("POST", f"publications/{publication}/issues", {"from": "blank"})
    look.open(f"/issues/{made['id']}")
    look.desk_here()
    look.follow("导入 Word")
    assert look.page.locator("#file").count() == 1
    full = shelf.issue(publication)
    look.desk(full)
    assert look.page.locator("#empty-hint").is_hidden()


def test_a_number_that_is_taken_is_told(look: Look, shelf: Shelf) -> None:
    publication = shelf.publication("重号导入")
    shelf.issue(publication)
    imported(look, publication, RAW)
    look.click("做成一期")
    wait_for_state(look, "第33期已经有了")


REFUSED = {
    "a program.docx": (b"\x7fELF\0\0", "另存为 .docx"),
    "scan.pdf": (b"%PDF-1.4\n", "PDF 打不开"),
    "macros.docx": (
        zipped({**parts_of(paragraph("字")), "word/vbaProject.bin": b"x"}),
        "另存为不含宏的 .docx",
    ),
    "elsewhere.docx": (zipped({**parts_of(paragraph("字")), "../x": b"x"}), "越界"),
    "empty.txt": (b"", "没有文字"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_told_with_a_remedy(look: Look, shelf: Shelf, name: str) -> None:
    content, words = REFUSED[name]
    opened(look, shelf.publication(name))
    chosen(look, content, name)
    look.page.wait_for_function("() => document.querySelector('#refusal').textContent")
    told = look.page.inner_text("#refusal")
    assert name in told
    assert words in told
    assert look.axe() == []


def test_a_file_that_is_too_large_is_not_even_sent(
    look: Look, shelf: Shelf, tmp_path: Path
) -> None:
    opened(look, shelf.publication("太大"))
    asked: list[str] = []
    look.page.on("request", lambda one: asked.append(one.url))
    file = sparse_file(tmp_path / "一.docx", 20 * 2**20 + 1)
    look.page.set_input_files("#file", file)
    look.page.wait_for_function("() => document.querySelector('#refusal').textContent")
    assert "超过 20 MB" in look.page.inner_text("#refusal")
    assert asked == []


def test_markup_in_a_word_file_is_text(look: Look, shelf: Shelf) -> None:
    """In its texts, the names of styles, pictures and parts, and in the name of the file."""
    mark = ATTACK.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    body = "".join(
        paragraph(f"{words}{mark}", style=mark)
        for words in ("工作动态", "第3期", "标题标题标题", "正文正文。" * 20, "报：甲")
    )
    comment = f'<w:comments xmlns:w="w">{mark}</w:comments>'
    parts = {
        **parts_of(body, comments=comment),
        "word/media/\"'><img src=x onerror=struck>.png": b"x",
    }
    imported(
        look,
        shelf.publication(f"刊{ATTACKS['script']}"),
        zipped(parts),
        f"{ATTACKS['script'].replace('/', '')}.docx",
    )
    assert ATTACK in look.page.inner_text("#lines")
    for _ in range(6):
        look.page.keyboard.press("F8")
    set_kind(look, 3, "headline")
    assert ATTACK in look.page.inner_text("#structure")
    look.click("做成一期")
    look.page.wait_for_url("**/issues/*")
    look.desk_here()
    assert look.page.evaluate("() => window.struck") is None


@pytest.mark.parametrize("size", [*WINDOWS.values(), ZOOMED], ids=[*WINDOWS, "200 %"])
def test_the_screen_fits_its_window(look: Look, shelf: Shelf, size: tuple[int, int]) -> None:
    look.page.set_viewport_size({"width": size[0], "height": size[1]})
    opened(look, shelf.publication("毕节市创建全国文明城市工作动态专报"))
    assert look.axe() == []
    chosen(look, docx_of(json.loads(json.dumps(REAL))), "很长的文件名" * 20 + ".docx")
    look.page.wait_for_selector("#lines li")
    assert look.page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    for name in ("#make", "#again", "#back"):
        box = look.page.locator(name).bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= size[0]
        assert box["y"] + box["height"] <= size[1]
    assert look.page.evaluate(SMALL) == []
    assert look.axe() == []


def test_ten_thousand_lines_can_be_worked_with(look: Look, shelf: Shelf) -> None:
    imported(look, shelf.publication("很长"), (TEXT + "一段正文。\n" * 10_000).encode())
    assert look.page.locator("#lines option").count() < 11_000
    look.page.keyboard.press("F8")


def test_a_word_file_is_read_as_well(look: Look, shelf: Shelf) -> None:
    imported(look, shelf.publication("Word"), word_file(paragraph("只有一段。")), "一.docx")
    assert look.page.locator("#lines li").count() == 1
