"""Codes of findings: what is raised is documented, and what is documented is raised."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations
from mimetypes import types_map
from pathlib import Path

import pytest

from scripts.docs.codes import CODES, SUBJECTS
from scripts.docs.findings import PAGE, findings_of, page
from scripts.rooms import tree_of
from tests.support.shop import ROOT, typesetter

CODE = re.compile(r"[a-z]+(?:-[a-z]+)*/[a-z0-9]+(?:-[a-z0-9]+)*")
MEDIA_TYPES = {
    *types_map.values(),
    "image/webp",
    "multipart/form-data",
    "application/ofd",
}  # they have the shape of a code
EXAMPLES = {name: code for name, code in CODES.items() if code.issue is not None}
MAX_ALIKE = 0.8  # of 1: two subjects that are more alike are taken for one another


def raised() -> Iterator[tuple[str, Path]]:
    """Yield every text that has the shape of a code and is no media type or path, with its file."""
    for path in (ROOT / "service" / "hongtou").rglob("*.py"):
        for node in ast.walk(tree_of(path)):
            value = node.value if isinstance(node, ast.Constant) else None
            if not isinstance(value, str) or not CODE.fullmatch(value) or value in MEDIA_TYPES:
                continue
            if not (path.parent / value).exists() and not value.startswith("word/"):  # of a .docx
                yield value, path


@pytest.mark.slow
def test_every_code_that_is_raised_is_documented() -> None:
    assert {(code, path.name) for code, path in raised() if code not in CODES} == set()


@pytest.mark.slow
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_documented_code_comes_of_its_example_with_a_remedy(name: str) -> None:
    told = [found for found in findings_of(EXAMPLES[name], typesetter()) if found.code == name]
    assert told
    assert all(found.message and found.hint for found in told)


def test_every_documented_code_of_the_preflight_is_caused_by_a_broken_file() -> None:
    files = (
        "test_preflight.py",
        "test_preflight_reading.py",
        "test_archival.py",
        "test_press_preflight.py",
        "test_booklet.py",
        "test_copies.py",
        "test_ofd.py",
        "test_html.py",
        "test_docx.py",
        "test_overview.py",
        "test_laid_out.py",
    )
    tried = "".join((ROOT / "tests" / file).read_text(encoding="utf-8") for file in files)
    named = {name for name in CODES if name not in EXAMPLES}
    assert named and {name for name in named if f'"{name}"' not in tried} == set()


@pytest.mark.defect(10)
def test_a_subject_has_one_spelling() -> None:
    assert {name.partition("/")[0] for name in CODES} == set(SUBJECTS)
    alike = [
        pair
        for pair in combinations(SUBJECTS, 2)
        if SequenceMatcher(None, *pair).ratio() > MAX_ALIKE
    ]
    assert alike == []


@pytest.mark.parametrize("name", CODES)
def test_a_code_is_subject_and_fault_in_kebab_case(name: str) -> None:
    assert CODE.fullmatch(name)
    assert CODES[name].meaning and not CODES[name].meaning.endswith("。")


@pytest.mark.slow
def test_the_page_of_findings_is_that_of_the_code() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "make docs writes it anew"
