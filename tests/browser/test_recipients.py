"""份号领受单位: who gets numbered copies, and how many, a line each."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.desk import DeskPage
from tests.support.shelf import Look, Shelf

pytestmark = pytest.mark.slow

FIELD = "textarea[data-pointer='/closing/recipients']"
SENT: list[Any] = [
    "省文明办",
    {"name": "市委办公室", "copies": 3},
    {"name": "市政府办公室", "copies": 1},
]
SHOWN = "省文明办\n市委办公室 3\n市政府办公室 1"


def test_an_issue_keeps_them_as_they_came(desk: DeskPage, real: Any) -> None:
    real["closing"]["recipients"] = SENT
    desk.begin_with(real)
    assert desk.page.input_value(FIELD) == SHOWN
    assert desk.issue()["closing"]["recipients"] == SENT


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("市委办公室 3", {"name": "市委办公室", "copies": 3}),
        ("市委办公室3份", {"name": "市委办公室", "copies": 3}),
        ("市委办公室　12 份", {"name": "市委办公室", "copies": 12}),
        ("驻军32168", "驻军32168"),
        ("市委办公室", "市委办公室"),
    ],
)
def test_a_line_is_read_as_a_body_with_its_copies(desk: DeskPage, typed: str, read: Any) -> None:
    desk.page.fill(FIELD, typed)
    assert desk.issue()["closing"]["recipients"] == [read]


def test_a_name_that_ends_like_a_number_of_copies_stays_one(desk: DeskPage, real: Any) -> None:
    real["closing"]["recipients"] = ["第二分队 3"]
    desk.begin_with(real)
    assert desk.page.input_value(FIELD) == "第二分队 3 1"
    desk.page.locator(FIELD).press("End")
    assert desk.issue()["closing"]["recipients"] == ["第二分队 3"]


def test_a_kept_issue_has_them_after_it_was_opened_and_saved(look: Look, shelf: Shelf) -> None:
    issue = shelf.issue(shelf.publication("领受单位"))
    desk = look.desk(issue)
    look.page.fill(FIELD, SHOWN)
    look.wait_until_kept()
    assert shelf.document(issue)["closing"]["recipients"] == SENT
    desk = look.desk(issue)
    assert look.page.input_value(FIELD) == SHOWN
    look.page.fill("[data-pointer='/closing/print_run']", "5")
    look.wait_until_kept()
    assert shelf.document(issue)["closing"]["recipients"] == SENT
    assert desk.issue()["closing"]["print_run"] == 5
