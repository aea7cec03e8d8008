"""The weekly flow as the guide tells it, step by step, each with the pictures that it leaves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from scripts.docs.guide.album import Album
from tests.support.desk import DeskPage
from tests.support.shelf import REAL, ROOT, Look, Shelf, looking, shelf_in
from tests.support.word import paragraph, word_file

ARTICLES: list[Any] = REAL["articles"]
OLD = ROOT / "tests" / "issues" / "real-issue.txt"
FROM_WORD = "<meta name=Generator content='Microsoft Word 15'>"
TOLD = "words => document.querySelector('#told').textContent.includes(words)"
# A page cannot open the print window of a browser that nobody sees.
UNPRINTED = "window.print = () => {};"


@dataclass
class Walk:
    """A person at a window, with an album, a service and another browser for a colleague."""

    look: Look
    album: Album
    shelf: Shelf
    browser: Browser
    issue: int = 0

    def take(self, name: str) -> None:
        self.album.take(self.look, name)

    def desk(self) -> DeskPage:
        return self.look.desk_here()

    def told(self, words: str) -> None:
        """Wait until the bar says this."""
        self.look.page.wait_for_function(TOLD, arg=words)


def take_all(browser: Browser, folder: Path, database: Path) -> Album:
    """Walk through the guide, fill a folder with its pictures, and return what the screens said."""
    album = Album(folder)
    with shelf_in(database) as shelf, looking(browser, shelf.address) as look:
        look.page.add_init_script(UNPRINTED)
        walk = Walk(look, album, shelf, browser)
        for step in STEPS:
            step(walk)
    return album


def set_up_publication(walk: Walk) -> None:
    look = walk.look
    look.open("/")
    for name, words in (("简报名称", REAL["masthead"]["nameplate"]), ("编发单位", "毕节市创建办")):
        look.page.get_by_label(name, exact=True).first.fill(words)
    for key in ("report_to", "issue_to", "reviewers", "editors"):
        look.page.fill(f"[data-pointer='/defaults/closing/{key}']", _line(REAL["closing"][key]))
    walk.take("publication")
    look.follow("建立刊物")


def begin_issue(walk: Walk) -> None:
    page = walk.look.page
    page.click("#begin")
    page.get_by_label("日期").fill("2017年12月22日")
    page.press("#day", "Tab")
    page.get_by_label("期号 第").fill("33")
    page.wait_for_function("() => document.querySelector('#number').value === '33'")
    walk.take("new-issue")
    walk.look.follow("新建")
    walk.issue = int(page.url.rsplit("/", 1)[1])
    walk.desk().wait_for_pages()
    walk.take("empty-desk")


def paste_articles(walk: Walk) -> None:
    desk = walk.desk()
    for number, article in enumerate(ARTICLES[1:] + ARTICLES[:1]):  # one comes late
        if number:
            walk.look.page.click("#add-article")
        desk.put_caret("headline", number, 0)
        desk.type(article["headline"])
        desk.press("Enter")
        desk.paste(html=_as_word(article["body"]), text="\n".join(_paragraphs(article["body"])))
        if number == 0:
            walk.told("已粘贴")
            walk.look.page.wait_for_selector("#pages img[src]")
            walk.look.wait_until_kept()
            desk.wait_for_pages()
            walk.take("paste")
    walk.look.page.click("summary:text-is('文章')")
    walk.look.click("一组简讯")
    desk.put_caret("brief", 0, 0)
    desk.paste(
        text="\n".join(
            one if isinstance(one, str) else one["text"] for one in REAL["briefs"]["items"]
        )
    )
    walk.told("已粘贴")


def reorder(walk: Walk) -> None:
    desk, last = walk.desk(), len(ARTICLES) - 1
    desk.wait_for_pages()
    walk.look.wait_until_kept()
    walk.look.page.hover(f"#outline li:nth-child({last + 1})")
    walk.look.page.wait_for_timeout(100)  # the buttons come with the mouse
    walk.take("reorder")
    for number in range(last, 0, -1):
        walk.look.page.hover(f"#outline li:nth-child({number + 1})")
        walk.look.page.click(f"#outline li:nth-child({number + 1}) [title=上移]")
    desk.wait_for_pages()
    found = [one["headline"] for one in desk.issue()["articles"]]
    assert found == [one["headline"] for one in ARTICLES]


def set_date(walk: Walk) -> None:
    """Sign an article off, see what is to be set beside the words, and take it back."""
    page, desk = walk.look.page, walk.desk()
    before = desk.issue()
    last = len(_paragraphs(ARTICLES[0]["body"])) - 1
    page.wait_for_timeout(1000)  # what is undone later begins here
    desk.put_caret("paragraph", last, desk.find("paragraph", last)["size"])
    page.click("summary:text-is('插入')")
    walk.look.click("落款")
    desk.type("市人社局")
    page.fill("#properties [name=date]", "2017年12月20日")
    desk.wait_for_pages()
    walk.look.wait_until_kept()
    walk.take("settings")
    desk.press("Escape")
    while "signoff" in str(desk.issue()):
        desk.undo()
    assert desk.issue() == before


def mend(walk: Walk) -> None:
    desk = walk.desk()
    walk.look.wait_until_kept()
    walk.look.page.locator("#findings button:text-is('去看')").first.click()
    walk.take("findings")
    walk.look.click("全部改正")
    walk.told("已改正")
    desk.wait_for_pages()
    walk.album.look(walk.look)


def proof(walk: Walk) -> None:
    with walk.look.page.expect_download() as download:
        walk.look.click("校样")
    assert "校样" in download.value.suggested_filename
    walk.told("已下载")
    walk.look.wait_until_kept()
    walk.look.page.click("summary:text-is('文件')")
    walk.look.page.click(".outputs details:last-of-type summary")
    walk.take("files")
    walk.desk().press("Escape")


def keep_version(walk: Walk) -> None:
    """Keep a version, change something, and compare."""
    look, desk = walk.look, walk.desk()
    look.wait_until_kept()
    look.follow("历史")
    look.page.get_by_label("版本名").fill("送审前")
    look.follow("留存现在的版本")
    desk = look.desk(walk.issue)
    desk.put_caret("paragraph", 0, 2)
    desk.type("以")
    look.wait_until_kept()
    look.follow("历史")
    look.page.wait_for_selector("ins")
    walk.take("history")
    look.follow("回到编辑")


def meet_colleague(walk: Walk) -> None:
    """Write the same words as somebody else at the same time."""
    desk = walk.look.desk(walk.issue)
    with looking(walk.browser, walk.shelf.address) as other:
        theirs = other.desk(walk.issue)
        with walk.look.unaware():
            _write_over(theirs, "营造“清廉文化”氛围")
            other.wait_until_kept()
            _write_over(desk, "营造“廉洁文化”氛围")
            walk.look.page.wait_for_selector("#clashes li")
        walk.look.page.evaluate("() => desk.ping()")
        walk.look.page.wait_for_selector("#company:not(:empty)")
        walk.look.wait_until_kept()
        desk.press("Escape")  # the manuscript shows the place
        desk.wait_for_pages()
        walk.take("clash")
    walk.look.click("用我的")
    walk.look.page.wait_for_selector("#clashes", state="hidden")
    walk.look.wait_until_kept()


def write_plainly(walk: Walk) -> None:
    page = walk.look.page
    page.click("summary:text-is('显示')")
    page.get_by_label("朴素模式").check()
    page.keyboard.press("Escape")
    page.wait_for_selector("#plain textarea")
    page.evaluate("() => document.querySelector('#issue').scrollTo(0, 0)")
    walk.take("plain")
    page.click("summary:text-is('显示')")
    page.get_by_label("朴素模式").uncheck()
    page.keyboard.press("Escape")


def submit(walk: Walk) -> None:
    walk.look.click("送审")
    _state(walk.look, "送审")
    walk.take("submitted")


def finalize(walk: Walk) -> None:
    look = walk.look
    look.click("退回")
    look.page.wait_for_selector("#asking-return[open]")
    walk.album.look(look)
    look.page.click("#asking-return [data-close]")
    look.click("定稿")
    look.page.wait_for_selector("#asking-finalize[open]")
    look.page.wait_for_function("() => document.querySelector('#check-number').textContent")
    walk.take("finalize")
    look.page.click("#asking-finalize [data-sure]")
    _state(look, "定稿")
    walk.take("final")
    with look.page.expect_download() as edition:
        look.page.get_by_role("link", name="下载 PDF").click()
    assert Path(edition.value.path()).read_bytes().startswith(b"%PDF")


def print_it(walk: Walk) -> None:
    look = walk.look
    look.click("打印")
    look.page.wait_for_selector("#printing[open]")
    look.page.wait_for_timeout(1500)  # the browser's own viewer tells nobody when it has drawn
    walk.take("print")
    look.page.click("#printing [data-close]")
    look.click("印发")
    look.page.fill("[data-given=print_run]", "120")
    look.page.fill("[data-given=date]", "2017年12月22日")
    walk.album.look(look)
    look.page.click("#asking-print [data-sure]")
    _state(look, "已印发")


def come_back(walk: Walk) -> None:
    """See what was done, where a number is missing, and a page of the help."""
    look = walk.look
    for number, day in ((30, "2017-12-01"), (31, "2017-12-08")):
        articles = ARTICLES[number - 29 :] + ARTICLES[: number - 29]
        walk.shelf.issue(1, {**REAL, "articles": articles}, issue_number=number, issue_date=day)
    look.open("/")
    walk.take("list")
    thrown_away = walk.shelf.issue(1, REAL, issue_number=28, issue_date="2017-11-17")
    walk.shelf.call("DELETE", f"issues/{thrown_away}", version=1)
    for place in ("/?publication=1&bin=1", "/publications/1"):
        look.open(place)
        walk.album.look(look)


def import_old(walk: Walk) -> None:
    """Bring an old issue in: look at what its lines were taken for, and make an issue of it."""
    look = walk.look
    look.open("/")
    look.page.get_by_text("导入 Word 或旧稿").click()
    look.page.wait_for_selector("#choosing")
    walk.album.look(look)
    old = {
        "name": "工作动态第32期.docx",
        "mimeType": "application/octet-stream",
        "buffer": _old_issue(),
    }
    look.page.set_input_files("#file", files=[old])  # type: ignore[arg-type]
    look.page.wait_for_selector("#lines li")
    look.page.keyboard.press("F8")
    walk.take("import")
    look.click("做成一期")
    look.page.wait_for_url("**/issues/*")
    look.desk_here()


STEPS = (
    set_up_publication,
    begin_issue,
    paste_articles,
    reorder,
    set_date,
    mend,
    proof,
    keep_version,
    meet_colleague,
    write_plainly,
    submit,
    finalize,
    print_it,
    come_back,
    import_old,
)


def _write_over(desk: DeskPage, words: str) -> None:
    desk.select("paragraph", 5, 8, 16)
    desk.type(words)
    desk.press("Control+s")


def _state(look: Look, shown: str) -> None:
    look.page.wait_for_selector(f".state:text-is('{shown}')")
    look.page.wait_for_selector("#pages img[src]")
    look.desk_here()


def _old_issue() -> bytes:
    """Return the real issue as the Word file of a week before, as a clerk writes one."""
    lines = (
        OLD.read_text(encoding="utf-8").replace("33 期", "32 期").replace("12 月 22", "12 月 15")
    )
    return word_file("".join(paragraph(one.strip()) for one in lines.splitlines() if one.strip()))


def _line(value: Any) -> str:
    return value if isinstance(value, str) else "、".join(value)


def _paragraphs(body: Any) -> list[str]:
    return body.split("\n") if isinstance(body, str) else body


def _as_word(body: Any) -> str:
    """Return a body as Word puts it on the clipboard."""
    return FROM_WORD + "".join(
        f"<p class=MsoNormal>　　{_bold(one)}</p>" for one in _paragraphs(body)
    )


def _bold(paragraph: str) -> str:
    pieces = paragraph.split("**")
    return "".join(f"<b>{one}</b>" if number % 2 else one for number, one in enumerate(pieces))
