"""The nearest name: offered where one is meant, and never where two only share letters."""

from __future__ import annotations

import pytest

from hongtou.bulletin.likeness import LONGEST_COMPARED, nearest


@pytest.mark.parametrize(
    ("wrong", "known", "meant"),
    [
        ("rule_wieght", ("rule_top", "rule_weight"), "rule_weight"),
        ("char", ("mm", "chars"), "chars"),
        ("char", ("mm", "strength", "source"), None),
        ("cm", ("mm", "pt"), None),
        ("", ("mm", "pt"), None),
        ("二好", ("二号", "三号"), None),
        ("mm", (), None),
    ],
)
def test_a_name_is_offered_only_where_it_may_be_meant(
    wrong: str, known: tuple[str, ...], meant: str | None
) -> None:
    assert nearest(wrong, known) == meant


def test_who_asks_can_be_stricter() -> None:
    assert nearest("title", ["articles"]) == "articles"
    assert nearest("title", ["articles"], 0.7) is None


def test_only_the_beginning_of_a_long_name_is_compared() -> None:
    assert nearest("width" + " " * 10**6, ["width" + " " * LONGEST_COMPARED]) is not None
