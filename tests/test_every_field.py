"""One issue that uses every field of the contract, set in both layouts, and its pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from hongtou.bulletin.closing_block import FIELDS
from hongtou.bulletin.errors import ReviewFailed
from hongtou.bulletin.finding import Severity
from hongtou.bulletin.issue import Annex, Block
from hongtou.bulletin.order import Order
from hongtou.intake import issue_schema
from hongtou.intake.blocks import BLOCKS
from hongtou.intake.bodies import READERS
from hongtou.pages.edition import Edition
from hongtou.plan.articles import PLANNERS
from tests.support.golden import EVERY_FIELD, LAYOUTS, edition, fields_in, hold, properties
from tests.support.pictures import village
from tests.support.readers import mupdf_text
from tests.support.shop import typesetter

HERE = Path(__file__).parent
ISSUE = HERE / "issues" / "every-field.json"
NO_TEXT = {
    "layout",
    "series",
    "type",
    "orientation",
    "align",
    "alt",  # read aloud
    "image",
    "issue_date",
    "imprint_date",
    "date",
}
UNPRINTED = NO_TEXT | {"recipients"}
pytestmark = pytest.mark.slow


def produced(issue: dict[str, Any]) -> Edition:
    return typesetter().produce(json.dumps(issue).encode(), Order(), {"village.png": village()})


def strings_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for member in value:
            yield from strings_in(member)
    elif isinstance(value, dict):
        for key, member in value.items():
            if key not in UNPRINTED:
                yield from strings_in(member)


def types_in(value: Any) -> Iterator[str]:
    """Yield the types of all blocks of what was sent."""
    if isinstance(value, dict):
        yield from [value["type"]] if "type" in value else []
    for member in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        yield from types_in(member)


def test_the_issue_uses_every_field_of_the_contract() -> None:
    """Those of the closing block, which are rows, each have a page in test_closing_block.py."""
    used = set(fields_in(json.loads(ISSUE.read_text(encoding="utf-8"))))
    wanted = {name.partition(".")[2] for name in properties(issue_schema())} - set(FIELDS)
    assert wanted - used == set()


def test_the_issue_uses_every_block_of_the_contract() -> None:
    assert set(types_in(json.loads(ISSUE.read_text(encoding="utf-8")))) == set(BLOCKS)


def test_every_block_that_is_accepted_is_read_and_set() -> None:
    assert set(READERS) == set(BLOCKS.values())
    assert {*PLANNERS, Annex} == set(get_args(Block))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_text_of_it_is_printed(layout: str) -> None:
    printed = re.sub(r"\s+", "", mupdf_text(edition(layout).content))
    issue = json.loads(ISSUE.read_text(encoding="utf-8"))
    for text in strings_in(issue):
        for part in text.replace("**", "\n").split("\n"):
            wanted = re.sub(r"\s+", "", part)
            assert wanted in printed or wanted in re.sub(r"—\d+—", "", printed), part
    for number in (
        "2026年第33、34期（合刊）（总第612期）",
        "2026年11月20日",
        "000001",
        "秘密★1年",
        "共印120份",
    ):
        assert number in printed


@pytest.mark.parametrize(
    "space", ["\t", "\u2002", "\u2003", "\u3000", "\u00a0", "\u2009", "\u202f", "\u205f"]
)
def test_a_space_of_any_width_is_set_or_refused_by_name(space: str) -> None:
    """Word, Excel and web pages leave them anywhere; a line of one field takes no tab."""
    issue = json.loads(ISSUE.read_text(encoding="utf-8"))
    try:
        produced(with_inside(issue, space))
    except ReviewFailed as refusal:
        found = [finding for finding in refusal.findings if finding.severity is Severity.ERROR]
        assert {finding.code for finding in found} == {"text/line-break"}
        assert space == "\t"
    article = {"headline": f"标{space}题", "body": f"甲{space}乙"}
    codes = {finding.code for finding in produced({**issue, "articles": [article]}).findings}
    assert ("text/odd-space" in codes) == (space not in "\u3000\u00a0")


def with_inside(value: Any, space: str) -> Any:
    """Return a value in which this stands inside every text."""
    if isinstance(value, str):
        return f"{value[:1]}{space}{value[1:]}"
    if isinstance(value, list):
        return [with_inside(member, space) for member in value]
    return (
        {
            key: member if key in NO_TEXT | {"class", "urgency"} else with_inside(member, space)
            for key, member in value.items()
        }
        if isinstance(value, dict)
        else value
    )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_its_pages_look_as_they_did(layout: str, request: pytest.FixtureRequest) -> None:
    """Compare with the golden pictures; ``pytest --save-golden`` renews them."""
    hold(EVERY_FIELD, layout, save=request.config.getoption("--save-golden"))
