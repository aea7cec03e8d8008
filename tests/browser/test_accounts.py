"""Log-in and accounts in a browser; a session that ends while somebody types."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.test_screens import WINDOWS
from tests.support.house import OTHER, PASSWORD
from tests.support.serving import SERVE
from tests.support.shelf import REAL, ROOT, Look, Shelf, looking, shelf_in

pytestmark = pytest.mark.slow
WHO = "杨春明"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("accounts") / "hongtou.db"


@pytest.fixture(scope="module")
def shelf(file: Path) -> Iterator[Shelf]:
    """A service with an issue in which an administrator has been set up by the command line."""
    with shelf_in(file) as found:
        found.issue(found.publication(), REAL)
        yield found


@pytest.fixture(scope="module")
def link(shelf: Shelf, file: Path) -> str:
    """The path of a link that sets the first administrator up."""
    told = subprocess.run(
        ["env", f"HONGTOU_DATABASE={file}", *SERVE[:-1], "accounts", "link"],
        capture_output=True, check=True, timeout=120,
    ).stdout.decode()  # fmt: skip
    (found,) = re.findall(r"/setup#\S+", told)
    return str(found)


@pytest.fixture(scope="module")
def window(chromium: Browser, shelf: Shelf, link: str) -> Iterator[Look]:
    """A window in which the first administrator has set a password, and is logged in."""
    with looking(chromium, shelf.address) as look:
        look.open(link)
        look.page.fill("#name", WHO)
        look.page.fill("#new", PASSWORD)
        look.page.fill("#again", PASSWORD)
        look.follow("设定并登录")
        yield look


def log_in(look: Look, password: str = PASSWORD) -> None:
    look.page.fill("#name", WHO)
    look.page.fill("#password", password)
    look.click("登录")


def test_the_first_link_leads_to_the_list_and_works_once(
    window: Look, chromium: Browser, link: str
) -> None:
    assert window.page.inner_text("details.menu summary") == WHO
    with looking(chromium, window.address) as other:
        other.open(link)
        other.page.wait_for_selector("#spent:visible")
        assert "用过了" in other.words()
        assert link.partition("#")[2] not in other.page.url


def test_log_in_leads_where_one_wanted_to_go(window: Look, chromium: Browser, shelf: Shelf) -> None:
    with looking(chromium, shelf.address) as look:
        look.open("/issues/1/history")
        assert "/login?after=" in look.page.url
        log_in(look, "不对的密码不对的")
        look.page.wait_for_function("() => document.getElementById('warned').textContent")
        assert "名称或密码不对" in look.words()
        log_in(look)
        look.page.wait_for_url("**/issues/1/history")
        look.page.click("details.menu summary")
        look.click("退出")
        look.page.wait_for_url("**/login")
        look.open("/")
        assert look.page.url.endswith("/login")


def test_a_session_that_ends_while_somebody_types_loses_nothing(window: Look, shelf: Shelf) -> None:
    desk = window.desk(1)
    window.page.evaluate(
        """async () => {
            const { ask, address } = await import("/static/desk/service.js");
            await ask(address("session?everywhere=true"), { method: "DELETE" });
        }"""
    )
    desk.put_caret("paragraph", 0, 0)
    window.page.keyboard.type("登录过期时写的字，", delay=300)  # longer than until it is saved
    window.page.wait_for_selector("#again[open]")
    assert window.axe() == []
    assert window.page.input_value("#again [name=username]") == WHO
    window.page.fill("#again [name=password]", PASSWORD)
    window.page.click("#again .chief")
    window.page.wait_for_selector("#again", state="detached")
    window.wait_until_kept()
    assert "登录过期时写的字，" in desk.words("paragraph", 0)
    kept = window.page.evaluate("async () => (await fetch('/v1/issues/1')).text()")
    assert "登录过期时写的字，" in kept
    record = window.page.evaluate("async () => (await fetch('/v1/issues/1/record')).json()")
    assert record["changed_by"] == WHO


def test_an_account_is_made_and_its_link_handed_over(window: Look, chromium: Browser) -> None:
    window.open("/accounts")
    window.click("新建帐号")
    window.page.fill("#name", "<b>王龙</b>")
    window.click("新建")
    window.page.wait_for_selector("#linked[open]")
    assert window.axe() == []
    found = window.page.input_value("#shown-link")
    window.follow("好了")
    window.page.wait_for_selector("td:has-text('<b>王龙</b>')")
    window.page.wait_for_selector("#told:text-is('已新建帐号“<b>王龙</b>”')")
    for act, words in (("停用", "已停用"), ("启用", "已启用")):
        with window.page.expect_navigation():
            window.page.click(f"[aria-label='{act}<b>王龙</b>']")
        window.page.wait_for_selector(f"#told:text-is('{words}<b>王龙</b>')")
        assert window.page.evaluate("() => document.activeElement.dataset.act") != act
    with looking(chromium, window.address) as look:
        look.page.goto(found)
        look.page.wait_for_selector("#link:visible")
        assert look.page.input_value("#name") == "<b>王龙</b>"
        look.page.fill("#new", OTHER)
        look.page.fill("#again", OTHER)
        look.follow("设定并登录")
        look.open("/accounts")
        assert "看不了这一页" in look.page.content()
        an_editor_sets_a_publication_up(look)


def an_editor_sets_a_publication_up(look: Look) -> None:
    """Fill a new publication from an old issue, and go on to that issue, logged in as an editor."""
    look.open("/publications/new")
    text = (ROOT / "tests" / "issues" / "real-issue.txt").read_bytes()
    given = {"name": "旧.txt", "mimeType": "text/plain", "buffer": text}
    look.page.set_input_files("#old-issue", given)
    look.page.wait_for_function("() => told.textContent.includes('已照 旧.txt 填好')")
    look.follow("建立刊物")
    look.page.wait_for_selector("#lines li")


@pytest.mark.parametrize("path", ["/login", "/setup#x", "/password", "/accounts"])
def test_no_button_is_in_use_before_its_script(window: Look, path: str) -> None:
    """Or a quick Enter would have the browser send name and password itself, in an address."""
    assert window.in_use_without_scripts(path) == []
    window.open(path)
    assert window.page.locator("[data-scripted]:disabled").count() == 0


@pytest.mark.parametrize("size", WINDOWS.values(), ids=WINDOWS)
@pytest.mark.parametrize("path", ["/login", "/setup#x", "/password", "/accounts"])
def test_a_screen_fits_its_window(window: Look, path: str, size: tuple[int, int]) -> None:
    window.page.set_viewport_size({"width": size[0], "height": size[1]})
    window.open(path)
    assert window.page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    assert window.axe() == []


def test_long_names_leave_every_button_of_the_bar_in_the_window(
    window: Look, chromium: Browser, shelf: Shelf
) -> None:
    """Of a person, of who else has it open, and of a publication: 40 characters each."""
    name = "毕节市创建全国文明城市工作领导小组办公室综合协调科王小龙"
    window.open("/accounts")
    window.click("新建帐号")
    window.page.fill("#name", name)
    window.click("新建")
    window.page.wait_for_selector("#linked[open]")
    link = window.page.input_value("#shown-link")
    company = {
        "version": 1, "state": "draft", "by": name, "at": "",
        "others": [{"tab": "1", "who": f"{name}二", "place": "", "seen_at": ""}],
    }  # fmt: skip
    with looking(chromium, window.address) as look:
        look.page.route("**/presence", lambda route: route.fulfill(json=company))
        look.page.goto(link)
        look.page.wait_for_selector("#link:visible")
        look.page.fill("#new", OTHER)
        look.page.fill("#again", OTHER)
        look.follow("设定并登录")
        desk = look.desk(1)
        look.page.evaluate(
            "name => { document.querySelector('h1').textContent = `${name}简报 第33期`; }", name
        )
        desk.put_caret("paragraph", 0, 0)
        desk.type("写。")
        look.wait_until_kept()
        look.page.evaluate("words => desk.tell(words)", "已并入别人刚才的修改，请看过再办")
        for button in ("送审", "下载 PDF"):
            box = look.page.get_by_role("button", name=button).bounding_box()
            assert box is not None
            assert box["x"] + box["width"] <= 1366
        assert look.page.evaluate("() => document.querySelector('.bar').offsetHeight") < 60
        assert name in look.page.inner_text("details.menu:last-of-type summary")
