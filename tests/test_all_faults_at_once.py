"""A request with faults of several kinds: all of them are told in one answer."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hongtou import acceptance
from hongtou.bulletin.errors import ReviewFailed
from hongtou.bulletin.finding import Severity
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import Order
from hongtou.pipeline import Typesetter
from tests.support.documents import article, document, masthead
from tests.support.pictures import village
from tests.support.shop import ROOT, faces, layouts, typesetter

GLYPH = "会议由张龘主持。"
TALL = {"type": "table", "rows": [["长" * 500] * 8]}
NO_PICTURE = {"a.png": b"GIF89a"}


def errors(images: Mapping[str, bytes] = {}, **parts: Any) -> set[tuple[str, str]]:
    sent = json.dumps(document(**parts)).encode()
    with pytest.raises(ReviewFailed) as refused:
        typesetter().produce(sent, Order(), images)
    told = refused.value.findings
    return {(each.code, each.pointer or "") for each in told if each.severity == "error"}


@pytest.mark.slow
def test_a_wrong_field_hides_no_character_picture_or_size() -> None:
    figure = {"type": "figure", "image": "a.png"}
    assert errors(
        NO_PICTURE,
        masthead=masthead(issue_date="2026-13-01"),
        articles=[article([GLYPH, TALL, figure])],
    ) == {
        ("date/impossible", "/masthead/issue_date"),
        ("fonts/missing-glyph", "/articles/0/body/0"),
        ("table/row-too-tall", "/articles/0/body/1"),
        ("picture/unreadable", "/articles/0/body/2/image"),
    }


@pytest.mark.slow
def test_a_missing_character_hides_no_size() -> None:
    assert errors(articles=[article([GLYPH, TALL])]) == {
        ("fonts/missing-glyph", "/articles/0/body/0"),
        ("table/row-too-tall", "/articles/0/body/1"),
    }


def test_a_fault_of_ours_hides_none_of_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_unused: object) -> None:
        raise IndexError

    monkeypatch.setattr(acceptance, "make_plan", broken)
    assert errors(articles=[article([GLYPH])]) == {("fonts/missing-glyph", "/articles/0/body/0")}


def test_neither_a_larger_table_nor_the_name_of_a_picture_hides_a_size() -> None:
    many = Typesetter(faces(), layouts(), Limits(table_rows=500))
    rows = {"type": "table", "rows": [*[["短"] * 4] * 401, ["长" * 500] * 4]}
    figure = {"type": "figure", "image": "龘.png"}
    sent = json.dumps(document(articles=[article([GLYPH, rows, figure])])).encode()
    with pytest.raises(ReviewFailed) as refused:
        many.produce(sent, Order(), {"龘.png": village()})
    told = {one.code for one in refused.value.findings if one.severity is Severity.ERROR}
    assert told == {"fonts/missing-glyph", "table/row-too-tall"}


def test_an_unknown_layout_hides_nothing() -> None:
    assert errors(layout="gongwen", articles=[article([GLYPH])]) == {
        ("layout/unknown", "/layout"),
        ("fonts/missing-glyph", "/articles/0/body/0"),
    }


def test_what_is_taken_out_for_its_fault_is_looked_at_too() -> None:
    assert errors(
        articles=[
            article(headline="龘" + "长" * 100),
            article([{"type": "table", "rows": [["甲", "龘"], ["丙"]]}]),
        ],
        closing={"report_to": GLYPH, "colour": 1},
    ) == {
        ("document/too-long", "/articles/0/headline"),
        ("fonts/missing-glyph", "/articles/0/headline"),
        ("table/ragged-row", "/articles/1/body/0"),
        ("fonts/missing-glyph", "/articles/1/body/0/rows/0/1"),
        ("document/unknown-field", "/closing/colour"),
        ("fonts/missing-glyph", "/closing/report_to"),
    }


def test_a_character_that_is_forbidden_hides_none_that_is_missing() -> None:
    assert errors(articles=[article(["坏\x1b。", GLYPH])]) == {
        ("text/control-character", "/articles/0/body/0"),
        ("fonts/missing-glyph", "/articles/0/body/1"),
    }


JUNK: list[Any] = [
    None,
    0,
    -1,
    "",
    "龘",
    "坏\x1b",
    "长" * 6000,
    [],
    {},
    [[]],
    {"type": "table"},
    True,
]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every part of a document but the whole."""
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    for step, member in steps:
        yield (*path, step)
        if isinstance(member, dict | list):
            yield from places(member, (*path, step))


EVERY_FIELD = json.loads((ROOT / "tests" / "issues" / "every-field.json").read_text())
PLACES = list(places(EVERY_FIELD))


@pytest.mark.slow
@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(JUNK)), min_size=1, max_size=3))
def test_whatever_is_wrong_the_answer_is_one_of_faults(
    changes: list[tuple[tuple[Any, ...], Any]],
) -> None:
    sent = copy.deepcopy(EVERY_FIELD)
    for path, junk in changes:
        parent = sent
        with suppress(LookupError, TypeError):  # an earlier change took it away
            for step in path[:-1]:
                parent = parent[step]
            parent[path[-1]] = junk
    with suppress(ReviewFailed):
        typesetter().digest(json.dumps(sent).encode(), Order(), {})


@pytest.mark.parametrize("value", [[], 1, None, {}, {"masthead": 3, "articles": "x"}])
def test_what_is_no_issue_at_all_is_still_answered(value: Any) -> None:
    with pytest.raises(ReviewFailed):
        typesetter().produce(json.dumps(value).encode(), Order(), {})
