"""The order in which files of tests are run: nothing long is left for the end."""

from __future__ import annotations

from pathlib import Path

from tests.support.order import LONGEST, places_of

TESTS = Path(__file__).parent


def in_order(kinds: dict[str, str]) -> list[str]:
    places = places_of({Path(f"{name}.py"): kind for name, kind in kinds.items()})
    return [path.stem for path in sorted(places, key=lambda path: places[path])]


def test_the_longest_come_first_whatever_their_kind() -> None:
    kinds = dict.fromkeys(["a", "b", *reversed(LONGEST)], "slow") | {LONGEST[-1]: "browser"}
    assert in_order(kinds) == [*LONGEST, "a", "b"]


def test_each_of_the_longest_is_a_file() -> None:
    found = [path.stem for path in TESTS.rglob("test_*.py")]
    assert [found.count(name) for name in LONGEST] == [1] * len(LONGEST)


def test_each_kind_lasts_until_the_end() -> None:
    kinds = {f"slow {n}": "slow" for n in range(2)} | {f"quick {n}": "quick" for n in range(6)}
    order = in_order(kinds)
    assert sorted(order) == sorted(kinds)
    assert {name.split()[0] for name in order[:4]} == {"slow", "quick"}
    assert {name.split()[0] for name in order[4:]} == {"slow", "quick"}


def test_files_of_a_kind_keep_their_order() -> None:
    assert in_order(dict.fromkeys("cab", "quick")) == ["c", "a", "b"]
