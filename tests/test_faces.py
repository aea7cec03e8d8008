"""Faces: whole, licensed, evenly built, and complete before anything is set."""

from __future__ import annotations

import gc
import shutil
import weakref
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from statistics import mean

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

from hongtou.bulletin.errors import SetupError
from hongtou.bulletin.order import Order
from hongtou.bulletin.passage import Kind, Passage
from hongtou.faces import coverage, glyph_findings, open_faces, read_manifest
from hongtou.faces.coverage import character_sets
from hongtou.plan import make_plan, roles_of_kinds
from tests.support import issues
from tests.support.shop import ROOT, faces, layouts

FONTS = ROOT / "fonts"
MANIFEST = read_manifest(FONTS)
HAN_FACES = [face for face in MANIFEST.faces if not face.startswith(("latin", "symbols"))]
LEADING_FACES = [face for face in HAN_FACES if not face.endswith("fill")]
SQUARE_MARKS = "—…·“”‘’，。、；：？！（）《》〈〉【】〔〕「」『』〖〗［］｛｝"
LEFT_HALF = "，。、；：？！”’）》〉】〕"
RIGHT_HALF = "“‘（《〈【〔"


STANDARD = (FONTS / "charsets/standard-characters.txt").read_text(encoding="utf-8").split()


@cache
def font_of(face: str) -> TTFont:
    return TTFont(BytesIO((FONTS / MANIFEST.faces[face].file).read_bytes()), lazy=True)


def ink(face: str, char: str):  # type: ignore[no-untyped-def]
    """Return the outline of a character, with its bounds; None if the face has none."""
    font = font_of(face)
    name = font.getBestCmap().get(ord(char))
    return font["glyf"][name] if name else None


def width(face: str, char: str) -> int:
    font = font_of(face)
    return font["hmtx"][font.getBestCmap()[ord(char)]][0]


def passage(text: str, kind: Kind = Kind.PARAGRAPH) -> Passage:
    return Passage("/articles/0/body", 0, text, kind, "第1篇第1段")


def findings(text: str, kind: Kind = Kind.PARAGRAPH):  # type: ignore[no-untyped-def]
    return glyph_findings([passage(text, kind)], roles_of_kinds(layouts()["dongtai"]), faces())


@pytest.mark.parametrize("face", MANIFEST.faces)
class TestEveryFile:
    def test_it_has_a_licence_and_a_source(self, face: str) -> None:
        entry = MANIFEST.faces[face]
        assert (FONTS / entry.licence_file).stat().st_size > 1000
        assert entry.package and entry.package_version and entry.source

    def test_it_is_truetype_with_the_metrics_of_all(self, face: str) -> None:
        font = font_of(face)
        assert "glyf" in font and "CFF " not in font
        assert font["head"].unitsPerEm == 1000
        assert (font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap) == (880, -120, 0)
        system = font["OS/2"]
        assert (system.usWinAscent, system.usWinDescent, system.fsType) == (880, 120, 0)

    def test_it_says_who_made_it_and_that_it_was_modified(self, face: str) -> None:
        names = font_of(face)["name"]
        assert "Modified" in str(names.getDebugName(10))
        for reserved in ("Noto", "Liberation", "Fandol", "Arphic", "PL KaitiM"):
            assert reserved not in str(names.getDebugName(1))


def test_gpl_and_ofl_outlines_never_share_a_file() -> None:
    by_file = [(entry.file, entry.licence) for entry in MANIFEST.faces.values()]
    assert len({file for file, _ in by_file}) == len(by_file)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("GB 18030 级别1", 0x4E00, 0x9FEF),
        ("GB 18030 级别1", 0x3400, 0x4DB5),
        ("GB 18030 级别3", 0x20000, 0x2A6D6),
        ("GB 18030 级别3", 0x2A700, 0x2B734),
        ("GB 18030 级别3", 0x2B740, 0x2B81D),
        ("GB 18030 级别3", 0x2B820, 0x2CEA1),
        ("GB 18030 级别3", 0x2CEB0, 0x2EBE0),
    ],
)
def test_a_character_set_begins_and_ends_with_its_blocks(name: str, first: int, last: int) -> None:
    found = character_sets(FONTS)[name]
    assert found >= set(range(first, last + 1))
    assert not found & {first - 1, last + 1}


def test_the_first_level_holds_those_compatibility_ideographs_that_gbk_holds() -> None:
    block = range(0xF900, 0xFB00)
    wanted = {code for code in block if chr(code).encode("gbk", "ignore")}
    assert len(wanted) == 21
    assert character_sets(FONTS)["GB 18030 级别1"] & {*block} == wanted


@pytest.mark.parametrize("role", [role for role in MANIFEST.roles if not role.startswith("latin")])
def test_every_role_covers_the_standard_characters(role: str) -> None:
    found = {entry.name: entry.percent for entry in coverage(faces().chain(role), FONTS)}
    assert found["通用规范汉字表"] == 100
    assert found["GB 2312"] == 100


class TestMarks:
    """Chinese marks are whole squares, with ink where the composer expects it."""

    @pytest.mark.slow
    @pytest.mark.parametrize("face", LEADING_FACES)
    def test_each_is_held_and_takes_a_full_square(self, face: str) -> None:
        held = font_of(face).getBestCmap()
        for char in SQUARE_MARKS:
            assert ord(char) in held, char
            assert width(face, char) == 1000, char

    @pytest.mark.parametrize("face", LEADING_FACES)
    def test_its_ink_keeps_to_its_half(self, face: str) -> None:
        for char in LEFT_HALF:
            assert ink(face, char).xMax <= 500, char
        for char in RIGHT_HALF:
            assert ink(face, char).xMin >= 500, char

    @pytest.mark.parametrize("face", LEADING_FACES)
    def test_a_dash_spans_its_square_so_that_two_make_one_line(self, face: str) -> None:
        dash = ink(face, "—")
        assert (dash.xMin, dash.xMax) == (0, 1000)
        assert (dash.yMin + dash.yMax) / 2 == pytest.approx(380, abs=1)

    @pytest.mark.parametrize("face", LEADING_FACES)
    def test_the_six_dots_of_an_ellipsis_are_evenly_spaced(self, face: str) -> None:
        dots = ink(face, "…")
        ends = [end + 1 for end in dots.endPtsOfContours]
        spans = [slice(start, end) for start, end in zip([0, *ends], ends, strict=False)]
        across = [[x for x, _ in dots.coordinates[span]] for span in spans]
        middles = sorted((min(dot) + max(dot)) / 2 for dot in across)
        assert middles == pytest.approx([167, 500, 833], abs=2)

    @pytest.mark.parametrize("face", LEADING_FACES)
    def test_a_middle_dot_stands_in_the_middle(self, face: str) -> None:
        dot = ink(face, "·")
        assert (dot.xMin + dot.xMax) / 2 == pytest.approx(500, abs=1)
        assert (dot.yMin + dot.yMax) / 2 == pytest.approx(380, abs=1)

    @pytest.mark.parametrize("role", ["body", "note", "title", "heading", "folio"])
    def test_signs_of_quantity_are_no_wider_than_a_square(self, role: str) -> None:
        for char in "℃‰％№㎡㎥㎞×÷±":
            face = faces().face_for(role, char)
            assert face is not None, char
            assert face.advance(face.glyph(char)) <= 1000, char


@pytest.mark.slow
@pytest.mark.parametrize("face", HAN_FACES)
def test_han_stand_in_the_middle_of_the_square_whatever_the_face(face: str) -> None:
    """A lead-in in another face must not seem to sink or to rise in its line."""
    outlines = [outline for char in STANDARD[::4] if (outline := ink(face, char)) is not None]
    middle = mean((outline.yMin + outline.yMax) / 2 for outline in outlines)
    assert middle == pytest.approx(380, abs=5)


class TestFiguresOfALayout:
    """`composition.latin`: the face of letters and figures between Han."""

    CHOICES = ("latin", "latin_light", "latin_fangsong")

    @pytest.mark.parametrize("choice", CHOICES)
    @pytest.mark.parametrize("role", ["body", "note"])
    def test_sets_them_and_leaves_han_and_other_roles_alone(self, role: str, choice: str) -> None:
        chosen = faces().with_latin(choice)
        for char in "0189Aaz%.":
            face = chosen.face_for(role, char)
            assert face is faces().chain(choice)[0], char
        for char in "国，①№":
            assert chosen.face_for(role, char) is faces().face_for(role, char)
        for other in ("title", "heading", "folio", "nameplate"):
            assert chosen.chain(other) == faces().chain(other)

    @pytest.mark.parametrize("choice", CHOICES)
    def test_what_such_a_face_lacks_is_set_as_before(self, choice: str) -> None:
        chosen = faces().with_latin(choice)
        for char in "ǎДΩ₂ₓ½é":
            assert chosen.face_for("body", char) is not None, char

    def test_is_made_once_and_the_usual_one_not_at_all(self) -> None:
        assert faces().with_latin("latin") is faces()
        assert faces().with_latin("latin_light") is faces().with_latin("latin_light")

    @pytest.mark.parametrize("layout", ["dongtai", "jianbao"])
    @pytest.mark.parametrize("choice", CHOICES)
    def test_is_one_key_of_each_layout(self, layout: str, choice: str) -> None:
        own = layouts()[layout]
        value = own.values["composition.latin"]
        own = replace(
            own, values={**own.values, "composition.latin": replace(value, amount=choice)}
        )
        issue = issues.issue(issues.paragraph("投入3568.4万元"), layout=layout)
        plan = make_plan(issue, own, faces(), Order(), {})
        (line,) = (text.lines[0] for text in plan.texts if text.text == "投入3568.4万元")
        assert {face.id for face in line.faces} == {"body", choice.replace("_", "-")}

    @pytest.mark.parametrize("choice", CHOICES)
    def test_figures_stand_as_high_as_han_and_are_of_one_width(self, choice: str) -> None:
        name = choice.replace("_", "-")
        assert len({width(name, digit) for digit in "0123456789"}) == 1
        outline = ink(name, "8")
        middle = (outline.yMin + outline.yMax) / 2
        assert middle == pytest.approx(380, abs=40)  # of the square: 0.88 em above the baseline


@pytest.mark.parametrize("role", ["body", "note", "title", "heading", "folio"])
def test_figures_are_half_a_square_wide_and_all_alike(role: str) -> None:
    for digit in "0123456789":
        face = faces().face_for(role, digit)
        assert face is not None
        assert face.advance(face.glyph(digit)) == 500


@pytest.mark.parametrize("face", MANIFEST.faces)
def test_no_character_prints_as_nothing(face: str) -> None:
    """Some sources encode characters without ever having drawn them."""
    font = font_of(face)
    cmap, offsets = font.getBestCmap(), font["loca"]
    numbers = {name: number for number, name in enumerate(font.getGlyphOrder())}
    blank = {
        chr(char)
        for char, name in cmap.items()
        if offsets[numbers[name]] == offsets[numbers[name] + 1]
    }
    assert blank <= {" ", "\u00a0", "\u3000"} | set(map(chr, range(0x2000, 0x200B)))


def test_a_number_series_comes_whole_from_one_face() -> None:
    for role in ("body", "note", "title", "heading"):
        for series in ("①⑩⑪⑳", "⒈⒑⒒⒛", "⑴⑽⑾⒇", "㈠㈤㈥㈩", "ⅠⅡⅤⅩ"):
            assert len({faces().face_for(role, char) for char in series}) == 1, (role, series)


def test_a_subset_holds_just_the_glyphs_in_use_numbered_from_one() -> None:
    face = faces().chain("title")[0]
    glyphs = [face.glyph(char) for char in "创建工作动态"]
    content, ids = face.subset(glyphs)
    assert sorted(ids.values()) == [1, 2, 3, 4, 5, 6]
    assert len(content) < 8000
    assert content == face.subset(glyphs)[0]


class TestMissingGlyphs:
    """Nothing is printed as a box."""

    def test_a_character_that_no_face_has_is_named_with_its_place(self) -> None:
        (finding,) = findings("国龘国")
        assert finding.code == "fonts/missing-glyph"
        assert finding.severity == "error"
        assert "龘" in finding.message and "U+9F98" in finding.message
        assert "第1篇第1段第2字" in finding.message

    def test_emoji_are_refused(self) -> None:
        assert [finding.code for finding in findings("好😀")] == ["fonts/missing-glyph"]

    def test_private_characters_are_refused(self) -> None:
        assert [finding.code for finding in findings("\ue000")] == ["fonts/missing-glyph"]

    def test_a_character_from_a_fill_face_is_a_note(self) -> None:
        (finding,) = findings("李堃")
        assert (finding.code, finding.severity) == ("fonts/fill-glyph", "note")

    def test_han_from_a_face_of_another_role_are_a_note_too(self) -> None:
        (finding,) = findings("䜣", Kind.EDITORS_NOTE)
        assert finding.code == "fonts/fill-glyph"

    @pytest.mark.parametrize("kind", [Kind.HEADLINE, Kind.NAMEPLATE, Kind.HEADING_1])
    def test_letters_that_only_the_western_face_has_are_a_note(self, kind: Kind) -> None:
        (finding,) = findings("Škoda、Łódź、Erdoğan来访", kind)
        assert (finding.code, finding.severity) == ("fonts/other-letter", "note")
        assert "Š、Ł、ź、ğ" in finding.message

    def test_in_the_text_they_are_no_news(self) -> None:
        assert findings("Škoda、Łódź、Erdoğan来访") == []

    def test_symbols_from_a_fill_face_are_no_news(self) -> None:
        assert findings("①⑳ⅠⅩ㈠℃★", Kind.EDITORS_NOTE) == []

    def test_a_letter_and_its_accent_are_one_character(self) -> None:
        assert findings("e\u0301a\u030c") == []

    def test_an_accent_that_belongs_to_no_letter_is_refused(self) -> None:
        (finding,) = findings("国\u0301")
        assert finding.code == "fonts/missing-glyph"
        assert "第2字U+0301" in finding.message

    def test_the_characters_of_a_passage_are_one_finding_and_each_is_named_once(self) -> None:
        (finding,) = findings("龘龘靐")
        assert finding.message.count("龘") == finding.message.count("靐") == 1

    def test_a_letter_with_two_marks_is_one_character(self) -> None:
        assert findings("nu\u0308\u030c") == []

    def test_one_whose_right_character_is_known_is_named_with_it(self) -> None:
        known, unknown = findings("户外⼴告龘")
        assert "应为“广”" in known.message and "normalize" in known.hint
        assert "龘" in unknown.message and "⼴" not in unknown.message

    def test_a_character_of_private_use_is_said_to_be_one(self) -> None:
        (finding,) = findings("\ue000")
        assert "造字区" in finding.hint

    def test_common_text_finds_nothing(self) -> None:
        assert findings("今年来，“六型”创建——……80～90分，〔2017〕12号①⑳㎡℃★") == []


class TestInstallation:
    def test_fonts_are_gone_with_the_last_who_needs_them(self) -> None:
        opened = open_faces(FONTS)
        opened.with_latin("latin"), opened.with_latin("note")
        left = weakref.ref(opened)
        gc.disable()  # they are large: nothing waits until garbage is looked for
        try:
            del opened
            assert left() is None
        finally:
            gc.enable()

    def test_a_changed_byte_is_noticed_with_the_file_and_its_digest(self, tmp_path: Path) -> None:
        shutil.copytree(FONTS, tmp_path / "fonts")
        path = tmp_path / "fonts" / MANIFEST.faces["latin"].file
        path.write_bytes(path.read_bytes()[:-1] + b"x")
        with pytest.raises(SetupError) as caught:
            open_faces(tmp_path / "fonts")
        assert path.name in caught.value.message
        assert MANIFEST.faces["latin"].sha256 in caught.value.message

    def test_a_missing_file_is_noticed(self, tmp_path: Path) -> None:
        shutil.copytree(FONTS, tmp_path / "fonts")
        (tmp_path / "fonts" / MANIFEST.faces["note"].file).unlink()
        with pytest.raises(SetupError, match="找不到"):
            open_faces(tmp_path / "fonts")


class TestOwnFonts:
    """A unit's own licensed fonts, by role."""

    def own(self, tmp_path: Path, name: str, source: str = "title") -> Path:
        shutil.copy(FONTS / MANIFEST.faces[source].file, tmp_path / name)
        return tmp_path

    @pytest.mark.parametrize("name", ["body.ttf", "仿宋_GB2312.ttf", "STFANGSO fangsong.ttf"])
    def test_one_is_put_before_the_built_in_face(self, tmp_path: Path, name: str) -> None:
        opened = open_faces(FONTS, self.own(tmp_path, name))
        face = opened.face_for("body", "国")
        assert face is not None
        assert face.id == "own-body"

    @pytest.mark.slow
    @pytest.mark.parametrize("number", [1, 4, 6], ids=["family", "full name", "PostScript name"])
    def test_one_is_known_by_any_of_its_names(self, tmp_path: Path, number: int) -> None:
        """Of OpenType's name table, for a file whose own name says nothing."""
        path = self.own(tmp_path, "x.ttf") / "x.ttf"
        font = TTFont(path)
        for entry in font["name"].names:
            entry.string = "SimFang" if entry.nameID == number else "Unknown"
        font.save(path)
        assert open_faces(FONTS, tmp_path).chain("body")[1].id == "own-body"

    def test_figures_still_come_from_the_latin_face(self, tmp_path: Path) -> None:
        face = open_faces(FONTS, self.own(tmp_path, "body.ttf")).face_for("body", "7")
        assert face is not None
        assert face.id == "latin"

    def test_the_nameplate_follows_the_title(self, tmp_path: Path) -> None:
        face = open_faces(FONTS, self.own(tmp_path, "方正小标宋.ttf")).face_for("nameplate", "国")
        assert face is not None
        assert face.id == "own-title"

    def test_it_changes_the_digest(self, tmp_path: Path) -> None:
        assert open_faces(FONTS, self.own(tmp_path, "body.ttf")).digest != faces().digest

    def test_what_a_mac_leaves_beside_one_is_none(self, tmp_path: Path) -> None:
        folder = self.own(tmp_path, "title.ttf")
        (folder / "._title.ttf").write_bytes(b"Mac OS X")
        assert open_faces(FONTS, folder).chain("title")[0].path == folder / "title.ttf"

    def test_one_without_a_known_role_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(SetupError, match="不知道自有字体"):
            open_faces(FONTS, self.own(tmp_path, "x.ttf"))

    def test_one_without_common_characters_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(SetupError, match="缺少常用字"):
            open_faces(FONTS, self.own(tmp_path, "body.ttf", "latin"))

    @pytest.mark.slow
    @pytest.mark.parametrize("permission", [0x0002, 0x0100, 0x0200])
    def test_one_that_may_not_be_embedded_in_part_is_refused(
        self, tmp_path: Path, permission: int
    ) -> None:
        path = self.own(tmp_path, "body.ttf") / "body.ttf"
        font = TTFont(path)
        font["OS/2"].fsType = permission
        font.save(path)
        with pytest.raises(SetupError, match="许可") as caught:
            open_faces(FONTS, tmp_path)
        assert "body.ttf" in caught.value.message

    @pytest.mark.slow
    def test_one_that_allows_preview_and_print_is_taken(self, tmp_path: Path) -> None:
        path = self.own(tmp_path, "body.ttf") / "body.ttf"
        font = TTFont(path)
        font["OS/2"].fsType = 0x0004
        font.save(path)
        assert open_faces(FONTS, tmp_path).chain("body")[1].id == "own-body"

    def test_one_with_postscript_outlines_is_refused(self, tmp_path: Path) -> None:
        write_postscript_font(tmp_path / "body.otf")
        with pytest.raises(SetupError, match="TrueType"):
            open_faces(FONTS, tmp_path)

    @pytest.mark.parametrize("content", [b"", b"OTTO", b"\0\1\0\0" + bytes(100)])
    def test_one_that_is_no_font_is_refused(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "body.ttf").write_bytes(content)
        with pytest.raises(SetupError, match="不是完整的字体文件"):
            open_faces(FONTS, tmp_path)

    @pytest.mark.parametrize("tag", ["cmap", "maxp", "head"])
    def test_one_that_lacks_a_table_is_refused(self, tmp_path: Path, tag: str) -> None:
        path = self.own(tmp_path, "body.ttf") / "body.ttf"
        path.write_bytes(path.read_bytes().replace(tag.encode(), b"lost", 1))  # in its directory
        with pytest.raises(SetupError, match="不是完整的字体文件"):
            open_faces(FONTS, tmp_path)

    @pytest.mark.parametrize("share", [0.05, 0.5, 0.99])
    def test_one_that_was_copied_in_part_is_refused(self, tmp_path: Path, share: float) -> None:
        """Its text would be invisible, and read and checked as if it were there."""
        path = self.own(tmp_path, "body.ttf") / "body.ttf"
        whole = path.read_bytes()
        path.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(SetupError, match="不是完整的字体文件"):
            open_faces(FONTS, tmp_path)

    def test_two_for_one_role_are_refused(self, tmp_path: Path) -> None:
        self.own(tmp_path, "body.ttf")
        with pytest.raises(SetupError, match="都用于角色 body"):
            open_faces(FONTS, self.own(tmp_path, "仿宋.ttf"))

    def test_a_folder_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(SetupError, match="absent"):
            open_faces(FONTS, tmp_path / "absent")

    @pytest.mark.slow
    def test_one_of_other_units_gives_advances_in_thousandths(self, tmp_path: Path) -> None:
        path = self.own(tmp_path, "latin.ttf", "latin") / "latin.ttf"
        font = TTFont(path)
        scale_upem(font, 2048)
        font.save(path)
        face = open_faces(FONTS, tmp_path).face_for("body", "7")
        assert face is not None
        assert face.id == "own-latin"
        assert face.advance(face.glyph("7")) == 500

    def test_it_is_named_in_the_document_by_its_own_name(self, tmp_path: Path) -> None:
        face = open_faces(FONTS, self.own(tmp_path, "body.ttf")).chain("body")[1]
        assert face.family == "HongtouTitle"


def write_postscript_font(path: Path) -> None:
    """Write a font of one square in CFF outlines."""
    pen = T2CharStringPen(1000, None)
    pen.moveTo((0, 0))
    pen.lineTo((500, 0))
    pen.lineTo((500, 500))
    pen.closePath()
    square = pen.getCharString()
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "square"])
    builder.setupCharacterMap({0x56FD: "square"})
    builder.setupCFF("Square", {}, {".notdef": square, "square": square}, {})
    builder.setupHorizontalMetrics({".notdef": (1000, 0), "square": (1000, 0)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Square"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)
