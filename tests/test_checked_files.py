"""A check that names an output makes its file, and tells what came of the preflight."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema_rs import Draft202012Validator

from hongtou.bulletin.finding import Finding, Severity
from hongtou.bulletin.order import Order
from hongtou.cli import main
from hongtou.config import Config
from hongtou.pages.page import Furnishing
from hongtou.paginate.furniture import Furniture
from hongtou.records import order_preflight
from hongtou.web.app import create_app
from tests.support.documents import article, document, encoded
from tests.support.fakes import FakeTypesetter
from tests.support.finished import EXAMPLE
from tests.support.shop import ROOT, typesetter

PRINT = Order("print")
ISSUE = ROOT / "examples" / "jianbao.json"
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def wrong_folios(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let every page bear the number of the one behind it, which GB/T 9704-2012 §7.5 forbids."""
    folio = Furniture.folio

    def next_folio(self: Furniture, page: int) -> Furnishing:
        return folio(self, page + 1)

    monkeypatch.setattr(Furniture, "folio", next_folio)
    yield


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def failed(preflight: dict[str, Any]) -> list[dict[str, Any]]:
    return [rule for rule in preflight["rules"] if rule["outcome"] == "failed"]


class TestTheFile:
    @pytest.mark.slow
    @pytest.mark.parametrize("name", ["print", "archive", "html"])
    def test_a_sound_one_has_no_fault_and_the_check_says_the_same(self, name: str) -> None:
        found = typesetter().preflight(EXAMPLE, Order(name))
        checked = typesetter().check(EXAMPLE, Order(name))
        assert found.faults == ()
        assert (found.findings, found.page_count) == (checked.findings, checked.page_count)
        assert found.layout == checked.layout

    @pytest.mark.usefixtures("wrong_folios")
    def test_one_that_breaks_a_binding_rule_is_refused_by_it(self) -> None:
        found = typesetter().preflight(EXAMPLE, PRINT)
        told = order_preflight(PRINT, found.faults)
        assert told is not None
        assert (told["profile"], told["passed"], told["refused"]) == ("print", False, True)
        (rule,) = failed(told)
        assert (rule["code"], rule["strength"]) == ("preflight/folio", "规定")
        assert rule["source"] == "GB/T 9704-2012 §7.5"
        assert [fault["page"] for fault in rule["faults"]] == [1, 2]
        assert rule["faults"][0]["message"] == "第 1 页的页码是 2"
        assert found.page_count == 2  # what is said of the issue is said all the same

    def test_a_closing_block_behind_a_blank_page_bears_no_folio_and_leaves(self) -> None:
        """GB/T 9704-2012 §7.5."""
        issue = document(
            articles=[article(body=["一行字。"] * 30)],
            closing={"report_to": "、".join(["市委办公室"] * 110)},
        )
        even = Order("print", options=(("even_pages", True),))
        found = typesetter().preflight(encoded(issue), even)
        assert (found.page_count, found.faults) == (4, ())

    def test_of_an_issue_with_errors_there_is_none(self) -> None:
        found = typesetter().preflight(encoded(document(layout="none")), PRINT)
        assert (found.page_count, found.faults) == (None, None)
        assert order_preflight(PRINT, found.faults) is None


class TestOverHttp:
    def ask(self, query: str, *faults: Any) -> dict[str, Any]:
        client = create_app(Config(), FakeTypesetter(faults=faults)).test_client()
        answer = client.post(f"/v1/check{query}", data=b"{}", headers=JSON)
        assert answer.status_code == 200
        described = client.get("/v1/openapi.json").json
        assert described is not None
        schema = {"$ref": "#/components/schemas/Inspection", "components": described["components"]}
        assert Draft202012Validator(schema).is_valid(answer.json)
        found: dict[str, Any] = answer.json
        return found

    @pytest.mark.slow
    @pytest.mark.parametrize("query", ["", "?purpose=proof", "?normalize=true"])
    def test_without_an_output_nothing_is_told_of_a_file(self, query: str) -> None:
        assert set(self.ask(query)) == {"findings", "pages", "layout"}

    @pytest.mark.parametrize("output", ["print", "screen", "png"])
    def test_the_preflight_is_that_of_the_output_that_is_named(self, output: str) -> None:
        found = self.ask(f"?output={output}")
        assert set(found) == {"findings", "pages", "layout", "preflight"}
        assert (found["preflight"]["profile"], found["preflight"]["passed"]) == (output, True)

    def test_a_refusal_is_an_answer_and_goes_to_the_log(
        self, capfd: pytest.CaptureFixture[str]
    ) -> None:
        fault = Finding(
            code="preflight/folio", severity=Severity.ERROR, page=1, message="页码", hint="请告诉"
        )
        found = self.ask("?output=print", fault)
        assert found["preflight"]["refused"]
        assert failed(found["preflight"])[0]["faults"][0]["page"] == 1
        assert "preflight/folio" in capfd.readouterr().err

    def test_an_option_of_another_output_is_refused(self) -> None:
        client = create_app(Config(), FakeTypesetter()).test_client()
        answer = client.post("/v1/check?output=png&inks=spot", data=b"{}", headers=JSON)
        assert answer.status_code == 400


class TestOnTheCommandLine:
    @pytest.mark.slow
    def test_the_report_is_that_of_a_render(self, tmp_path: Path) -> None:
        checked = json.loads(run("check", ISSUE, "--output", "print", "--json").stdout)
        target = tmp_path / "a.pdf"
        rendered = json.loads(
            run("render", ISSUE, "--output", "print", "--json", "-o", target).stdout
        )
        (edition,) = rendered["editions"]
        assert checked["preflight"] == edition["preflight"]
        assert checked["findings"] == edition["findings"]

    @pytest.mark.slow
    def test_options_of_the_output_are_heeded(self) -> None:
        told = run("check", ISSUE, "--output", "print", "--set", "standard=x1a", "--json").stdout
        assert json.loads(told)["preflight"]["standard"].startswith("PDF/X-1a")

    @pytest.mark.slow
    def test_without_an_output_there_is_no_preflight(self) -> None:
        assert "preflight" not in json.loads(run("check", ISSUE, "--json").stdout)

    @pytest.mark.slow
    def test_no_file_is_written(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        result = run("check", ISSUE, "--output", "screen")
        assert (result.exit_code, [*tmp_path.iterdir()]) == (0, [])
        assert result.stderr.endswith("screen 出厂检查通过\n")

    @pytest.mark.slow
    @pytest.mark.usefixtures("wrong_folios")
    def test_a_refusal_is_a_run_that_failed(self) -> None:
        result = run("check", ISSUE, "--output", "print")
        assert result.exit_code == 4
        assert "preflight/folio page:1 第 1 页的页码是 2" in result.stderr
        assert result.stderr.endswith("print 出厂检查未通过\n")
