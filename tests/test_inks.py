"""Colours: a name of the layout becomes one ink of the medium, and nothing prints without one."""

from __future__ import annotations

import io
from collections import defaultdict
from dataclasses import replace
from functools import cache

import pikepdf
import pytest

from hongtou.bulletin.errors import EngineFault
from hongtou.bulletin.order import Order
from hongtou.paginate.pagination import paginate
from hongtou.pdf.document import write_pdf
from hongtou.pdf.inks import screen_inks
from hongtou.pdf.medium import Medium
from hongtou.plan import Plan, make_plan
from tests.support import issues
from tests.support.reading import made
from tests.support.shop import faces, layouts

RED, BLACK = ("rg", (215, 0, 15)), ("rg", (0, 0, 0))  # #d7000f
PRESS = {"text": "0 0 0 1 k", "red": "0 0.8 0.8 0 k"}


@cache
def plan() -> Plan:
    return make_plan(
        issues.issue(*issues.paragraphs(30)), layouts()["dongtai"], faces(), Order(), {}
    )


def painted(content: bytes) -> dict[str, set[tuple[str, tuple[int, ...]]]]:
    """Return the colours in which text is shown and rectangles are filled, by the font's size or "re"."""
    found: dict[str, set[tuple[str, tuple[int, ...]]]] = defaultdict(set)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            colour, size = None, 0.0
            for operands, operator in pikepdf.parse_content_stream(page):
                match str(operator):
                    case "rg" | "k" as kind:
                        colour = (kind, tuple(round(float(level) * 255) for level in operands))
                    case "Tf":
                        size = round(float(operands[1]), 2)
                    case "TJ":
                        found[f"{size:g}"].add(colour)
                    case "f":
                        found[f"rule {page.index}"].add(colour)
    return found


def test_the_nameplate_and_its_rule_are_red_and_all_else_is_black() -> None:
    found = painted(made(plan()).content)
    nameplate = f"{round(plan().masthead.nameplate[0].lines[0].size, 2):g}"
    assert found.pop(nameplate) == {RED}
    assert found.pop("rule 0") == {RED}
    assert len(found) > 3
    assert set.union(*found.values()) == {BLACK}


def test_another_medium_has_inks_of_its_own() -> None:
    pages = paginate(plan())
    found = set.union(*painted(write_pdf(plan(), pages, Medium(inks=PRESS))).values())
    assert found == {("k", (0, 0, 0, 255)), ("k", (0, 204, 204, 0))}


def test_a_colour_without_an_ink_ends_the_run() -> None:
    with pytest.raises(EngineFault, match="red"):
        write_pdf(plan(), paginate(plan()), Medium(inks={"text": "0 g"}))


@pytest.mark.defect(5)
def test_the_colour_of_a_style_is_the_one_it_is_set_in() -> None:
    layout = layouts()["dongtai"]
    styles = {**layout.styles, "issue_line": replace(layout.styles["issue_line"], colour="red")}
    coloured = replace(layout, styles=styles, digest="red issue line")
    pages = paginate(make_plan(issues.issue(*issues.paragraphs(1)), coloured, faces(), Order(), {}))
    colours = {placed.text.style: placed.colour for page in pages for placed in page.texts}
    assert colours["issue_line"] == colours["nameplate"] == "red"
    assert colours["paragraph"] == "text"


def test_a_screen_shows_the_colours_of_the_layout() -> None:
    assert screen_inks(layouts()["dongtai"])["red"] == "0.843137 0.000000 0.058824 rg"
