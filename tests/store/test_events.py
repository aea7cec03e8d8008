"""操作记录: every deed is noted, listed, and shown to be whole."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hongtou.bulletin.limits import Limits
from hongtou.cli import main
from hongtou.config import Config
from hongtou.desk import Desk
from hongtou.desk.actions import ACTIONS
from hongtou.desk.auditing import Auditing
from hongtou.desk.event import Noted, WantedEvents, span_of
from hongtou.store import SqlArchive, open_archive, read_archive
from hongtou.web.app import create_app
from hongtou.web.pages.events import said
from tests.support.archives import CHEN, NOON, WANG, is_full_scan, kept, later, plans_of
from tests.support.editor import Editor
from tests.support.fakes import FakeTypesetter

pytestmark = pytest.mark.slow

DESK = Path(__file__).parents[2] / "service" / "hongtou" / "desk"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with five events: a publication, an issue, and that one discarded and back."""
    place = tmp_path / "hongtou.db"
    monkeypatch.setenv("HONGTOU_DATABASE", str(place))
    archive = open_archive(str(place))
    desk = Desk(archive, Limits())
    one = kept(desk)
    desk.issues.discard(one, 1, CHEN)
    desk.issues.take_back(one, later(WANG, days=1))
    desk.history.name(one, 3, "初稿", WANG)
    archive.close()
    return place


def tamper(file: Path, statement: str) -> None:
    """Change the database as somebody would who may write its file."""
    with closing(sqlite3.connect(file)) as database:
        database.execute("DROP TRIGGER event_no_update")
        database.execute("DROP TRIGGER event_no_delete")
        database.execute(statement)
        database.commit()


def check() -> Result:
    return CliRunner().invoke(main, ["events", "check"])


class TestTheCommand:
    def test_a_whole_chain(self, file: Path) -> None:
        told = check()
        assert told.exit_code == 0
        found = re.fullmatch(r"完好：5 条，末条的摘要 ([0-9a-f]{64})\n", told.stdout)
        assert found
        with closing(sqlite3.connect(file)) as database:
            (last,) = database.execute("SELECT digest FROM event ORDER BY id DESC").fetchone()
        assert found[1] == last

    @pytest.mark.parametrize(
        ("statement", "fault", "whole"),
        [
            ("UPDATE event SET who = '某人' WHERE id = 3", "第 3 号操作记录被改动过", 2),
            ("UPDATE event SET client = '10.0.0.9' WHERE id = 4", "第 4 号操作记录被改动过", 3),
            ("UPDATE event SET at = '2017-12-21 12:00:00.000000' WHERE id = 1", "第 1 号操作记录被改动过", 0),
            ("DELETE FROM event WHERE id = 2", "第 3 号操作记录与前一条不相接", 1),
        ],
    )  # fmt: skip
    def test_one_that_was_changed_or_deleted_is_named(
        self, file: Path, statement: str, fault: str, whole: int
    ) -> None:
        tamper(file, statement)
        told = check()
        assert told.exit_code == 4
        assert told.stderr.startswith(f"错误：{fault}")
        assert f"它之前的 {whole} 条完好" in told.stderr

    def test_the_service_need_not_stop(self, file: Path) -> None:
        service = open_archive(str(file))
        assert check().exit_code == 0
        service.close()

    def test_it_only_reads(self, file: Path) -> None:
        with closing(sqlite3.connect(file)) as database:
            database.execute("PRAGMA journal_mode=DELETE")
        before = file.read_bytes()
        assert check().exit_code == 0
        assert file.read_bytes() == before

    def test_no_database_and_none_of_ours_are_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = tmp_path / "other.db"
        monkeypatch.setenv("HONGTOU_DATABASE", str(other))
        assert (check().exit_code, "没有数据库" in check().stderr) == (4, True)
        other.touch()
        assert (check().exit_code, "不是 hongtou 的数据库" in check().stderr) == (4, True)
        monkeypatch.setenv("HONGTOU_DATABASE", "none")
        assert (check().exit_code, "不用数据库" in check().stderr) == (4, True)


def test_on_either_database_it_is_read_beside_the_service(place: str) -> None:
    service = open_archive(place)
    kept(Desk(service, Limits()))
    reader = read_archive(place)
    assert Desk(reader, Limits()).auditing.chain().count == 2
    reader.close()
    service.close()


class TestTheList:
    def test_it_is_of_an_issue_an_action_a_day_and_goes_on(self, desk: Desk) -> None:
        one, other = kept(desk, 33), kept(desk, 34, day="2017-12-29")
        desk.issues.discard(one, 1, later(CHEN, days=2))

        def numbers(**wanted: object) -> list[int]:
            return [found.number for found in listed(desk, **wanted)]

        assert numbers() == [4, 3, 2, 1]
        assert numbers(issue_id=other) == [3]
        assert numbers(action="issue.add") == [3, 2]
        since, until = span_of((NOON + timedelta(days=2)).astimezone().date())
        assert numbers(since=since, until=until) == [4]
        assert numbers(issue_id=one, until=since) == [2]
        first = desk.auditing.listed(WantedEvents(count=3))
        assert (first.next, [found.number for found in first.noted]) == (2, [4, 3, 2])
        last = desk.auditing.listed(WantedEvents(count=3, before=2))
        assert (last.next, [found.number for found in last.noted]) == (None, [1])

    def test_issues_that_are_still_kept_are_named(self, desk: Desk) -> None:
        one = kept(desk)
        desk.issues.discard(one, 1, WANG)
        assert desk.auditing.listed(WantedEvents()).issues[one].facts.number == 33
        desk.issues.empty_bin(later(WANG, days=31))
        gone = desk.auditing.listed(WantedEvents())
        assert gone.issues == {}
        assert gone.noted[0].event.action == "issue.delete"


def listed(desk: Desk, **wanted: object) -> list[Noted]:
    return list(desk.auditing.listed(WantedEvents(**wanted)).noted)  # type: ignore[arg-type]


def test_a_day_begins_and_ends_where_the_service_runs() -> None:
    since, until = span_of(date(2017, 12, 22))
    assert since is not None
    assert until is not None
    assert since.replace(tzinfo=None).isoformat() == "2017-12-22T00:00:00"
    assert until.replace(tzinfo=None).isoformat() == "2017-12-23T00:00:00"
    assert span_of(None) == (None, None)


def test_every_action_that_is_noted_has_words() -> None:
    noted = {
        name
        for path in (*DESK.glob("*.py"), *(DESK.parent / "accounts").glob("*.py"))
        for name in re.findall(r'Deed\(\s*"([a-z.-]+)"', path.read_text(encoding="utf-8"))
    }
    steps = {name for name in ACTIONS if name.startswith("issue.")} - {"issue.add"}
    assert len(noted) > 5
    assert noted <= set(ACTIONS)
    assert {"issue.submit", "issue.finalize", "issue.unlock"} <= steps


class TestOverHttp:
    @pytest.fixture
    def editor(self, tmp_path: Path) -> Editor:
        archive = open_archive(str(tmp_path / "hongtou.db"))
        app = create_app(Config(), FakeTypesetter(), desk=Desk(archive, Limits()))
        return Editor(app.test_client())

    def test_who_when_from_where_and_what(self, editor: Editor) -> None:
        one = editor.issue(33)
        editor.step(one, "submit", "return")
        told = editor.ask("GET", "/v1/events").json
        newest = told["events"][0]
        assert newest["action"] == "issue.return"
        assert newest["detail"]["note"] == "改期号"
        assert (newest["who"], newest["client"]) == ("本机", "127.0.0.1")
        assert (newest["issue"], newest["publication"], newest["number"]) == (one, 1, 4)
        assert told["next"] is None
        of_action = editor.ask("GET", f"/v1/events?issue={one}&action=issue.submit").json["events"]
        assert [found["number"] for found in of_action] == [3]
        assert editor.ask("GET", "/v1/events?day=2016-01-01").json["events"] == []
        assert len(editor.ask("GET", "/v1/events?before=3").json["events"]) == 2

    def test_a_page_ends_and_goes_on(self, editor: Editor) -> None:
        for number in range(1, 54):
            editor.issue(number, day="2017-12-22")
        first = editor.ask("GET", "/v1/events").json
        assert (len(first["events"]), first["next"]) == (50, 5)
        last = editor.ask("GET", f"/v1/events?before={first['next']}").json
        assert ([found["number"] for found in last["events"]], last["next"]) == ([4, 3, 2, 1], None)

    @pytest.mark.parametrize(
        "query",
        [
            "action=nothing", "issue=0", "kind=x",
            "day=2017-13-01", "day=0001-01-01", "day=1899-12-31", "day=3000-01-01", "day=9999-12-31",
        ],
    )  # fmt: skip
    def test_what_is_unknown_is_refused(self, editor: Editor, query: str) -> None:
        assert editor.ask("GET", f"/v1/events?{query}").status_code == 400

    @pytest.mark.parametrize("day", ["1900-01-01", "2999-12-31"])
    def test_the_first_and_the_last_day(self, editor: Editor, day: str) -> None:
        assert editor.ask("GET", f"/v1/events?day={day}").json["events"] == []

    @pytest.mark.parametrize("number", [1_000_051, 2**31 - 1])
    def test_a_page_goes_on_behind_any_number(
        self, editor: Editor, monkeypatch: pytest.MonkeyPatch, number: int
    ) -> None:
        asked: list[WantedEvents] = []
        listed = Auditing.listed

        def note(auditing: Auditing, wanted: WantedEvents) -> Any:
            asked.append(wanted)
            return listed(auditing, wanted)

        monkeypatch.setattr(Auditing, "listed", note)
        assert editor.client.get(f"/events?before={number}").status_code == 200
        assert editor.client.get(f"/events?before={number}{number}").status_code == 200
        assert [one.before for one in asked] == [number, 2**31 - 1]

    def test_the_page_shows_it_for_people(self, editor: Editor) -> None:
        one = editor.issue(33)
        editor.step(one, "submit", "return")
        shown = editor.client.get("/events").text
        for words in ("退回", "改期号", "创建工作动态 第33期", "127.0.0.1", "新建刊物", "本机"):
            assert words in shown
        assert "改期号" not in editor.client.get("/events?action=issue.add").text
        assert "没有这样的记录" in editor.client.get(f"/events?issue={one + 1}").text

    @pytest.mark.parametrize("query", ["day=9999-12-31", "issue=99999999999", "before=-1", "day=x"])
    def test_no_address_breaks_the_page(self, editor: Editor, query: str) -> None:
        assert editor.client.get(f"/events?{query}").status_code == 200

    def test_markup_in_a_note_is_text(self, editor: Editor) -> None:
        one = editor.issue(33)
        editor.step(one, "submit")
        body = {"step": "return", "note": "<script>alert(1)</script>"}
        editor.ask("POST", f"/v1/issues/{one}/transitions", body, 2)
        assert "<script>alert" not in editor.client.get("/events").text
        assert "&lt;script&gt;alert" in editor.client.get("/events").text


def test_what_an_event_says_besides_the_action() -> None:
    assert said({"note": "改期号", "revision": 3}) == "改期号；留存的第 3 个版本"
    assert said({"print_run": 50, "date": "2017-12-22"}) == "印50份"
    assert said({"from": "draft"}) == ""


@pytest.mark.parametrize("name", ["issue_id", "action", "since", "before"])
def test_a_list_of_events_reads_no_table_from_end_to_end(archive: SqlArchive, name: str) -> None:
    desk = Desk(archive, Limits())
    for number in range(1, 21):
        kept(desk, number)
    value = {"issue_id": 1, "action": "issue.add", "since": NOON, "before": 9}[name]
    wanted = WantedEvents(**{name: value})  # type: ignore[arg-type]
    steps = plans_of(archive, lambda: desk.auditing.listed(wanted))
    assert steps
    assert not [step for step in steps if is_full_scan(step)]
