"""Templates, stylesheets and texts of layouts: what does nothing is refused, with its line."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hongtou.bulletin.errors import EngineFault, SetupError
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import Order, Purpose
from hongtou.layouts import SHARED, open_layouts
from hongtou.layouts.keys import TABLES
from hongtou.layouts.styles import STYLES
from hongtou.paginate.layout_check import refuse_faulty
from hongtou.paginate.line_marks import FIRST
from hongtou.paginate.markup import stylesheet_with_marks, write_html, write_stylesheet
from hongtou.paginate.plan_names import plan_names
from hongtou.pipeline import Typesetter
from hongtou.plan import make_plan
from tests.support import issues
from tests.support.shop import ROOT, faces, layouts

BULLETIN, MASTHEAD, SET, SHEET = (
    f"{SHARED}/{name}.j2" for name in ("bulletin.html", "masthead.html", "set.html", "page.css")
)
Change = Callable[[str], str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "layouts", tmp_path / "layouts")
    shutil.rmtree(tmp_path / "layouts" / "jianbao")
    return tmp_path / "layouts"


def altered(folder: Path, file: str, change: Change) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert change(text) != text
    path.write_text(change(text), encoding="utf-8")


def refusal(folder: Path) -> str:
    with pytest.raises(SetupError) as caught:
        refuse_faulty(open_layouts(folder), faces())
    assert caught.value.message.startswith("版式 dongtai 不能用：")
    return caught.value.message


def line_of(folder: Path, file: str, part: str) -> int:
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if part in line)


@pytest.mark.slow
def test_the_layouts_of_the_repository_have_no_faults() -> None:
    refuse_faulty(layouts(), faces())


class TestTemplates:
    """Faults are found in branches that no issue takes, too."""

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("file", "right", "wrong", "told"),
        [
            (BULLETIN, "{% if plan.contents %}", "{% if plna.contents %}", "没有 plna 这个名称，最接近的是 plan"),
            (SET, "piece.table -%}", "pieces.table -%}", "没有 pieces 这个名称，最接近的是 piece"),
            (SET, "{% if texts %}", "{% if caption %}", "没有 caption 这个名称"),
            (SHEET, "range(1, max_lines", "range(1, max_line", "没有 max_line 这个名称，最接近的是 max_lines"),
            (SHEET, "range(1, max_lines", "rnage(1, max_lines", "没有 rnage 这个名称"),
            (SET, "part.landscape %}</div>", "part.lanscape %}</div>", "没有 .lanscape 这一项，最接近的是 landscape"),
            (BULLETIN, "plan.author", "plan.autor", "没有 .autor 这一项，最接近的是 author"),
            (SHEET, 'mm["closing.outer_rule"]', 'mm["closing.outer_ruel"]', "没有 closing.outer_ruel 这个长度，最接近的是 closing.outer_rule"),
            (SHEET, "| round(4)", "| rond(4)", "没有 rond 这个过滤器，最接近的是 round"),
            (SET, "{% if id %}", "{% if id is definde %}", "没有 definde 这个判断，最接近的是 defined"),
            (BULLETIN, "{{ place(piece) }}", "{{ place(piece, 2) }}", "宏 place（piece）只有 1 个参数，写了 2 个"),
            (SET, "table(piece, piece.table)", "table(piece)", "宏 table（piece、part）缺参数 part"),
            (MASTHEAD, "plan.masthead.issue_date, class=", "plan.masthead.issue_date, clas=", "没有参数 clas，最接近的是 class"),
            (BULLETIN, "import set, place", "import set, palce as place", "set.html.j2 里没有 palce 这个宏，最接近的是 place"),
            (BULLETIN, 'include "masthead.html.j2"', 'include "masthaed.html.j2"', "没有 masthaed.html.j2 这个模板，最接近的是 masthead.html.j2"),
            (MASTHEAD, 'from "set.html.j2"', 'from "../x.j2"', "没有 ../x.j2 这个模板"),
            (MASTHEAD, "{% endif %}", "{% endfi %}", "写法不对：Encountered unknown tag 'endfi'"),
            (BULLETIN, "<nav>", "<nav>续表", "写了文字“续表”，印不出来"),
            (SET, '<div class="sheet">', '<div class="sheet">（续）', "写了文字“（续）”，印不出来"),
            (MASTHEAD, 'data-rule="red"', 'data-rul="red"', "属性 data-rul 不起作用，最接近的是 data-rule"),
            (SET, '<div class="sheet">', '<div class="sheet" style="width: 3mm">', "属性 style 不起作用，可用 class、id"),
            (MASTHEAD, 'data-rule="red"', 'data-rule="rde"', "没有“rde”这个颜色，最接近的是 red"),
            (SET, 'data-rules="text"', 'data-rules="#000"', "没有“#000”这个颜色，可用 text、red"),
        ],
    )  # fmt: skip
    def test_of(self, folder: Path, file: str, right: str, wrong: str, told: str) -> None:
        altered(folder, file, lambda text: text.replace(right, wrong, 1))
        message = refusal(folder)
        assert f"{file} 第 {line_of(folder, file, wrong)} 行：" in message
        assert told in message

    @pytest.mark.slow
    def test_all_are_told_at_once(self, folder: Path) -> None:
        altered(folder, BULLETIN, lambda text: text.replace("plan.title", "plan.titel"))
        altered(folder, SHEET, lambda text: text.replace("steps + 1", "stpes + 1"))
        message = refusal(folder)
        assert "没有 .titel 这一项" in message
        assert "没有 stpes 这个名称" in message

    @pytest.mark.slow
    def test_what_an_include_stands_in_can_be_used_by_it(self, folder: Path) -> None:
        entry = "{{ set(entry.text) }}"
        (folder / "_shared" / "entry.html.j2").write_text(
            f'{{% from "set.html.j2" import set %}}{entry}', encoding="utf-8"
        )
        altered(
            folder,
            BULLETIN,
            lambda text: text.replace("<ul>", '<ul>{% for entry in [] %}{% include "entry.html.j2" %}{% endfor %}'),
        )  # fmt: skip
        refuse_faulty(open_layouts(folder), faces())

    @pytest.mark.slow
    def test_what_is_imported_cannot(self, folder: Path) -> None:
        altered(folder, SET, lambda text: text.replace("piece.begins_page", "plan.title"))
        assert "没有 plan 这个名称" in refusal(folder)

    def test_every_name_of_a_plan_is_known(self) -> None:
        assert {"masthead", "isoformat", "caption", "begins_page", "first"} <= plan_names()
        assert "_plan" not in plan_names()


class TestFiles:
    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("name", "told"),
        [
            ("mastehad.html.j2", "没有用到，是否指 masthead.html.j2？"),
            ("page.css", "没有用到，是否指 page.css.j2？"),
            ("layuot.toml", "没有用到，是否指 layout.toml？"),
            ("extra.html.j2", "没有用到"),
            ("sub/set.html.j2", "没有用到，是否指 set.html.j2？"),
        ],
    )
    def test_one_that_nothing_asks_for_is_told(self, folder: Path, name: str, told: str) -> None:
        path = folder / "dongtai" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("", encoding="utf-8")
        assert f"dongtai/{name} {told}" in refusal(folder)

    @pytest.mark.slow
    @pytest.mark.parametrize("name", ["README.md", ".DS_Store", "set.html.j2~"])
    def test_those_for_people_are_left_alone(self, folder: Path, name: str) -> None:
        (folder / "dongtai" / name).write_text("", encoding="utf-8")
        refuse_faulty(open_layouts(folder), faces())

    @pytest.mark.slow
    def test_one_that_stands_in_for_a_shared_one_is_checked(self, folder: Path) -> None:
        text = (folder / MASTHEAD).read_text(encoding="utf-8")
        own = text.replace("plan.masthead.marks", "plan.masthead.mraks")
        (folder / "dongtai" / "masthead.html.j2").write_text(own, encoding="utf-8")
        assert "dongtai/masthead.html.j2 第 7 行：没有 .mraks 这一项" in refusal(folder)


class TestStylesheets:
    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("rule", "told"),
        [
            ("@page :first { margin: 3mm }", "@page :first 不起作用：各页相同"),
            ("@page wide { margin: 3mm }", "@page wide 不起作用"),
            ("@page { @bottom-center { content: '1' } }", "@bottom-center 不起作用"),
            ("@page { margin-lefft: 3mm }", "margin-lefft 不起作用，最接近的是 margin-left"),
            ("@page { break-before: page }", "break-before 不起作用"),
            ("@media print { p { width: 3mm } }", "@media print 不起作用"),
            ("@import 'x.css';", '@import "x.css" 不起作用'),
            ("@font-face { font-family: x }", "@font-face 不起作用"),
            (".closing { color: red }", "color 不起作用：颜色写在 layout.toml 的 [colour]"),
            (".closing { background: red }", "background 不起作用：颜色写在"),
            (".closing { border-left: 1pt solid }", "border-left 不起作用：颜色写在"),
            (".closing { font-size: 9pt }", "font-size 不起作用：文字怎么排，写在 layout.toml"),
            (".closing { text-align: right }", "text-align 不起作用：文字怎么排"),
            (".closing { LINE-HEIGHT: 2 }", "line-height 不起作用：文字怎么排"),
            (".closing { orphans: 2 }", "orphans 不起作用：分页由"),
            (".closing { page: wide }", "page 不起作用：分页由"),
            (".closing { z-index: 2 }", "z-index 不起作用"),
            (".closing { --own: 2 }", "--own 不起作用"),
            (".closing { widht: 3mm }", "widht 不起作用，最接近的是 width"),
            (".closing { width: 3 }", "width: 3 不起作用，值不对"),
            (".closing { display: bolck }", "display: bolck 不起作用，值不对"),
            (".closing { transform: turn(3) }", "transform: turn(3) 不起作用，值不对"),
            (".closing { width 3mm }", "不是合格的 CSS"),
            (".closing { p { width: 3mm } }", "规则里不能再写规则"),
            (".closing::before { width: 3mm }", ".closing::before 不起作用：选择器只能写"),
            ("p:first-child { width: 3mm }", "p:first-child 不起作用"),
            ("p + p { width: 3mm }", "p + p 不起作用"),
            ("#a1 { width: 3mm }", "#a1 不起作用"),
            ("[data-set] { width: 3mm }", "[data-set] 不起作用"),
            (".masthead_rul { width: 3mm }", ".masthead_rul 不起作用：模板里没有它，最接近的是 .masthead_rule"),
            ("blockquote { width: 3mm }", "blockquote 不起作用：模板里没有它"),
            (".head { width: 3mm }", ".head 不起作用：模板里没有它"),
            (".closing .cell", "不是合格的 CSS"),
            ("/* without an end", "注释没有用 */ 结束"),
        ],
    )  # fmt: skip
    def test_of(self, folder: Path, rule: str, told: str) -> None:
        altered(folder, SHEET, lambda text: f"{text}\n{rule}\n")
        message = refusal(folder)
        assert f"{SHEET} 第 {line_of(folder, SHEET, rule)} 行：" in message
        assert told in message

    @pytest.mark.slow
    def test_the_line_is_that_of_the_template_after_a_loop_too(self, folder: Path) -> None:
        loop = "{% for n in range(9) %}\n.lines-{{ n }} { widht: 3mm; }\n{% endfor %}\n"
        altered(folder, SHEET, lambda text: f"{loop}{text}\n.closing {{\n  colour: red;\n}}\n")
        message = refusal(folder)
        assert message.count("widht 不起作用") == 1
        assert f"{SHEET} 第 2 行：widht" in message
        assert f"{SHEET} 第 {line_of(folder, SHEET, 'colour: red')} 行：colour" in message

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "rule",
        [
            "header > .masthead_rule, nav li { margin: 0 1mm !important }",
            "* { box-sizing: border-box }",
            ".lines-3, .column-2, .headline { float: left }",
            "/* a note */ .cell /* another */ { padding-left: 0 }",
        ],
    )
    def test_what_moves_boxes_is_taken(self, folder: Path, rule: str) -> None:
        altered(folder, SHEET, lambda text: f"{text}\n{rule}\n")
        refuse_faulty(open_layouts(folder), faces())

    @pytest.mark.slow
    def test_nothing_is_fetched_for_it(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as asked:
            asked.setblocking(False)
            rule = f"@import url(http://127.0.0.1:{asked.getsockname()[1]}/x.css);"
            altered(folder, SHEET, lambda text: f"{rule}\n{text}")
            assert f"{SHEET} 第 1 行：@import" in refusal(folder)
            with pytest.raises(BlockingIOError):
                asked.accept()

    def test_marks_leave_what_is_written_as_it_is(self) -> None:
        layout = layouts()["dongtai"]
        marked = stylesheet_with_marks(layout)
        assert not any(ord(char) >= FIRST for char in marked.text)
        written = write_stylesheet(layout)
        assert all(line in written for line in marked.text.splitlines())


class TestTexts:
    """Every text that a layout prints has a glyph for each character in the role of its style."""

    KEYS = tuple(
        (table, key)
        for table, entries in TABLES.items()
        for key, declared in entries.keys.items()
        if declared.units == ("text",) and not declared.choices
        if (table, key) != ("ink", "red_name")  # the name of a plate, which no page prints
    )

    def test_each_names_its_style(self) -> None:
        assert all(TABLES[table].keys[key].style in STYLES for table, key in self.KEYS)
        assert len(self.KEYS) == 9

    @pytest.mark.parametrize(("table", "key"), KEYS)
    def test_one_without_a_glyph_is_refused(self, folder: Path, table: str, key: str) -> None:
        text = f'\n[{table}]\n{key} = {{ text = "目𓀀𓀀", strength = "实务", source = "x" }}\n'
        altered(folder, "dongtai/layout.toml", lambda before: before + text)
        message = refusal(folder)
        assert f"dongtai/layout.toml [{table}] {key} “目𓀀𓀀”里的“𓀀”（U+13000）印不出" in message
        style = TABLES[table].keys[key].style
        role = layouts()["dongtai"].styles[style].role
        assert f"样式 {style} 的角色 {role} 只有字体 Hongtou" in message

    def test_the_shared_file_is_named_where_it_is_at_fault(self, folder: Path) -> None:
        altered(folder, f"{SHARED}/layout.toml", lambda text: text.replace("★", "𓀀"))
        assert f"{SHARED}/layout.toml [briefs] mark “𓀀”里的“𓀀”（U+13000）" in refusal(folder)

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("right", "purpose"), [("◆", Purpose.PRESS), ("校　样", Purpose.PROOF)]
    )
    def test_a_render_tells_it_too(self, folder: Path, right: str, purpose: Purpose) -> None:
        altered(folder, f"{SHARED}/layout.toml", lambda text: text.replace(right, "𓀀"))
        typesetter = Typesetter(faces(), open_layouts(folder), Limits())
        document = (ROOT / "examples" / "dongtai.json").read_bytes()
        with pytest.raises(SetupError, match="“𓀀”（U\\+13000）印不出"):
            typesetter.produce(document, Order(purpose=purpose))


class TestWhileAPageIsMade:
    """What only shows with an issue names its template and line as well."""

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("file", "right", "wrong", "cause"),
        [
            (BULLETIN, "plan.title", "plan.titel", "UndefinedError"),
            (SET, "data-set=", 'x="{{ text + 1 }}" data-set=', "TypeError"),
            (MASTHEAD, "{{ set(body) }}", "{{ set(body, clas=1) }}", "TypeError"),
            (MASTHEAD, "{{ set(body) }}", "{{ set(body, 1 / 0) }}", "ZeroDivisionError"),
            (BULLETIN, 'include "masthead.html.j2"', 'include "mast.html.j2"', "TemplateNotFound"),
            (SET, "{% if id %}", "{% if id|x %}", "TemplateRuntimeError"),
        ],
    )
    def test_of(self, folder: Path, file: str, right: str, wrong: str, cause: str) -> None:
        altered(folder, file, lambda text: text.replace(right, wrong, 1))
        layout = open_layouts(folder)["dongtai"]
        plan = make_plan(issues.issue(*issues.paragraphs(1)), layout, faces(), Order(), {})
        with pytest.raises(EngineFault) as caught:
            write_html(plan)
        place = f"{file} 第 {line_of(folder, file, wrong)} 行"
        assert caught.value.message == f"版式 dongtai 的模板有误：{place}"
        assert type(caught.value.__cause__).__name__ == cause

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("right", "wrong", "told"),
        [
            ("</nav>", "</nva>", f"版式模板不是合格的 XML：{BULLETIN} 第 LINE 行"),
            ("<nav>", '<nav a="1" a="2">', f"版式模板不是合格的 XML：{BULLETIN} 第 LINE 行"),
            ("<nav>", "<nav>{{ plan.author }}", f"有文字未经排版：{BULLETIN} 第 LINE 行"),
            ("<nav>", "<nav>{{ '续表' }}", f"有文字未经排版：{BULLETIN} 第 LINE 行"),
            (
                '{{ set(plan.contents.heading, "h2") }}',
                "{{ '' }}",
                "有文字没有排进版面：模板没有放样式 contents_heading 的",
            ),
        ],
    )
    def test_or_of(self, folder: Path, right: str, wrong: str, told: str) -> None:
        altered(folder, BULLETIN, lambda text: text.replace(right, wrong, 1))
        typesetter = Typesetter(faces(), open_layouts(folder), Limits())
        document = (ROOT / "examples" / "dongtai.json").read_bytes()
        with pytest.raises(EngineFault) as caught:
            typesetter.produce(document, Order())
        line = str(line_of(folder, BULLETIN, wrong))
        assert caught.value.message == told.replace("LINE", line)


@pytest.mark.slow
@pytest.mark.parametrize("command", ["layouts", "serve", "doctor"])
def test_whoever_starts_is_told(
    folder: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    altered(folder, SHEET, lambda text: f"{text}.closing {{ color: red }}\n")
    monkeypatch.setenv("HONGTOU_LAYOUTS_DIR", str(folder))
    run = [sys.executable, "-m", "hongtou", command]
    found = subprocess.run(run, capture_output=True, text=True, timeout=60, check=False)
    assert found.returncode == 4
    line = line_of(folder, SHEET, "color: red")
    assert f"{SHEET} 第 {line} 行：color 不起作用" in found.stdout + found.stderr
