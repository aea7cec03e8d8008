"""The mutation run: what it alters, which mutants it tries, and that its lists are of this code."""

from __future__ import annotations

import ast

import pytest

from benchmarks.mutation.__main__ import mutants_of_the_review
from benchmarks.mutation.mutant import ROOT, all_mutants, layout_mutants, mutants_of, python_mutants
from benchmarks.mutation.operators import changes
from benchmarks.mutation.sampling import MIN_OF_A_ROOM, sample
from benchmarks.mutation.verdict import equivalents, without_line


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


def test_every_equivalent_mutant_is_one_of_this_code() -> None:
    for name in equivalents():
        path = name.partition(" ")[0]
        source = (ROOT / path).read_bytes()
        there = mutants_of(path, source)
        assert name in {without_line(mutant.told(source)) for mutant in there}
