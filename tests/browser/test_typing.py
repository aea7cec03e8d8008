"""A key is answered first: what is shown beside the manuscript follows, and only what changes is made anew."""

from __future__ import annotations

from tests.support.desk import DeskPage

ROWS = "() => [...document.querySelectorAll('#outline li')]"


def test_no_preview_is_put_together_in_the_event_of_a_key(desk: DeskPage) -> None:
    desk.put_caret("paragraph", 3, 2)
    desk.wait_for_pages()
    at_once = desk.page.evaluate(
        """() => {
            const { desk: told } = desk.previews, { form } = told;
            window.asked = 0;
            told.form = () => { asked += 1; told.form = form; return form(); };
            desk.view.dispatch(desk.view.state.tr.insertText("字"));
            return asked;
        }"""
    )
    assert at_once == 0
    desk.page.wait_for_function("() => asked === 1")


def test_the_rows_of_the_outline_stay_while_a_text_grows(desk: DeskPage) -> None:
    desk.put_caret("headline", 1, 0)
    desk.page.evaluate(f"() => ({ROWS})().forEach((row, number) => (row.dataset.seen = number))")
    size = desk.page.inner_text("#outline li:nth-child(2) small")
    desk.type("新标题")
    assert desk.page.evaluate(f"() => ({ROWS})().map((row) => row.dataset.seen)") == list("0123")
    assert desk.page.inner_text("#outline li:nth-child(2) .go").startswith("新标题")
    assert desk.page.inner_text("#outline li:nth-child(2) small") != size
    label = desk.page.get_attribute("#outline li:nth-child(2) [title='上移']", "aria-label")
    assert label is not None
    assert label.startswith("上移“新标题")


def test_a_row_leads_to_where_its_article_is_now(desk: DeskPage) -> None:
    desk.put_caret("headline", 0, 0)
    desk.type("前面长出来的字")
    desk.page.click("#outline li:nth-child(4) .go")
    here = "() => desk.view.state.selection.$from.node(1).type.name"
    assert desk.page.evaluate(here) == "briefs"
    desk.page.hover("#outline li:nth-child(4)")
    desk.page.click("#outline li:nth-child(4) [title='删去']")
    assert "briefs" not in desk.issue()
    desk.undo()
    assert "briefs" in desk.issue()


def test_what_is_done_in_the_outline_is_undone_from_there_and_by_itself(desk: DeskPage) -> None:
    desk.put_caret("headline", 1, 0)
    desk.type("新")
    typed = desk.issue()
    desk.page.hover("#outline li:nth-child(2)")
    desk.page.click("#outline li:nth-child(2) [title='删去']")
    removed = desk.issue()
    assert len(removed["articles"]) < len(typed["articles"])
    desk.page.evaluate("() => document.getElementById('outline-region').focus()")
    desk.undo()
    assert (desk.issue(), desk.told()) == (typed, "已撤销")
    desk.press("Control+y")
    assert (desk.issue(), desk.told()) == (removed, "已重做")
    for _ in range(3):
        desk.page.click("button:text-is('撤销')")
    assert desk.told() == "没有可以撤销的了"


def test_an_article_more_or_less_is_one_where_it_is_double_clicked(desk: DeskPage) -> None:
    count = len(desk.issue()["articles"])
    desk.page.dblclick("#add-article")
    assert len(desk.issue()["articles"]) == count + 1
    desk.page.hover("#outline li:nth-child(1)")
    desk.page.dblclick("#outline li:nth-child(1) [title='删去']")
    assert len(desk.issue()["articles"]) == count
