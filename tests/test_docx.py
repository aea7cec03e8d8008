"""An issue as a Word file: the same words in named styles, and nothing that runs or is fetched."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import docx
import pytest
from docx.document import Document
from pypdfium2 import PdfDocument

from hongtou.bulletin.errors import EngineFault
from hongtou.bulletin.month import first_day
from hongtou.bulletin.order import Order
from hongtou.importing.reading import read_file
from hongtou.outputs.docx.styles import FACES, NAMES, PREFIX
from hongtou.plan import Plan
from hongtou.plan.structure import Element as Part
from hongtou.plan.structure import document_structure
from hongtou.preflight import Rule
from hongtou.preflight.profiles import WORD_FILE
from hongtou.zip_package import packed
from scripts.docs.outputs.readers import by_libreoffice
from tests.support.documents import article, document, encoded
from tests.support.golden import EVERY_FIELD, LAYOUTS, OTHER_FORMS, GoldenIssue
from tests.support.pictures import village
from tests.support.readers import pdfium_text, without_folios
from tests.support.shop import ROOT, typesetter

PICTURES = {"village.png": village()}
ORDER = Order("docx")
SAMPLE = (ROOT / "tests" / "issues" / "real-issue.json").read_bytes()
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EXAMPLES = [EVERY_FIELD, OTHER_FORMS]


@cache
def sent(issue: GoldenIssue, layout: str) -> bytes:
    return json.dumps({**issue.document(), "layout": layout}, ensure_ascii=False).encode()


@cache
def made(issue: GoldenIssue = EVERY_FIELD, layout: str = "dongtai") -> bytes:
    return typesetter().produce(sent(issue, layout), ORDER, PICTURES).content


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def text_part(content: bytes) -> Element:
    return fromstring(members(content)["word/document.xml"])


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


@cache
def plan(issue: GoldenIssue = EVERY_FIELD, layout: str = "dongtai") -> Plan:
    accepted = typesetter().accept(sent(issue, layout), ORDER, PICTURES)
    return typesetter().plan(accepted).plan


def texts_of(element: Part) -> Iterator[int]:
    yield from element.texts
    for part in element.parts:
        yield from texts_of(part)


def words(root: Element) -> str:
    breaks = {f"{W}br": "\n"}
    return "".join(
        one.text or "" if one.tag == f"{W}t" else breaks.get(one.tag, "") for one in root.iter()
    )


def paragraphs(root: Element, style: str) -> list[Element]:
    found = []
    for one in root.iter(f"{W}p"):
        named = one.find(f"{W}pPr/{W}pStyle")
        if named is not None and named.get(f"{W}val") == style:
            found.append(one)
    return found


@pytest.mark.parametrize("issue", EXAMPLES, ids=lambda issue: issue.name)
@pytest.mark.parametrize("layout", LAYOUTS)
class TestText:
    @pytest.mark.slow
    def test_is_that_of_the_plan_in_its_order(self, issue: GoldenIssue, layout: str) -> None:
        planned = plan(issue, layout)
        wanted = [planned.texts[key].text for key in texts_of(document_structure(planned))]
        assert words(text_part(made(issue, layout))) == "".join(wanted)

    def test_stands_in_the_styles_of_the_plan(self, issue: GoldenIssue, layout: str) -> None:
        planned, root = plan(issue, layout), text_part(made(issue, layout))
        for style in NAMES.keys() - {"closing", "folio"}:
            wanted = {
                planned.texts[key].text
                for key in texts_of(document_structure(planned))
                if planned.texts[key].style == style
            }
            found = {words(one) for one in paragraphs(root, style)}
            if style == "issuing_line":  # the date stands in the last of them
                day = planned.masthead.issue_date.text
                found = {one.removesuffix(day) for one in found}
            assert found == wanted, style


class TestEveryField:
    @pytest.mark.slow
    def test_every_style_has_a_name_that_tells_its_use(self) -> None:
        named = {style.name for style in opened(made()).styles}
        assert {PREFIX + name for name in NAMES.values()} <= named

    def test_faces_have_the_names_that_offices_know(self) -> None:
        styles = {
            one.get(f"{W}styleId"): one for one in fromstring(members(made())["word/styles.xml"])
        }
        for style, role in (("headline", "title"), ("paragraph", "body"), ("heading_1", "heading")):
            face = styles[style].find(f"{W}rPr/{W}rFonts")
            assert face is not None and face.get(f"{W}eastAsia") == FACES[role]

    def test_headlines_and_headings_are_the_outline(self) -> None:
        levels = {
            one.get(f"{W}styleId"): level.get(f"{W}val")
            for one in fromstring(members(made())["word/styles.xml"])
            if (level := one.find(f"{W}pPr/{W}outlineLvl")) is not None
        }
        assert [levels[name] for name in ("section", "headline", "heading_1", "heading_4")] == [
            *"0125"
        ]

    def test_a_lead_in_is_in_a_face_of_its_own(self) -> None:
        marked = {
            words(run)
            for run in text_part(made()).iter(f"{W}r")
            if (face := run.find(f"{W}rPr/{W}rStyle")) is not None
            and face.get(f"{W}val") == "heading"
        }
        assert "突出重点整治。" in marked

    def test_a_name_that_is_set_smaller_has_the_size_of_its_lines(self) -> None:
        lines = [text.lines[0] for text in plan().texts if text.style == "nameplate"]
        named = paragraphs(text_part(made()), "nameplate")
        sizes = [one.find(f"{W}r/{W}rPr/{W}sz") for one in named]
        assert [one.get(f"{W}val") for one in sizes if one is not None] == [
            str(round(2 * line.size)) for line in lines
        ]

    def test_header_rows_are_repeated_on_every_page(self) -> None:
        tables = [table.header for table in plan_tables()]
        repeated = [
            len(table.findall(f"{W}tr/{W}trPr/{W}tblHeader"))
            for table in text_part(made()).iter(f"{W}tbl")
            if table.find(f"{W}tblPr/{W}tblBorders") is not None
        ]
        assert repeated == [len(header) for header in tables] and any(repeated)

    def test_every_row_takes_all_columns(self) -> None:
        for table in text_part(made()).iter(f"{W}tbl"):
            columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
            for row in table.iter(f"{W}tr"):
                taken = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(f"{W}tc")]
                assert columns == sum(
                    1 if one is None else int(one.get(f"{W}val", "1")) for one in taken
                )

    def test_pictures_say_what_they_show_and_are_kept_once(self) -> None:
        shapes = opened(made()).inline_shapes
        told = [shape._inline.docPr.get("descr") for shape in shapes]
        assert len(told) == 3 and all(told)
        assert [name for name in members(made()) if "media" in name] == ["word/media/image1.png"]

    def test_every_entry_of_the_contents_leads_to_its_article(self) -> None:
        root = text_part(made())
        marks = [one.get(f"{W}name") for one in root.iter(f"{W}bookmarkStart")]
        led = [one.get(f"{W}anchor") for one in root.iter(f"{W}hyperlink")]
        assert led and all(marks.count(name) == 1 for name in led)

    def test_the_closing_block_is_a_table_at_the_foot(self) -> None:
        *_, table = text_part(made()).iter(f"{W}tbl")
        place = table.find(f"{W}tblPr/{W}tblpPr")
        assert place is not None and place.get(f"{W}tblpYSpec") == "bottom"
        rows = [row for group in plan().closing.groups for row in group]
        assert len(table.findall(f"{W}tr")) == len(rows)

    def test_an_annex_begins_a_page(self) -> None:
        first, *_ = paragraphs(text_part(made()), "annex_label")
        assert first.find(f"{W}pPr/{W}pageBreakBefore") is not None

    @pytest.mark.parametrize("opens", [False, True])
    def test_a_row_of_pictures_begins_a_page_where_it_does_so_in_print(self, opens: bool) -> None:
        row = {"type": "figures", "items": [{"image": "village.png"}] * 2}
        between = [{"type": "page_break"}] if opens else []
        whole = encoded(document(articles=[article(["一段。", *between, row, "又一段。"])]))
        root = text_part(typesetter().produce(whole, ORDER, PICTURES).content)
        body = list(next(root.iter(f"{W}body")))
        table = next(at for at, one in enumerate(body) if one.findall(f".//{W}drawing")[1:])
        over = body[table - 1].find(f"{W}pPr/{W}pageBreakBefore")
        assert (over is not None) is opens

    def test_a_landscape_table_has_a_page_that_lies(self) -> None:
        sizes = list(text_part(made()).iter(f"{W}pgSz"))
        assert [size.get(f"{W}orient") for size in sizes] == [None, "landscape", None]

    def test_the_heading_of_an_annex_lies_on_the_page_of_its_turned_table(self) -> None:
        table = {"type": "table", "header": ["甲"], "rows": [["一"]], "orientation": "landscape"}
        annex = {"type": "annex", "label": "附件1", "title": "分解表", "body": [table, "表后。"]}
        issue = encoded(document(articles=[article(body=["表前。", annex])]))
        root = text_part(typesetter().produce(issue, Order("docx")).content)
        orients: dict[str, str | None] = {}
        waiting: list[str] = []
        for one in root[0]:
            waiting.append("".join(text.text or "" for text in one.iter(f"{W}t")))
            for size in one.iter(f"{W}pgSz"):
                orients |= dict.fromkeys(waiting, size.get(f"{W}orient"))
                waiting = []
        upright = ("表前。", "表后。")
        assert [orients[text] for text in ("附件1", "分解表", *upright)] == [
            "landscape", "landscape", None, None,
        ]  # fmt: skip


def plan_tables() -> list[Any]:
    from hongtou.outputs.docx.tables import tables_of

    return [parts[0] for parts in tables_of(plan())]


class TestPage:
    def test_has_the_type_area_of_the_layout(self) -> None:
        section = opened(made()).sections[0]
        lengths = (section.page_width, section.page_height, section.top_margin, section.left_margin)
        assert [round(length.mm) for length in lengths if length is not None] == [210, 297, 37, 28]

    def test_holds_22_lines(self) -> None:
        *_, grid = text_part(made()).iter(f"{W}docGrid")
        assert 225 / 25.4 * 72 // (int(grid.get(f"{W}linePitch", "0")) / 20) == 22

    def test_a_line_holds_28_characters(self) -> None:
        styles = {style.style_id: style for style in opened(made()).styles}
        face = fromstring(styles["paragraph"].element.xml).find(f"{W}rPr")
        assert face is not None
        size, scale = (face.find(f"{W}{name}") for name in ("sz", "w"))
        assert size is not None and scale is not None
        pitch = int(size.get(f"{W}val", "0")) / 2 * int(scale.get(f"{W}val", "0")) / 100
        assert 156 / 25.4 * 72 // pitch == 28

    def test_folios_stand_at_the_outer_edge(self) -> None:
        section = opened(made()).sections[0]
        sides = [one.paragraphs[0].alignment for one in (section.footer, section.even_page_footer)]
        assert [side.name for side in sides if side is not None] == ["RIGHT", "LEFT"]


class TestFile:
    def test_says_that_it_is_no_edition(self) -> None:
        edition = typesetter().produce(SAMPLE, ORDER)
        assert edition.file_name == "创建工作动态第33期（2017年）（可编辑）.docx"
        assert opened(edition.content).core_properties.title == "创建工作动态 第33期（可编辑稿）"

    @pytest.mark.slow
    def test_has_the_date_of_the_issue_and_none_of_its_making(self) -> None:
        told = opened(made(EVERY_FIELD)).core_properties
        assert told.created == told.modified and told.created is not None
        assert told.created.date() == first_day(plan().issue_date)
        with zipfile.ZipFile(io.BytesIO(made())) as package:
            assert {one.date_time for one in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}

    def test_is_small(self) -> None:
        assert len(typesetter().produce(SAMPLE, ORDER).content) < 80_000

    def test_what_looks_like_markup_stays_text(self) -> None:
        hostile = "<w:p/>&amp;]]>\"'"
        issue = document(articles=[article(body=["甲", hostile])])
        content = typesetter().produce(encoded(issue), ORDER).content
        assert hostile in words(text_part(content))


@pytest.mark.slow
def test_the_sample_comes_back_by_import() -> None:
    content = typesetter().produce(SAMPLE, ORDER).content
    imported = read_file(content)
    assert imported.issue == json.loads(SAMPLE)
    assert {doubt.message for doubt in imported.doubts} == {"页脚没有取：—  —"}


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_shows_the_same_words(tmp_path: Path) -> None:
    content = typesetter().produce(SAMPLE, ORDER).content
    source = tmp_path / "issue.docx"
    source.write_bytes(content)
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", tmp_path, source],
        check=True,
        capture_output=True,
        timeout=120,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    shown = (tmp_path / "issue.pdf").read_bytes()
    wanted = "".join(words(text_part(content)).split())
    assert sorted("".join(without_folios(pdfium_text(shown)).split())) == sorted(wanted)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    ("name", "issue"),
    [
        ("样张", SAMPLE),
        ("`every-field`", sent(EVERY_FIELD, "dongtai")),
        ("`other-forms`", sent(OTHER_FORMS, "dongtai")),
    ],
)
@pytest.mark.slow
def test_the_pages_that_libreoffice_makes_are_those_that_are_told(name: str, issue: bytes) -> None:
    """In our faces, so that no other machine has others."""
    told = (ROOT / "docs" / "outputs.md").read_text(encoding="utf-8")
    (counts,) = re.findall(rf"{name} (\d+) 面（(?:PDF )?(\d+) 面）", told)
    shown = by_libreoffice(typesetter().produce(issue, ORDER, PICTURES).content)
    printed = typesetter().produce(issue, Order(), PICTURES)
    with PdfDocument(shown) as document:
        assert counts == (str(len(document)), str(printed.page_count))


Spoil = Callable[[dict[str, bytes]], Mapping[str, bytes]]


def swapped(name: str, old: str, new: str) -> Spoil:
    def spoil(parts: dict[str, bytes]) -> dict[str, bytes]:
        assert old.encode() in parts[name]
        return {**parts, name: parts[name].replace(old.encode(), new.encode(), 1)}

    return spoil


TEXT, RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
BROKEN: tuple[tuple[str, Spoil], ...] = (
    ("preflight/docx-members", lambda parts: {**parts, "word/vbaProject.bin": b"macro"}),
    ("preflight/docx-members", lambda parts: {n: c for n, c in parts.items() if "core" not in n}),
    ("preflight/docx-external", swapped(RELATIONS, "media/image1.png", "media/image2.png")),
    ("preflight/docx-external", swapped(RELATIONS, 'Target="media', 'TargetMode="External" Target="media')),
    ("preflight/docx-external", lambda parts: {**parts, "word/media/image9.png": b"x"}),
    ("preflight/docx-content", swapped(TEXT, "<w:br/>", "<w:object/>")),
    ("preflight/docx-content", swapped(TEXT, "<w:br/>", "<w:instrText>DDE</w:instrText>")),
    ("preflight/docx-fields", swapped(TEXT, "<w:br/>", '<w:fldSimple w:instr="DATE"/>')),
    ("preflight/docx-fields", swapped("word/footer1.xml", "PAGE", "INCLUDETEXT")),
    ("preflight/docx-fields", swapped("word/footer2.xml", "— ", "机密 ")),
    ("preflight/docx-links", swapped(TEXT, 'w:anchor="article_1"', 'w:anchor="elsewhere"')),
    ("preflight/docx-styles", swapped(TEXT, 'w:val="headline"', 'w:val="Heading1"')),
    ("preflight/alternatives", swapped(TEXT, 'descr="', 'descr="" title="')),
    ("preflight/docx-title", swapped("docProps/core.xml", "可编辑稿", "定稿")),
    ("preflight/unreadable", swapped(TEXT, "</w:body>", "")),
    ("preflight/unreadable", swapped("word/settings.xml", "<w:settings", "<!DOCTYPE a><w:settings")),
)  # fmt: skip


@pytest.mark.parametrize(("code", "spoil"), BROKEN)
def test_what_was_spoilt_is_refused(code: str, spoil: Spoil) -> None:
    spoilt = packed(spoil(members(made())), "[Content_Types].xml")
    with pytest.raises(EngineFault, match=code):
        typesetter().inspect(spoilt, ORDER, 1)


def test_every_rule_has_a_file_that_breaks_it() -> None:
    rules: set[str] = {rule.code for rule in WORD_FILE.rules if isinstance(rule, Rule)}
    assert rules == {code for code, _ in BROKEN} - {"preflight/unreadable"}
