"""Nothing that was shown as saved is ever lost: the five promises of the desk, kept in a browser.

``--repeat 20`` runs each of them twenty times.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.support.desk import DeskPage
from tests.support.mortal import Mortal
from tests.support.pictures import village
from tests.support.shelf import Look, Shelf, looking
from tests.support.warm_start import warm_serving

pytestmark = pytest.mark.slow

SAVED_MS = 2000  # within which a change is saved: issue 15
names = count()
PICTURE: Any = {"name": "现场.png", "mimeType": "image/png", "buffer": village()}
SAYS_SAVED = "() => document.body.dataset.kept === 'saved'"


@pytest.fixture(autouse=True)
def turn(request: pytest.FixtureRequest) -> int:
    """Which of the runs of a test this is."""
    return int(request.param)


@pytest.fixture
def issue(mortal: Mortal) -> int:
    if mortal.running is None:
        mortal.start()
    return mortal.shelf.issue(mortal.shelf.publication(f"留存{next(names)}"))


@pytest.fixture
def look(chromium: Browser, mortal: Mortal) -> Iterator[Look]:
    with looking(chromium, f"http://127.0.0.1:{mortal.port}") as found:
        yield found


@contextmanager
def another(chromium: Browser, mortal: Mortal) -> Iterator[Look]:
    with looking(chromium, mortal.shelf.address) as found:
        yield found


def first(document: Any) -> str:
    """Return the first paragraph."""
    return str(document["articles"][0]["body"][0])


def type_at_head(desk: DeskPage, words: str) -> None:
    desk.put_caret("paragraph", 0, 0)
    desk.type(words)


def catch_up(look: Look) -> None:
    """Do what is done every ten seconds."""
    look.page.evaluate("() => desk.ping()")


def test_what_was_shown_as_saved_outlives_a_service_killed_while_typing(
    look: Look, mortal: Mortal, issue: int
) -> None:
    desk = look.desk(issue)
    desk.put_caret("paragraph", 0, 0)
    strokes = [f"第{number}笔，" for number in range(25)]
    shown = 0
    for number, words in enumerate(strokes):
        desk.type(words)
        look.page.wait_for_timeout(90)
        if look.page.evaluate(SAYS_SAVED):
            shown = number + 1
        if number == 18:
            mortal.kill()
    with warm_serving(database=mortal.file) as unseen:  # which the browser cannot reach
        kept = Shelf(unseen).document(issue)
    assert first(kept).startswith("".join(strokes[:shown]))
    mortal.start()
    look.wait_until_kept()
    assert first(mortal.shelf.document(issue)).startswith("".join(strokes))


def test_a_change_is_on_its_way_within_two_seconds(look: Look, mortal: Mortal, issue: int) -> None:
    """By the clock of the page, which stands still but for what is said."""
    look.page.clock.install()
    desk = look.desk(issue)
    look.page.clock.pause_at(look.page.evaluate("() => Date.now() + 60_000"))
    type_at_head(desk, "马上存好。")
    with look.page.expect_request(lambda asked: asked.method == "PUT"):
        look.page.clock.run_for(SAVED_MS)
    look.page.clock.resume()
    look.wait_until_kept()
    assert first(mortal.shelf.document(issue)).startswith("马上存好。")


def test_away_is_told_typing_goes_on_and_all_of_it_arrives(
    look: Look, mortal: Mortal, issue: int
) -> None:
    desk = look.desk(issue)
    mortal.kill()
    type_at_head(desk, "断线时写的。")
    look.wait_until_kept("local")
    assert "已留在本机" in look.page.inner_text("#kept")
    look.page.wait_for_selector("#away:visible")
    mortal.start()
    look.wait_until_kept()
    assert first(mortal.shelf.document(issue)).startswith("断线时写的。")


def test_a_tab_that_is_closed_while_away_gives_its_text_back(
    look: Look, mortal: Mortal, issue: int
) -> None:
    desk = look.desk(issue)
    mortal.kill()
    type_at_head(desk, "关窗前写的。")
    look.wait_until_kept("local")
    context = look.page.context
    look.page.close()
    mortal.start()
    assert not first(mortal.shelf.document(issue)).startswith("关窗前")
    look.page = context.new_page()
    again = look.desk(issue)
    assert first(again.issue()).startswith("关窗前写的。")
    look.wait_until_kept()
    assert first(mortal.shelf.document(issue)).startswith("关窗前写的。")


def test_two_editors_in_different_places_are_joined(
    chromium: Browser, look: Look, mortal: Mortal, issue: int
) -> None:
    with another(chromium, mortal) as other:
        mine, theirs = look.desk(issue), other.desk(issue)
        type_at_head(theirs, "王龙写的。")
        other.wait_until_kept()
        mine.put_caret("brief", 0, 0)
        mine.type("陈炜写的。")
        look.wait_until_kept()
        both = mortal.shelf.document(issue)
        assert first(both).startswith("王龙写的。")
        assert json.dumps(both, ensure_ascii=False).count("陈炜写的。") == 1
        catch_up(other)
        other.page.wait_for_function("() => JSON.stringify(desk.current()).includes('陈炜写的')")
        assert theirs.issue() == mine.issue()
        assert "开着这一期" in other.page.inner_text("#company")
        assert look.page.locator("#clashes li").count() == 0


def test_a_window_that_is_left_is_told_of_no_longer(
    chromium: Browser, look: Look, mortal: Mortal, issue: int
) -> None:
    look.desk(issue)
    with another(chromium, mortal) as other:
        other.desk(issue)
        catch_up(look)
        look.page.wait_for_function("() => company.textContent.includes('开着这一期')")
        other.page.goto("about:blank")
        look.page.wait_for_function("() => (desk.ping(), company.textContent === '')", polling=300)
        other.page.go_back()
        look.page.wait_for_function("() => (desk.ping(), company.textContent !== '')", polling=300)


@pytest.mark.parametrize("choice", ["用我的", "用另一处的", "都留"])
def test_the_same_words_are_kept_twice_until_somebody_chooses(
    chromium: Browser, look: Look, mortal: Mortal, issue: int, choice: str
) -> None:
    with another(chromium, mortal) as other:
        mine, theirs = look.desk(issue), other.desk(issue)
        with look.unaware():
            type_at_head(theirs, "廉洁文化，")
            other.wait_until_kept()
            type_at_head(mine, "清廉文化，")
            look.page.wait_for_selector("#clashes li")
        look.wait_until_kept()
        assert look.axe() == []
        bodies = mortal.shelf.document(issue)["articles"][0]["body"]
        assert [one[:5] for one in bodies[:2]] == ["清廉文化，", "廉洁文化，"]
        look.click(choice)
        look.page.wait_for_selector("#clashes", state="hidden")
        look.wait_until_kept()
        kept = [one[:5] for one in mortal.shelf.document(issue)["articles"][0]["body"][:2]]
        assert (
            kept
            == {
                "用我的": ["清廉文化，", bodies[2][:5]],
                "用另一处的": ["廉洁文化，", bodies[2][:5]],
                "都留": ["清廉文化，", "廉洁文化，"],
            }[choice]
        )


def test_the_same_field_shows_both_values(
    chromium: Browser, look: Look, mortal: Mortal, issue: int
) -> None:
    field = "[data-pointer='/closing/editors']"
    with another(chromium, mortal) as other:
        look.desk(issue)
        other.desk(issue)
        with look.unaware():
            other.page.fill(field, "王龙")
            other.wait_until_kept()
            look.page.fill(field, "陈炜")
            look.page.wait_for_selector("#clashes li")
        assert "王龙" in look.page.inner_text("#clashes")
        look.click("用另一处的")
        look.wait_until_kept()
        assert mortal.shelf.document(issue)["closing"]["editors"] == ["王龙"]


def test_words_typed_while_two_texts_are_joined_are_not_lost(
    chromium: Browser, look: Look, mortal: Mortal, issue: int
) -> None:
    with another(chromium, mortal) as other:
        mine, theirs = look.desk(issue), other.desk(issue)
        mine.put_caret("brief", 0, 0)
        for number in range(12):
            if number % 4 == 0:
                type_at_head(theirs, f"他{number}，")
                other.wait_until_kept()
            mine.type(f"我{number}，")
            look.page.wait_for_timeout(120)
        look.wait_until_kept()
        words = json.dumps(mortal.shelf.document(issue), ensure_ascii=False)
        assert "".join(f"我{number}，" for number in range(12)) in words
        assert all(f"他{number}，" in words for number in (0, 4, 8))


def test_pictures_of_one_name_are_two(
    chromium: Browser, look: Look, mortal: Mortal, issue: int
) -> None:
    with another(chromium, mortal) as other:
        for number, one in enumerate((look, other)):
            one.desk(issue).put_caret("paragraph", 2 * number, 0)
            one.page.set_input_files("#pictures", files=[PICTURE])
            one.wait_until_kept()
        assets = mortal.shelf.call("GET", f"issues/{issue}/assets")["assets"]
        assert len({asset["name"] for asset in assets}) == 2


@pytest.mark.parametrize("name", ["现场.png", "截图 10:30..05 <1>?.png", "长" * 230 + ".png"])
def test_a_picture_is_kept_and_shown_again(
    look: Look, mortal: Mortal, issue: int, name: str
) -> None:
    desk = look.desk(issue)
    desk.put_caret("paragraph", 0, 0)
    look.page.set_input_files("#pictures", files=[{**PICTURE, "name": name}])
    look.wait_until_kept()
    (asset,) = mortal.shelf.call("GET", f"issues/{issue}/assets")["assets"]
    again = look.desk(issue)
    look.page.wait_for_function("name => desk.pictures.blobs.has(name)", arg=asset["name"])
    again.wait_for_pages()
    assert look.page.evaluate(
        "() => document.querySelector('#manuscript figure img').naturalWidth > 0"
    )
    assert not [one for one in look.page.locator("#findings li").all_inner_texts() if "错" in one]
