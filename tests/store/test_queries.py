"""Whatever is asked for: no text becomes part of a statement, and no route reads a table from end to end."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

import hongtou.store
from hongtou.bulletin.limits import Limits
from hongtou.config import Config
from hongtou.desk import Desk
from hongtou.desk.document import write_document
from hongtou.desk.holdings import Asset, blob_of
from hongtou.store import SqlArchive, connecting
from hongtou.store.columns import metadata
from hongtou.store.words import MOST_TOKENS, phrases, tokens
from hongtou.web.app import create_app
from hongtou.web.route import Route
from hongtou.web.routes import ROUTES
from scripts.rooms import tree_of
from tests.support.archives import (
    WANG,
    document,
    is_full_scan,
    kept,
    later,
    move,
    plans_of,
    statements_of,
)
from tests.support.fakes import FakeTypesetter
from tests.support.hostile import image_names, texts

pytestmark = pytest.mark.long

INJECTIONS = (
    "'", '"', "''", "`", "\\", "\\'", ";", "--", "/*", "*/", "%", "_", "%%", "%s", "%(x)s", ":x", "?", "$1", "{}",
    "' OR '1'='1", "1 OR 1=1", "1; DROP TABLE issue; --", "'; DROP TABLE issue; --", "1) UNION SELECT 1--",
    "' UNION SELECT sqlite_version()--", "pg_sleep(9)", "'||pg_sleep(9)||'", "1/**/OR/**/1=1", "0x27",
    "title DESC", "id; DELETE FROM event", "(SELECT document FROM issue)", "issue.document", "$.a", "$[*]", "{a,b}",
    '"a" AND "b"', "a NEAR b", "a*", "^a", "NOT a", 'issue_grams MATCH "a"', "(", ")", "a)", "\x00", "\x1a", "\u2028",
    "\ufeff", "\U0010ffff", "𠮷", "的" * 500, "9" * 30, "-1", "1e9", "NaN", "١", "１", "true", "null", "", " ", "\n",
)  # fmt: skip
CORPUS = (*INJECTIONS, *texts("http://a.test", Path("/etc/passwd")), *image_names("http://a.test", Path("/etc/passwd")))  # fmt: skip
READ = [one for one in ROUTES if one.uses_archive and one.method == "GET"]
QUERIES = (
    "",
    "?q=一段",
    "?year=2017&state=draft&publication=1",
    "?action=issue.add&issue=1",
    "?bin=true",
)
# The newest fifty by their numbers: the walk ends with the page, though SQLite calls it a scan.
WALKED = dict.fromkeys(("api.all_events", "pages.events"), frozenset({"event"}))
# Lists of a whole table, which has few rows: one for each bulletin, one for each person.
WHOLE = frozenset({"publication", "account"})
ISSUES = 20


@pytest.fixture
def filled(archive: SqlArchive) -> SqlArchive:
    """An archive with a little of everything."""
    desk = Desk(archive, Limits())
    for number in range(1, ISSUES + 1):
        kept(desk, number)
    desk.history.name(1, 1, "送审前", WANG)
    picture = blob_of(b"picture", "image/png")
    desk.holding.put(
        1, Asset(name="图", sha256=picture.sha256, media_type="image/png", size=7), picture, WANG
    )
    desk.issues.discard(2, 1, WANG)
    return archive


@pytest.fixture
def client(filled: SqlArchive) -> Iterator[FlaskClient]:
    app = create_app(Config(), FakeTypesetter(), desk=Desk(filled, Limits()))
    yield app.test_client()


def path_of(route: Route, text: str = "1") -> str:
    path = route.path.replace("<int:issue>", "1").replace("<int:publication>", "1")
    path = path.replace("<int:revision>", "1")
    return path if "<" not in path else path[: path.index("<")] + quote(text, safe="")


def names_of(route: Route) -> list[str]:
    """Return the parameters that a route takes; those of a page are not declared."""
    if route.endpoint.startswith("pages."):
        return ["publication", "q", "after", "from", "to", "day", "action", "before"]
    return [name for name, *_ in route.parameters] or [""]


class TestHostileTexts:
    def test_no_filter_breaks_a_statement(self, client: FlaskClient) -> None:
        for route in READ:
            for name in names_of(route):
                for text in INJECTIONS if name == "q" else INJECTIONS[::9]:
                    found = client.get(f"{path_of(route, text)}?{name}={quote(text)}")
                    assert found.status_code < 500, (route.endpoint, name, text, found.text)

    def test_a_search_finds_what_holds_the_text_and_nothing_else(self, client: FlaskClient) -> None:
        passages = [
            (f"2017年第{number}期（总第{580 + number}期）", f"第{number}期的头条", "一段。")
            for number in range(1, ISSUES + 1)
            if number != 2
        ]
        for text in CORPUS:
            found = client.get("/v1/issues", query_string={"q": text})
            wanted = [" ".join(tokens(word)[:MOST_TOKENS]) for word in phrases(text)]
            if found.status_code == 200:
                held = [
                    all(
                        any(f" {word} " in f" {' '.join(tokens(one))} " for one in texts)
                        for word in wanted
                    )
                    for texts in passages
                ]
                # What holds no word is no filter where it is nothing but spaces, and else finds nothing.
                numbers = {sum(held)} if wanted else {0, len(passages)}
                assert len(found.json["issues"]) in numbers, text

    def test_every_text_that_is_kept_comes_back_as_it_was(self, filled: SqlArchive) -> None:
        desk = Desk(filled, Limits())
        for version, text in enumerate(CORPUS, 1):
            sent = document(1, body=text)
            desk.issues.save(1, version, sent, WANG)
            assert desk.issues.one(1).document == sent
        assert len(desk.publications.listed()) == 1
        assert desk.auditing.chain().fault == ""

    def test_names_labels_and_reasons_do_too(self, client: FlaskClient) -> None:
        for text in INJECTIONS:
            version = client.get("/v1/issues/1/record").json["version"]
            sent: list[tuple[str, str, dict[str, Any], dict[str, str]]] = [
                ("POST", "/v1/issues/1/revisions", {"label": text}, {"If-Match": f'"{version}"'}),
                ("POST", "/v1/issues/1/presence", {"tab": text, "place": text}, {}),
                ("POST", "/v1/publications", {"nameplate": text, "issuing_body": text}, {}),
                ("POST", "/v1/publications/1/skipped", {"year": 2017, "number": 900, "reason": text}, {}),
            ]  # fmt: skip
            for method, path, body, headers in sent:
                answer = client.open(path, method=method, json=body, headers=headers)
                assert answer.status_code < 500, (path, text, answer.text)
            put = client.put(f"/v1/issues/1/assets/{quote(text, safe='')}", data=b"no picture")
            assert put.status_code < 500, text
        labels = {one["label"] for one in client.get("/v1/issues/1/revisions").json["revisions"]}
        assert {"' OR '1'='1", "1; DROP TABLE issue; --"} <= labels


def test_no_route_reads_a_table_from_end_to_end(filled: SqlArchive, client: FlaskClient) -> None:
    for route in READ:
        for query in QUERIES:
            path = path_of(route, "图") + query
            scans = [
                one for one in plans_of(filled, lambda at=path: client.get(at)) if is_full_scan(one)
            ]
            tables = {word for step in scans for word in re.findall(r"\w+", step)} & set(
                metadata.tables
            )
            assert not tables - WHOLE - WALKED.get(route.endpoint, frozenset()), path


def test_what_is_deleted_at_once_is_no_more_than_a_statement_takes(
    archive: SqlArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A desk that was not tidied for a week has tens of thousands of revisions to thin."""
    monkeypatch.setattr(connecting, "MOST_AT_ONCE", 5)
    desk = Desk(archive, Limits())
    issues = [kept(desk, number, body="一段。\n" * 12) for number in range(1, 8)]
    for turn in range(1, 13):
        desk.issues.save(
            issues[0], turn, document(1, body=f"{turn}。"), later(WANG, minutes=40 * turn)
        )
    deleted: list[int] = []
    event.listen(
        archive.engine,
        "before_cursor_execute",
        lambda *said: deleted.append(len(said[3])) if said[2].startswith("DELETE") else None,
    )
    long = json.loads(document(1))
    long["articles"][0]["body"] = [f"第{number}段。" for number in range(12)]
    desk.issues.save(issues[0], 13, write_document(long), later(WANG, hours=9))
    desk.issues.save(issues[0], 14, document(1), later(WANG, hours=9))
    assert desk.history.thin(later(WANG, days=9)) == 13
    for one in issues[1:]:
        desk.issues.discard(one, 1, WANG)
    assert desk.issues.clear_bin(1, later(WANG, days=1)) == 6
    assert max(deleted) == 5
    assert len(desk.history.revisions(issues[0])) == 1


def test_the_list_asks_for_all_final_files_at_once(archive: SqlArchive) -> None:
    desk = Desk(archive, Limits())
    client = create_app(Config(), FakeTypesetter(), desk=desk).test_client()
    asked: list[int] = []
    for number in (1, 2, 3):
        one = kept(desk, number, body=f"{number}。")
        move(desk, one, "submit", "finalize", "unlock", "submit", "finalize")
        newest = desk.finishing.editions(one)[0]
        assert desk.finishing.newest([one, 99]) == {one: newest}
        statements = statements_of(archive, lambda: client.get("/"))
        assert client.get("/").text.count("/editions/") == number
        asked.append(len(statements))
    assert len(set(asked)) == 1


def _written() -> Iterator[tuple[str, ast.expr]]:
    """Yield every text that the store gives a database as it is, with its file."""
    for path in sorted(Path(hongtou.store.__file__).parent.rglob("*.py")):
        for call in ast.walk(tree_of(path)):
            if isinstance(call, ast.Call) and call.args:
                name = getattr(call.func, "attr", getattr(call.func, "id", ""))
                if name in {"exec_driver_sql", "text", "execute", "executescript", "prefix_with"}:
                    yield path.name, call.args[0]


def test_statements_are_written_nowhere_from_what_is_given() -> None:
    """Only our own numbers and names of pragmas stand in formatted statements."""
    formatted = {
        (name, ast.unparse(part.value))
        for name, written in _written()
        if isinstance(written, ast.JoinedStr | ast.BinOp)
        for part in ast.walk(written)
        if isinstance(part, ast.FormattedValue)
    }
    assert formatted <= {
        ("connecting.py", "pragma"),
        ("trying.py", "LOCK_SECONDS"),
        ("trying.py", "LOCK_SECONDS * 1000"),
        ("trying.py", "WAIT_SECONDS * 1000"),
    }
