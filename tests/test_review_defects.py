"""Each defect of the code review of November 2026 has a test that bears its number.

The tests stand where their subject is tested and are marked ``defect(number)``;
``pytest -m defect`` runs them.
"""

from __future__ import annotations

import re

import pytest

from tests.support.shop import ROOT

DEFECTS = {
    1: "rules of tables printed at twice their width",
    2: "a closing-block field added by the book was accepted and never printed",
    3: "misspelt tables, keys and styles of a layout were passed over",
    4: "a wrong unit in a layout failed only at the render, without its cause",
    5: "the colour of a type style was never read",
    6: "keys made by one user could not be read in the container",
    7: "other releases of patched libraries were taken without a word",
    8: "importing the engine broke WeasyPrint for the rest of the process",
    9: "a PDF whose pages found none of their fonts passed the preflight",
    10: "subjects of finding codes differed by a letter, and most codes were documented nowhere",
    11: "a copy of the JSON Schema that nothing renewed or used",
    12: "rows of ARCHITECTURE.md that did not hold",
    13: "remedies for a clone, told to those who installed a wheel",
}
MARK = re.compile(r"^ *@pytest\.mark\.defect\((\d+)\)$", re.M)


def marked() -> set[int]:
    """Return the numbers that tests bear."""
    tests = (path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    return {int(number) for text in tests for number in MARK.findall(text)}


@pytest.mark.parametrize("number", sorted(DEFECTS))
def test_a_defect_has_a_test_with_its_number(number: int) -> None:
    assert number in marked(), DEFECTS[number]


def test_no_other_number_is_marked() -> None:
    assert marked() <= set(DEFECTS)
