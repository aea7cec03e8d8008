"""Layouts are refused where they hold what no layout has, or lack what each has."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hongtou.bulletin.errors import SetupError
from hongtou.layouts import SHARED, open_layouts, read_layout
from hongtou.layouts.keys import TABLES
from tests.support.layouts import ABOUT, FILE, SAID, refusal, with_own
from tests.support.shop import ROOT

NAMED = re.compile(r"(?:(?<=^)|(?<=[{,] )|(?<=\[))[a-z_]+(?:\.[a-z_0-9]+)?[0-9]?(?= =|\])", re.M)


class TestRefusals:
    """Each names the file, the table, the key, what is wrong and what to write."""

    @pytest.mark.defect(3)
    def test_the_layout_of_the_review(self, tmp_path: Path) -> None:
        message = refusal(
            tmp_path,
            f'signed = {{ flag = false, {SAID} }}\n[style.paragrahp]\nrole = "body"\n'
            f"[masthead]\nrule_wieght = {{ mm = 2, {SAID} }}\n"
            f"[mastheda]\nheight = {{ lines = 3, {SAID} }}\n",
        )
        for told in (
            "own/layout.toml [layout] signed 没有这个键",
            "own/layout.toml [style.paragrahp] 没有这个样式，最接近的是 paragraph",
            "own/layout.toml [masthead] rule_wieght 没有这个键，最接近的是 rule_weight",
            "own/layout.toml [mastheda] 没有这个表，最接近的是 masthead",
        ):
            assert told in message

    @pytest.mark.slow
    @pytest.mark.defect(4)
    @pytest.mark.parametrize(
        ("written", "told"),
        [
            ("[masthead]\nheight = { chars = 7, SAID }", "height 不能用单位 chars，可用 lines"),
            ("[folio]\noffset = { mm = 60, SAID }", "[folio] offset 太大：页码落到纸外"),
            ("[masthead]\nheight = { lines = 7.5, SAID }", "height lines 应是整数，不是 7.5"),
            ("[table]\nwhole_rows = { count = 8.5, SAID }", "whole_rows count 应是整数，不是 8.5"),
            ("[figure]\nwidth = { cm = 12, SAID }", "里没有 cm 这一项，可用 mm、pt、lines"),
            ("[figure]\nwidth = { mm = 9, pt = 9, SAID }", "只有一个单位，可用 mm、pt、lines"),
            ("[figure]\nwidth = { SAID }", "只有一个单位"),
            ("[figure]\nwidth = 120", "width 要写成 { mm = 值"),
            ('[figure]\nwidth = { mm = "120", SAID }', "width mm 应是数，不是 “120”"),
            ("[figure]\nwidth = { mm = true, SAID }", "width mm 应是数"),
            ("[figure]\nwidth = { mm = nan, SAID }", "width mm 不能是 “nan”"),
            ("[figure]\nwidth = { mm = -inf, SAID }", "width mm 不能是 “-inf”"),
            ("[figure]\nwidth = { mm = -120, SAID }", "[figure] width 应在 10 与 420 毫米之间"),
            ("[figure]\nwidth = { lines = 99, SAID }", "[figure] width 应在 10 与 420 毫米之间"),
            ("[headline]\nabove = { share = 1.5, SAID }", "above share 应在 0 与 1 之间，不是 1.5"),
            ('[contents]\nmark = { text = " ", SAID }', "mark text 不能空着"),
            ('[contents]\nmark = { text = "\\n", SAID }', "mark text 不能空着"),
            ('[contents]\nmark = { text = "一\\n二", SAID }', "应是至多 4 字的一行文字"),
            ("[contents]\nmark = { text = 3, SAID }", "mark text 应是文字，不是 “3”"),
            (
                '[composition]\npunctuation = { text = "full", SAID }',
                "没有 “full”，可用 full_width、mixed_width",
            ),
            ("[closing]\neven_page = { flag = 1, SAID }", "even_page flag 应是 true 或 false"),
            ('[colour]\nred = { colour = "red", SAID }', "应写作 #rrggbb，不是 “red”"),
            ('[colour]\nred = { colour = "#d70", SAID }', "应写作 #rrggbb"),
            ('[colour]\nblue = { colour = "#0000ff", SAID }', "blue 没有这个键，可用 text、red"),
            ("[figure]\nchar = { chars = 9, SAID }", "char 没有这个键，可用 width、height"),
            ("[figure]\nwidth = { char = 9, SAID }", "没有 char 这一项，最接近的是 chars"),
            ("[page]\nwidth = { char = 9, SAID }", "没有 char 这一项，可用 mm、pt、strength"),
            (
                '[figure]\nwidth = { mm = 1, strenght = "实务", source = "x" }',
                "width 里没有 strenght 这一项，最接近的是 strength",
            ),
            ('[figure]\nwidth = { mm = 99, source = "x" }', "width 缺 strength"),
            ('[figure]\nwidth = { mm = 99, strength = "实务" }', "width 缺 source"),
            (
                '[figure]\nwidth = { mm = 9, strength = "必须", source = "x" }',
                "没有 “必须”，可用 规定",
            ),
            ('[figure]\nwidth = { mm = 9, strength = "实务", source = "" }', "source 不能空着"),
            (
                "[style.headline]\ncolour = 'rde'",
                "colour 没有 “rde”，可用 text、red，最接近的是 red",
            ),
            ("[style.headline]\ncolour = '#d7000f'", "colour 没有 “#d7000f”"),
            ("[style.headline]\nalign = 'center'", "最接近的是 centre"),
            ("[style.headline]\nrole = 'titel'", "role 没有 “titel”"),
            ("[style.headline]\nsize = '二好'", "size 没有 “二好”"),
            ("[style.headline]\nsize = 22", "size 没有 “22”"),
            ("[style.headline]\nindnet = 2", "indnet 没有这个键，最接近的是 indent"),
            ("[style.headline]\nindent = -2", "indent 应在 0 与 10 之间，不是 -2"),
            ("[style.headline]\npitch = '1'", "pitch 应是数，不是 “1”"),
            ("[style.headline]\nstrength = '实务'", "strength 与 source 要一起写"),
            ("[style.brief_mark]\ncolour = 'red'", "colour 不用于这个样式，可用 role"),
            ("[style.nameplate]\nsize = '一号'", "size 不用于这个样式"),
            ("[style]\nheadline = 1", "[style.headline] 应是一个表"),
            ("[[figure]]\nwidth = 1", "[figure] 应是一个表"),
            ("[page]\nline_pitch = { pt = 20, SAID }", "[page] lines 应是 31：版心高 ÷ 行距，取整"),
            ("[page]\nline_pitch = { lines = 1, SAID }", "line_pitch 不能用单位 lines"),
            ("[page]\ncharacters = { count = 40, SAID }", "比版心宽"),
            ("[page]\nbinding_margin = { mm = 60, SAID }", "连同订口比纸宽"),
            ("[page]\nhead_margin = { mm = 90, SAID }", "连同天头比纸高"),
            ("[masthead]\nrule_top = { mm = 20, SAID }", "rule_top 应比 issuing_line_top 低一行"),
            ("[masthead]\nissuing_line_top = { lines = 4, SAID }", "应比 issue_line_top 低一行"),
            ("[masthead]\nnameplate_width = { mm = 200, SAID }", "nameplate_width 比版心宽"),
            ("[masthead]\nheight = { lines = 5, SAID }", "超出 masthead.height"),
            ("[ink]\nred = { cmyk = [0, 80, 80], SAID }", "应写作 [青, 品红, 黄, 黑]"),
            ("[ink]\nred = { cmyk = 80, SAID }", "应写作 [青, 品红, 黄, 黑]，不是 “80”"),
            ("[ink]\nred = { cmyk = [0, 80, 180, 0], SAID }", "应在 0 与 100 之间，不是 180"),
            ('[ink]\nred = { cmyk = [0, "80", 80, 0], SAID }', "应是数，不是 “80”"),
            ('[ink]\nred = { colour = "#d7000f", SAID }', "red 不能用单位 colour，可用 cmyk"),
            ('[ink]\nred_name = { text = "大红", SAID }', "red_name 应由英文字母、数字与空格组成"),
            ('[ink]\nred_name = { text = "Black", SAID }', "不是 Cyan、Black 等已有的版"),
            ("[press]\nmost_ink = { percent = 500, SAID }", "应在 100 与 400 之间，不是 500"),
            ("[press]\nmark_gap = { mm = 2, SAID }", "mark_gap 应不小于 bleed"),
            ("[press]\nmark_length = { mm = 12, SAID }", "edge 放不下裁切线"),
            ("[figure", "不是 UTF-8 的 TOML"),
        ],
    )
    def test_of(self, tmp_path: Path, written: str, told: str) -> None:
        message = refusal(tmp_path, written.replace("SAID", SAID))
        assert message.startswith("版式 own 不能用：own/layout.toml ")
        assert told in message

    @pytest.mark.parametrize("key", ["title", "summary", "byline_at_end"])
    def test_a_layout_lacks_what_it_must_say_of_itself(self, tmp_path: Path, key: str) -> None:
        about = "".join(line for line in ABOUT.splitlines(True) if not line.startswith(key))
        assert f"own/layout.toml [layout] 缺 {key}" in refusal(tmp_path, "", about)

    def test_a_layout_without_a_file(self, tmp_path: Path) -> None:
        shutil.copytree(ROOT / "layouts" / SHARED, tmp_path / SHARED)
        (tmp_path / "empty").mkdir()
        with pytest.raises(SetupError, match=r"empty/layout\.toml 读不了"):
            open_layouts(tmp_path)

    def test_no_layout_at_all(self, tmp_path: Path) -> None:
        shutil.copytree(ROOT / "layouts" / SHARED, tmp_path / SHARED)
        with pytest.raises(SetupError, match="里没有版式") as refused:
            open_layouts(tmp_path)
        assert f"请放入 {SHARED} 与各版式的目录" in refused.value.hint

    def test_a_hidden_folder_is_no_layout(self, tmp_path: Path) -> None:
        folder = shutil.copytree(ROOT / "layouts", tmp_path / "layouts")
        (folder / ".git").mkdir()
        assert set(open_layouts(folder)) == set(open_layouts(ROOT / "layouts"))

    def test_every_fault_at_once(self, tmp_path: Path) -> None:
        message = refusal(tmp_path, "[a]\n[b]\n[c]\n")
        assert all(f"[{name}] 没有这个表" in message for name in "abc")

    def test_what_to_mend_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(SetupError) as caught:
            with_own(tmp_path, "[a]\n")
        assert str(tmp_path / "own" / FILE) in caught.value.hint


@cache
def shared_text() -> str:
    return (ROOT / "layouts" / SHARED / FILE).read_text(encoding="utf-8")


@cache
def names_in_shared() -> tuple[re.Match[str], ...]:
    """Return every name of a table, key, unit and field in the shared file."""
    return tuple(
        found
        for found in NAMED.finditer(shared_text())
        if not shared_text()[: found.start()].rpartition("\n")[2].startswith("#")
    )


def doubled(name: str, at: int) -> str:
    return name[: at + 1] + name[at:]


def shortened(name: str, at: int) -> str:
    return name[:at] + name[at + 1 :]


def swapped(name: str, at: int) -> str:
    return name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :] if at else f"x{name}"


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(st.data())
def test_no_name_can_be_misspelt(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(names_in_shared()))
    misspell: Callable[[str, int], str] = data.draw(st.sampled_from([doubled, shortened, swapped]))
    letters = [at for at, char in enumerate(name[0]) if char != "."]
    wrong = misspell(name[0], data.draw(st.sampled_from(letters)))
    if wrong == name[0]:
        return
    folder = tmp_path_factory.mktemp("layouts")
    text = shared_text()[: name.start()] + wrong + shared_text()[name.end() :]
    (folder / SHARED).mkdir()
    (folder / "own").mkdir()
    (folder / SHARED / FILE).write_text(text, encoding="utf-8")
    (folder / "own" / FILE).write_text(ABOUT, encoding="utf-8")
    with pytest.raises(SetupError) as caught:
        read_layout(folder, "own")
    changed = set(wrong.split(".")) - set(name[0].split("."))
    assert f"{SHARED}/{FILE}" in caught.value.message
    assert any(part in caught.value.message for part in changed)


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(st.data())
def test_no_key_can_be_left_out(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    table = data.draw(st.sampled_from([name for name in TABLES if name != "layout"]))
    key = data.draw(st.sampled_from(sorted(TABLES[table].keys)))
    folder = tmp_path_factory.mktemp("layouts")
    head, mark, rest = shared_text().partition(f"[{table}]\n")
    kept = re.sub(rf"^{key} = .*\n", "", rest, count=1, flags=re.M)
    (folder / SHARED).mkdir()
    (folder / "own").mkdir()
    (folder / SHARED / FILE).write_text(head + mark + kept, encoding="utf-8")
    (folder / "own" / FILE).write_text(ABOUT, encoding="utf-8")
    with pytest.raises(SetupError) as caught:
        read_layout(folder, "own")
    assert f"{SHARED}/{FILE} [{table}] 缺 {key}" in caught.value.message


@pytest.mark.slow
@pytest.mark.defect(3)
class TestAtTheStart:
    """Whatever reads the layouts refuses a faulty one and says the same of it."""

    @pytest.fixture
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        shutil.copytree(ROOT / "layouts", tmp_path, dirs_exist_ok=True)
        (tmp_path / "own").mkdir()
        (tmp_path / "own" / FILE).write_text(f"{ABOUT}[mastheda]\n", encoding="utf-8")
        monkeypatch.setenv("HONGTOU_LAYOUTS_DIR", str(tmp_path))
        return tmp_path

    @pytest.mark.parametrize(
        "command", ["layouts", f"render {ROOT}/examples/jianbao.json -o -", "serve", "doctor"]
    )
    def test_it_is_told(self, folder: Path, command: str) -> None:
        run = [sys.executable, "-m", "hongtou", *command.split()]
        found = subprocess.run(run, capture_output=True, text=True, timeout=60)
        assert found.returncode == 4
        told = found.stdout + found.stderr
        assert "own/layout.toml [mastheda] 没有这个表，最接近的是 masthead" in told
