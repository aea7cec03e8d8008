"""Everything that an issue may hold is made at the desk, by what anybody finds there: buttons, fields, words.

The contract's schema is walked: a field without a way to it fails here, until it has one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from hongtou.intake import issue_schema
from tests.support.desk import DeskPage
from tests.support.golden import properties
from tests.support.ways import WAYS

SCHEMA = issue_schema()
# Parts of an issue that stand in the form, and where.
FORM = {
    "Masthead": "/masthead",
    "Security": "/masthead/security",
    "Contents": "/contents",
    "Closing": "/closing",
    "Labels": "/closing/labels",
}


def resolved(part: Any) -> Iterator[tuple[str, Any]]:
    """Yield the parts that a value may be, by their names in the schema."""
    if "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        yield name, SCHEMA["$defs"][name]
    for one in [*part.get("anyOf", ()), *part.get("oneOf", ())]:
        yield from resolved(one)
    if "items" in part:
        yield from resolved(part["items"])


def holds_only_parts(name: str) -> bool:
    """Tell whether a field is made by making what it holds, or by choosing what block it is in."""
    part, field = name.split(".")
    schema = {"issue": SCHEMA, **SCHEMA["$defs"]}[part]["properties"][field]
    return field == "type" or any("properties" in held for _, held in resolved(schema))


def fields_of_the_form() -> Iterator[tuple[str, str]]:
    for part, pointer in FORM.items():
        for name in SCHEMA["$defs"][part]["properties"]:
            if not holds_only_parts(f"{part}.{name}"):
                yield f"{part}.{name}", f"{pointer}/{name}"
    for name in SCHEMA["$defs"]["EditorsNote"]["properties"]:
        yield f"EditorsNote.{name}", f"/editors_note/{name}"


def test_every_field_of_the_contract_has_a_way() -> None:
    ways = {*WAYS, *dict(fields_of_the_form())}
    assert {one for one in properties(SCHEMA) if not holds_only_parts(one)} - ways == set()
    assert ways - properties(SCHEMA) == set(), "no field of the contract"


def test_a_field_that_nobody_knows_has_no_way() -> None:
    assert not holds_only_parts("Article.kicker")
    assert holds_only_parts("Article.body")
    assert holds_only_parts("issue.articles")


def value_at(issue: Any, pointer: str) -> Any:
    for step in pointer.split("/")[1:]:
        issue = issue[int(step)] if isinstance(issue, list) else issue[step]
    return issue


@pytest.mark.parametrize("name", WAYS)
def test_it_is_made(small_desk: DeskPage, name: str) -> None:
    way = WAYS[name]
    way.go(small_desk)
    assert value_at(small_desk.issue(), way.pointer) == way.value


def test_every_field_of_the_form_is_filled_in(small_desk: DeskPage) -> None:
    fill = """pointer => {
        const field = document.querySelector(`[data-pointer="${pointer}"]`);
        const words = { number: "7", date: "2026年11月20日" }[field.dataset.kind] ?? "甲";
        field.value = field.matches("select") ? field.options[field.options.length - 1].value : words;
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }"""
    for name, pointer in fields_of_the_form():
        small_desk.page.evaluate(fill, pointer)
        assert value_at(small_desk.issue(), pointer) not in ("", None), name
