"""How much an issue may hold in all: over a limit it is refused before anything is set or decoded."""

from __future__ import annotations

import subprocess
import sys
from time import process_time
from typing import Any

import pytest

from benchmarks.attack.issues import WORST
from hongtou.bulletin.errors import MalformedDocument, ReviewFailed, TooLarge
from hongtou.bulletin.finding import Finding
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import Order
from hongtou.intake import read_issue
from hongtou.intake.document import MAX_KEY_CHARS
from hongtou.plan import least_pages, make_plan
from tests.support.documents import article, document, encoded
from tests.support.serving import ROOT
from tests.support.shop import faces, layouts, typesetter
from tests.test_edition import REAL

pytestmark = pytest.mark.slow

LIMITS = Limits()
TEXTS = list(WORST)[: list(WORST).index("PNG 噪点，1 亿像素")]  # the dearest that have no pictures
CELL = {"type": "table", "rows": [["字"]]}
FIGURE = {"type": "figure", "image": "a.png"}


def table(rows: int, columns: int = 12, **fields: Any) -> dict[str, Any]:
    return {"type": "table", "rows": [[""] * columns] * rows, **fields}


def spread(block: dict[str, Any], count: int) -> list[dict[str, Any]]:
    """Return articles with this many of a block, a hundred in each."""
    return [article(body=["甲。", *[block] * min(100, count - at)]) for at in range(0, count, 100)]


def errors(**parts: Any) -> list[tuple[str, str | None]]:
    reading = read_issue(encoded(document(**parts)), images=["a.png"])
    return [(each.code, each.pointer) for each in reading.findings if each.severity == "error"]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"articles": [article(body=[table(250), table(250)])]}, []),
        (
            {"articles": [article(body=[table(250), table(251)])]},
            [("table/too-many-cells", "/articles/0/body/1")],
        ),
        (
            {"articles": [article(body=[table(299), table(201, header=["头"] * 12)])]},
            [("table/too-many-cells", "/articles/0/body/0")],
        ),
        ({"articles": spread(CELL, 200)}, []),
        ({"articles": spread(CELL, 201)}, [("table/too-many", "/articles/2/body/1")]),
        ({"articles": spread(FIGURE, 200)}, []),
        ({"articles": spread(FIGURE, 201)}, [("picture/too-many", "/articles/2/body/1")]),
        (
            {"articles": [article(editors_note="按\n" * 2_000) for _ in range(5)]},
            [("document/too-long", "")],
        ),
        ({"briefs": {"items": ["字\r" * 101] * 100}}, [("document/too-long", "")]),
        (
            {"articles": spread({"type": "attachments", "items": ["名单"] * 50}, 201)},
            [("document/too-long", "")],
        ),
    ],
)
def test_a_total_over_its_limit_is_an_error_with_its_place(
    parts: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert errors(**parts) == expected


def test_blank_lines_are_no_paragraphs() -> None:
    assert errors(articles=[article(body="甲。\n\n\r\n  \n" * 150) for _ in range(20)]) == []


@pytest.mark.parametrize(
    "blocks", [1, [1], {"type": "table"}, [{"type": "table", "rows": 1}], [None]]
)
def test_what_is_no_table_is_not_counted(blocks: object) -> None:
    assert "table/too-many-cells" not in [
        code for code, _ in errors(articles=[article(body=blocks)])
    ]


@pytest.mark.parametrize(
    "parts",
    [
        {"articles": [article(body=[table(300)] * 8)]},
        {"articles": [article(editors_note="按\n" * 2_400) for _ in range(60)]},
        {"articles": spread(CELL, 6_000)},
        {"articles": spread({"type": "attachments", "items": ["字"] * 50}, 500)},
    ],
    ids=["cells", "notes", "tables", "attachments"],
)
def test_the_refusal_comes_before_anything_is_set(parts: dict[str, Any]) -> None:
    sent = encoded(document(**parts))
    began = process_time()
    with pytest.raises(ReviewFailed):
        typesetter().produce(sent, Order())
    assert process_time() - began < 3  # 0.1 to 0.4 s; to set them took 9 to 28


class TestKeys:
    def test_a_long_one_is_refused_and_not_repeated(self) -> None:
        with pytest.raises(MalformedDocument, match="1900000 字") as refusal:
            read_issue(encoded(document(**{"k" * 1_900_000: ["\x7f"] * 120})))
        assert len(refusal.value.message + refusal.value.hint) < 100

    @pytest.mark.parametrize("place", ["masthead", "closing"])
    def test_it_is_refused_wherever_it_stands(self, place: str) -> None:
        long = {"k" * (MAX_KEY_CHARS + 1): ["\x7f"] * 100}
        with pytest.raises(MalformedDocument, match=f"{MAX_KEY_CHARS + 1} 字") as refusal:
            read_issue(encoded(document(**{place: {**document()[place], "x": [long]}})))
        assert "kkk" not in refusal.value.message + refusal.value.hint

    def test_the_longest_of_the_contract_is_far_below(self) -> None:
        from hongtou.intake import issue_schema

        schema = issue_schema()
        parts = [schema, *schema["$defs"].values()]
        longest = max(len(name) for part in parts for name in part.get("properties", ()))
        assert longest < MAX_KEY_CHARS / 2

    def test_pointers_are_as_short_as_depth_and_keys_let_them_be(self) -> None:
        value: Any = "\x7f"
        for _ in range(LIMITS.depth - 1):
            value = {"~" * MAX_KEY_CHARS: value}
        found = read_issue(encoded({**document(), **value}))
        longest = max(len(each.pointer or "") for each in found.findings)
        assert MAX_KEY_CHARS * LIMITS.depth < longest <= (2 * MAX_KEY_CHARS + 1) * LIMITS.depth


@pytest.mark.parametrize("value", [b"0", b"[]", b"{}", b'""', b'","'])
def test_a_million_values_are_refused_before_they_are_read(value: bytes) -> None:
    many = b"[" + b",".join([value] * 400_000) + b"]"
    began = process_time()
    with pytest.raises(TooLarge, match=str(LIMITS.values)):
        read_issue(many[: LIMITS.body_bytes])
    assert process_time() - began < 1  # 0.03 s


def test_commas_and_brackets_in_a_text_are_no_values() -> None:
    assert errors(articles=[article(body=[",[{" * 1_500] * 40)]) == []


class TestLeastPages:
    def plan_of(self, parts: dict[str, Any]) -> Any:
        issue = read_issue(encoded(document(**parts)), images=["a.png"]).issue
        assert issue is not None
        return make_plan(issue, layouts()["dongtai"], faces(), Order(), {})

    def test_each_part_of_a_landscape_table_is_a_page(self) -> None:
        plan = self.plan_of({"articles": [article(body=[table(1, orientation="landscape")] * 3)]})
        assert least_pages(plan) == 5  # and the headline, and the closing block

    def test_rows_lie_on_the_grid(self) -> None:
        plan = self.plan_of({"articles": [article(body=["甲。", table(220, 1)])]})
        assert least_pages(plan) in (11, 12)  # half a line over the rows of each

    def test_an_issue_of_too_many_is_refused_before_it_is_laid_out(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def laid_out(_plan: object) -> None:
            raise AssertionError

        monkeypatch.setattr("hongtou.paginate.pagination.paginate", laid_out)
        long = encoded(document(articles=[article(body="甲。\n" * 150) for _ in range(31)]))
        with pytest.raises(ReviewFailed) as refusal:
            typesetter().produce(long, Order())
        assert [each.code for each in refusal.value.findings] == ["pages/too-many"]
        found = typesetter().check(long, Order())
        assert [each.code for each in found.findings if each.severity == "error"] == [
            "pages/too-many"
        ]
        assert "至少" in first_error(found.findings).message


def first_error(findings: tuple[Finding, ...]) -> Finding:
    return next(each for each in findings if each.severity == "error")


def test_the_longest_real_issue_holds_a_tenth_of_each_total() -> None:
    tenth = Limits(values=5_000, total_chars=30_000, total_paragraphs=1_000, total_cells=600)
    assert read_issue(REAL.read_bytes(), tenth).issue is not None


def set_by_itself(table: str, name: str) -> bool:
    """Set an issue in a process of its own: what the tests before held counts against its memory."""
    command = [sys.executable, "-m", "benchmarks.attack.cost", table, name]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "秒处理器时间" in made.stdout, made.stderr
    return made.returncode == 0


class TestTheDearest:
    """The issues that `python -m benchmarks.attack cost` sets, all of them; here the quick ones."""

    @pytest.mark.parametrize("name", TEXTS)
    def test_they_are_within_every_limit(self, name: str) -> None:
        sent = WORST[name]()
        assert isinstance(sent, bytes)
        assert read_issue(sent).issue is not None

    @pytest.mark.parametrize("name", ["标题与引题副题", "按语一字一行", "附件"])
    @pytest.mark.long
    def test_they_are_set_within_the_limits_of_a_worker(self, name: str) -> None:
        assert set_by_itself("worst", name)

    @pytest.mark.parametrize("name", ["8 个 300×12 的空表格", "90 万个值", "JPEG 分作 250 万段"])
    @pytest.mark.long
    def test_what_is_beyond_is_not(self, name: str) -> None:
        assert not set_by_itself("beyond", name)
