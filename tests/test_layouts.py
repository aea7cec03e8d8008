"""Layouts: whole, sourced, used; what one may change of the shared one."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from hongtou.bulletin.measure import TYPE_SIZES_PT
from hongtou.layouts import SHARED, open_layouts
from hongtou.layouts.styles import ROLES, STYLES
from hongtou.paginate.markup import write_stylesheet
from tests.support import issues
from tests.support.layouts import SAID, with_own
from tests.support.reading import render
from tests.support.shop import ROOT, faces, layouts

NAMES = sorted(layouts())


def sources() -> str:
    return "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("service", "layouts")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".j2") and path.name != "keys.py"
    )


@pytest.mark.parametrize("name", NAMES)
class TestEveryLayout:
    def test_each_value_says_how_binding_it_is_and_where_it_comes_from(self, name: str) -> None:
        for key, value in layouts()[name].values.items():
            assert value.source, key
            if value.strength.value != "实务":
                assert "GB/T" in value.source, key

    def test_its_styles_use_roles_that_the_faces_have(self, name: str) -> None:
        for style in layouts()[name].styles.values():
            assert style.role in faces().roles, style.name

    def test_it_sets_an_issue(self, name: str) -> None:
        assert render(issues.issue(*issues.paragraphs(2), layout=name), name).count >= 1


@pytest.mark.slow
def test_every_value_is_used_by_code_or_template() -> None:
    text = sources()
    for key in layouts()["dongtai"].values:
        named = key.removeprefix("colour.") if key.startswith("colour.") else key
        assert named.replace("_two", "") in text, key


@pytest.mark.slow
def test_every_style_is_used() -> None:
    text = sources().replace('"""', "")
    for name in STYLES:
        family = re.sub(r"_[1-4]$", "_", name)
        assert f'"{family}' in text, name


def test_the_roles_are_those_of_the_faces() -> None:
    assert set(ROLES) == set(faces().roles)


def test_the_grid_is_22_lines_of_28_characters() -> None:
    layout = layouts()["dongtai"]
    assert 28 * layout.character_pt == pytest.approx(layout.pt("page.type_area_width"))
    assert 28 * TYPE_SIZES_PT["三号"] < layout.pt("page.type_area_width")
    rest = layout.pt("page.type_area_height") - 22 * layout.pt("page.line_pitch")
    assert 0 <= rest < 1


def test_a_bulletin_is_never_said_to_have_a_national_standard() -> None:
    for name in NAMES:
        for key, value in layouts()[name].values.items():
            if key.startswith(("masthead.", "contents.", "briefs.", "editors_note.")):
                assert value.strength.value == "实务", key


class TestOverriding:
    def test_a_value_is_overridden_whole_in_any_of_its_units(self, tmp_path: Path) -> None:
        own = with_own(tmp_path, f"[masthead]\nrule_weight = {{ pt = 7.2, {SAID} }}\n")
        assert own.mm("masthead.rule_weight") == pytest.approx(2.54)

    def test_what_is_not_overridden_is_shared(self, tmp_path: Path) -> None:
        own = with_own(tmp_path, f'[contents]\nmark = {{ text = "○", {SAID} }}\n')
        assert own.text("contents.mark") == "○"
        assert own.mm("page.head_margin") == pytest.approx(37)

    def test_a_style_is_overridden_key_by_key(self, tmp_path: Path) -> None:
        style = with_own(tmp_path, '[style.headline]\nsize = "小二"\n').styles["headline"]
        assert (style.size_pt, style.role, style.pitch) == (18, "title", 1.25)

    def test_a_style_that_was_altered_does_not_cite_the_standard(self, tmp_path: Path) -> None:
        style = with_own(tmp_path, '[style.headline]\nsize = "小二"\n').styles["headline"]
        assert (style.strength, style.source) == ("实务", "own/layout.toml")


def test_no_template_puts_a_value_into_css_or_an_unquoted_attribute() -> None:
    for path in (ROOT / "layouts").rglob("*.html.j2"):
        text = path.read_text(encoding="utf-8")
        assert "|safe" not in text and "| safe" not in text, path
        assert "<style" not in text and "style=" not in text, path
        for match in re.finditer(r"=\s*\{\{", text):
            before = text[: match.start()]
            in_tag = (
                before.rfind("<") > before.rfind(">") and "{%" not in before[before.rfind("<") :]
            )
            assert not in_tag, f"{path}: unquoted attribute near {match.start()}"


def test_the_stylesheet_holds_nothing_of_an_issue() -> None:
    assert write_stylesheet(layouts()["dongtai"]) == write_stylesheet(layouts()["jianbao"])


def test_a_template_altered_under_a_running_service_is_not_taken_up(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "layouts", tmp_path, dirs_exist_ok=True)
    layout = open_layouts(tmp_path)["dongtai"]
    before = write_stylesheet(layout)
    (tmp_path / SHARED / "page.css.j2").write_text("altered", encoding="utf-8")
    assert write_stylesheet(layout) == before
    assert open_layouts(tmp_path)["dongtai"].digest != layout.digest
