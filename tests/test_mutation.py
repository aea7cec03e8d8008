"""The mutation run: what it alters, which mutants it tries, and that its lists are of this code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.mutation.__main__ import mutants_of_the_review
from benchmarks.mutation.killers import keep_killers, kept_killers
from benchmarks.mutation.mutant import (
    ROOT,
    Mutant,
    all_mutants,
    layout_mutants,
    mutants_of,
    python_mutants,
)
from benchmarks.mutation.operators import changes
from benchmarks.mutation.report import UNEXPLAINED, report
from benchmarks.mutation.sampling import MIN_OF_A_ROOM, in_order, sample
from benchmarks.mutation.sight import Sight
from benchmarks.mutation.tree import TOO_LONG
from benchmarks.mutation.verdict import (
    KILLED,
    SAVES_TIME,
    SURVIVED,
    Verdict,
    judge,
    judge_soon,
    known,
)


def altered(source: str) -> set[str]:
    """Return all that can become of a piece of Python."""
    content = source.encode()
    return {mutant.applied(content).decode() for mutant in python_mutants("x.py", content)}


@pytest.mark.parametrize(
    ("source", "mutant"),
    [
        ("a = b < c", "a = (b <= c)"),
        ("a = b == c", "a = (b != c)"),
        ("a = b + 1", "a = (b - 1)"),
        ("a = b + 1", "a = b + (2)"),
        ("a = 20.5", "a = (41.0)"),
        ("a = b and c", "a = (b or c)"),
        ("a = not b", "a = (b)"),
        ("a = b if c else d", "a = (d if c else b)"),
        ("a = True", "a = False"),
        ("a = 'red'", "a = 'redx'"),
        ("f(a, b)", "f(b, a)"),
        ("f(a, b)", "pass"),
        ("if a: b()", "if (not (a)): b()"),
        ("def f(): return a", "def f(): return None"),
        ("def f(x): raise x", "def f(x): pass"),
        ("甲 = '乙' if a < 3 else 4", "甲 = '乙' if (a <= 3) else 4"),
    ],
)
def test_what_it_makes_of_python(source: str, mutant: str) -> None:
    assert mutant in altered(source)


@pytest.mark.parametrize(
    "source",
    [
        '"""A docstring."""',
        "def f(x: list[int]) -> None: ...",
        "@cache(8)\ndef f(): ...",
        "if TYPE_CHECKING:\n    a = 1 + 1",
        "from a import b",
        "a = '给人看的话'",
        "__all__ = ['one', 'two']",
        "a = max(b, c)",
        "a = 1e-6",
    ],
)
def test_what_nobody_could_notice_it_leaves(source: str) -> None:
    assert list(changes(ast.parse(source))) == []


@pytest.mark.parametrize(
    ("path", "source", "after"),
    [
        ("layout.toml", "a = { mm = 0.5, source = '' }", "a = { mm = 0.85, source = '' }"),
        ("layout.toml", "a = { count = 22 }", "a = { count = 23 }"),
        ("layout.toml", 'colour = "red"', 'colour = "text"'),
        ("page.css.j2", "p { color: {{ colour.red }}; }", "p {  }"),
    ],
)
def test_what_it_makes_of_a_layout(path: str, source: str, after: str) -> None:
    content = source.encode()
    assert after in {m.applied(content).decode() for m in layout_mutants(path, source)}


@pytest.mark.long
def test_a_sample_has_some_of_every_room_and_is_the_same_again() -> None:
    every = [*all_mutants()]
    chosen = sample(every, 150, seed=1)
    counts = dict.fromkeys({mutant.room for mutant in every}, 0)
    for mutant in chosen:
        counts[mutant.room] += 1
    assert min(counts.values()) >= MIN_OF_A_ROOM
    assert len(chosen) >= 150
    assert chosen == sample(every, 150, seed=1)
    assert chosen != sample(every, 150, seed=2)


def test_all_of_the_review_can_be_made_of_this_code() -> None:
    assert len(list(mutants_of_the_review())) == 12


@pytest.mark.slow
def test_every_mutant_of_which_something_is_known_is_one_of_this_code() -> None:
    of_this_code = {mutant.name for mutant in all_mutants()}
    assert set(known()) <= of_this_code
    assert set(kept_killers()) <= of_this_code


@pytest.mark.slow
def test_each_mutant_has_a_name_of_its_own() -> None:
    names = [mutant.name for mutant in all_mutants()]
    assert len(names) == len(set(names))


BEFORE = b"""
LIMITS = {
    "many": 5,
    "few": 2,
}
def f(a): return a < 5
class C:
    size: int = 5
    def f(self): return self.size + 5 + 5
"""
AFTER = b"""
OTHER = 5
LIMITS = {
    "more": 5,
    "many": 5,
    "few": 2,
}
def e(a):
    return a < 5
def f(a): return a < 5
class C:
    size: int = 5
    def e(self): return self.size + 5 + 5
    def f(self): return self.size + 5 + 5
"""


def test_what_is_added_to_a_file_changes_no_name_of_a_mutant() -> None:
    before, after = ({m.name for m in mutants_of("x.py", code)} for code in (BEFORE, AFTER))
    assert before < after


def test_what_is_added_to_a_file_leaves_the_others_in_their_order() -> None:
    before = [m.name for m in in_order([*mutants_of("x.py", BEFORE)], seed=1)]
    after = [m.name for m in in_order([*mutants_of("x.py", AFTER)], seed=1)]
    of_one_kind = [[n for n in names if "one more" in n] for names in (before, after)]
    assert of_one_kind[0] == [name for name in of_one_kind[1] if name in before]
    assert len(of_one_kind[0]) > 2


def test_what_killed_is_kept_until_it_does_not_or_the_mutant_is_gone(tmp_path: Path) -> None:
    file = tmp_path / "killers.json"
    names = {"a", "b", "c"}
    keep_killers(
        [Verdict("a", "web", KILLED, "t::1", 1), Verdict("b", "web", KILLED, "t::2", 1)],
        names,
        file,
    )
    keep_killers(
        [Verdict("b", "web", SURVIVED, "3 tests pass", 3), Verdict("c", "cli", KILLED, "t::3", 1)],
        names,
        file,
    )
    assert kept_killers(file) == {"a": "t::1", "c": "t::3"}
    keep_killers([], {"c"}, file)
    assert kept_killers(file) == {"c": "t::3"}


@pytest.mark.parametrize(
    ("runs", "what"),
    [
        ((None, "t::1"), KILLED),
        ((None, None), None),  # it kills it no more
        (("t::1",), None),  # it fails without the mutant, or is there no more
    ],
)
def test_the_test_that_killed_before_has_to_pass_without_the_mutant(
    runs: tuple[str | None, ...], what: str | None
) -> None:
    mutant = next(m for m in all_mutants() if m.operator == "negated condition")
    verdict = judge_soon(mutant, Scripted(*runs), {mutant.name: "t::1"})  # type: ignore[arg-type]
    assert (verdict and verdict.what) == what
    assert judge_soon(mutant, Scripted(), {}) is None  # type: ignore[arg-type]


class Scripted:
    """A copy of the repository whose tests fail, or do not end, as is said for each run."""

    folder = ROOT

    def __init__(self, *runs: str | None) -> None:
        self.runs = list(runs)

    @contextmanager
    def altered(self, mutant: Mutant) -> Iterator[None]:
        yield

    def first_fault(self, tests: list[str], seconds: float) -> str | None:
        return self.runs.pop(0)


@pytest.mark.parametrize(
    ("runs", "what"),
    [
        (("a::b", None, "a::b"), "killed"),
        ((None,), "survived"),
        (("a::b", "a::b", None), "survived"),  # it fails without the mutant too
        (("a::b", None, None, None), "survived"),  # it failed by chance
        ((TOO_LONG, None, TOO_LONG), "killed"),
        ((TOO_LONG, None, None), "survived"),  # the machine was busy with other work
        ((TOO_LONG, TOO_LONG), "survived"),
    ],
)
def test_only_a_test_that_fails_again_and_not_without_the_mutant_kills_it(
    runs: tuple[str | None, ...], what: str
) -> None:
    mutant = next(m for m in all_mutants() if m.operator == "negated condition")
    seen = {"functions": [f"{mutant.path}:{mutant.function}"], "shared": []}
    sight = Sight([{**seen, "file": "a", "tests": {"a::b": [0.1, [0]]}}])
    assert judge(mutant, Scripted(*runs), sight, 9.0).what == what  # type: ignore[arg-type]


def test_the_tests_that_run_the_function_come_before_those_that_share_its_file() -> None:
    mutant = next(m for m in all_mutants() if m.function)
    seen = {"functions": [f"{mutant.path}:{mutant.function}"], "shared": []}
    tests = {"a::beside": [0.1, []], "a::slow": [2.0, [0]], "a::soon": [1.0, [0]]}
    elsewhere = {"functions": [], "shared": [], "file": "c", "tests": {"c::d": [0.1, []]}}
    sight = Sight([{**seen, "file": "a", "tests": tests}, elsewhere])
    chosen, are_all = sight.of(mutant, 9.0)
    assert [test.name for test in chosen] == ["a::soon", "a::slow", "a::beside"]
    assert are_all
    assert sight.of(mutant, 3.0) == (chosen[:2], False)


def test_the_report_says_of_each_survivor_why_and_counts_none_that_only_save_time() -> None:
    verdicts = [Verdict(f"p:{n} x", "web", KILLED, "a::b", 1) for n in range(9)]
    verdicts += [Verdict("p:1 y", "web", SURVIVED, "3 tests pass", 3)]
    verdicts += [Verdict("p:2 z", "cli", SAVES_TIME, "it is remembered", 0)]
    share, told = report(verdicts)
    assert share == 0.9
    assert "9 of 10 killed: 90.0%" in told
    assert f"survived: p:1 y\n    {UNEXPLAINED}\n    3 tests pass" in told


def test_a_survivor_of_which_something_is_known_since_the_run_is_told_of_as_that() -> None:
    name, entry = next((name, entry) for name, entry in known().items() if entry.what == SAVES_TIME)
    _, told = report([Verdict(name, "web", SURVIVED, "3 tests pass", 3)])
    assert f"saves time: {name}\n    {entry.why}" in told
    assert "0 of 0 killed" in told
