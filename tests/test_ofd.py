"""OFD: the characters of the pages where they stand, all that is referred to, and nothing else."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from xml.etree.ElementTree import Element, fromstring

import pytest
from fontTools.ttLib import TTFont
from lxml import etree

from hongtou.bulletin.errors import EngineFault
from hongtou.bulletin.order import Order
from hongtou.ofd.fonts import is_nominal
from hongtou.pages.edition import Edition
from hongtou.pages.page import Pages
from hongtou.preflight.ofd_file import NAMESPACE
from hongtou.preflight.profiles import OFD_FILE
from hongtou.zip_package import packed
from tests.support.documents import article, document, encoded
from tests.support.golden import EVERY_FIELD, LAYOUTS
from tests.support.pictures import village
from tests.support.shop import ROOT, faces, typesetter

PICTURES = {"village.png": village()}
ORDER = Order("ofd")
SCHEMA = etree.XMLSchema(etree.parse(ROOT / "scripts" / "judges" / "ofd.xsd"))


@cache
def sent(layout: str) -> bytes:
    return json.dumps({**EVERY_FIELD.document(), "layout": layout}, ensure_ascii=False).encode()


@cache
def made(layout: str = "dongtai") -> Edition:
    return typesetter().produce(sent(layout), ORDER, PICTURES)


@cache
def pages(layout: str = "dongtai") -> Pages:
    steps = typesetter()
    return steps.paginate(steps.plan(steps.accept(sent(layout), ORDER, PICTURES))).pages


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def page(number: int, layout: str = "dongtai") -> Element:
    return fromstring(members(made(layout).content)[f"Doc_0/Pages/Page_{number - 1}/Content.xml"])


def every(root: Element, name: str) -> list[Element]:
    return [*root.iter(f"{NAMESPACE}{name}")]


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_member_is_as_the_schema_says(layout: str) -> None:
    for name, content in members(made(layout).content).items():
        if name.endswith(".xml"):
            SCHEMA.assertValid(etree.fromstring(content))


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_page_has_the_characters_of_its_lines(layout: str) -> None:
    for placed in pages(layout):
        written = "".join(one.text or "" for one in every(page(placed.number, layout), "TextCode"))
        lines = [line.line.text for text in placed.texts for line in text.lines]
        lines += [text.ending.line.text for text in placed.texts if text.ending]
        lines += [one.placed.line.text for one in placed.furniture]
        assert sorted(written.replace(" ", "")) == sorted("".join(lines).replace(" ", ""))


@pytest.mark.slow
def test_no_text_begins_or_ends_with_a_blank_that_readers_drop() -> None:
    for placed in pages():
        for one in every(page(placed.number), "TextCode"):
            assert one.text and one.text.strip(" \t\n") == one.text


def test_the_steps_are_one_fewer_than_the_characters() -> None:
    for placed in pages():
        for one in every(page(placed.number), "TextCode"):
            steps, counted = one.get("DeltaX", "").split(), 0
            while steps:
                counted += int(steps[1]) if steps[0] == "g" else 1
                steps = steps[3:] if steps[0] == "g" else steps[1:]
            assert counted == len(one.text or "") - 1


@pytest.mark.slow
def test_all_ink_lies_within_the_boundary_of_its_text() -> None:
    """Readers cut off what is outside of it (GB/T 33190-2016, the attribute Boundary)."""
    held = members(made().content)
    fonts = {
        font.get("ID"): TTFont(io.BytesIO(held[f"Doc_0/Res/{every(font, 'FontFile')[0].text}"]))
        for font in every(fromstring(held["Doc_0/PublicRes.xml"]), "Font")
    }
    for placed in pages():
        for one in every(page(placed.number), "TextObject"):
            if one.get("CTM"):
                continue
            code, font = every(one, "TextCode")[0], fonts[one.get("Font")]
            glyphs = [font["glyf"][font.getBestCmap()[ord(char)]] for char in code.text or ""]
            mm = float(one.get("Size", "")) / font["head"].unitsPerEm
            height, baseline = float(one.get("Boundary", "").split()[3]), float(code.get("Y", ""))
            assert baseline >= max(getattr(glyph, "yMax", 0) for glyph in glyphs) * mm
            assert height - baseline >= -min(getattr(glyph, "yMin", 0) for glyph in glyphs) * mm


def test_what_lies_on_its_side_has_a_matrix() -> None:
    turned = {placed.number for placed in pages() for text in placed.texts if text.turn}
    assert turned
    for number in turned:
        matrices = {one.get("CTM") for one in every(page(number), "TextObject")} - {None}
        assert all(str(matrix).startswith("0 -1 1 0 ") for matrix in matrices) and matrices


def test_entries_of_the_contents_and_bookmarks_lead_to_their_pages() -> None:
    document = fromstring(members(made().content)["Doc_0/Document.xml"])
    numbers = [one.get("ID") for one in every(document, "Page")]
    led = {one.get("PageID") for one in every(page(1), "Dest")}
    anchors = {place.page for place in pages().anchors.values()}
    assert led == {numbers[number - 1] for number in anchors}
    titles = [one.get("Title") for one in every(document, "OutlineElem")]
    assert titles == [mark.title for mark in pages().bookmarks]


def test_the_issue_and_its_pictures_are_enclosed_as_sent() -> None:
    held = members(made().content)
    assert held["Doc_0/Attachs/issue.json"] == sent("dongtai")
    assert held["Doc_0/Attachs/village.png"] == village()


@pytest.mark.slow
@pytest.mark.parametrize("shown", [True, False])
def test_the_pictures_of_an_issue_are_resources_of_its_document(*, shown: bool) -> None:
    plain = encoded(document())
    held = members(made().content if shown else typesetter().produce(plain, ORDER, {}).content)
    named = [one.text for one in every(fromstring(held["Doc_0/Document.xml"]), "DocumentRes")]
    assert named == (["DocumentRes.xml"] if shown else [])
    assert ("Doc_0/DocumentRes.xml" in held) is shown


@pytest.mark.slow
@pytest.mark.parametrize("name", ["x.ttf", "x.xml", "Doc_0"])
def test_a_picture_may_have_the_name_of_another_kind_of_file(name: str) -> None:
    issue = encoded(document(articles=[article([{"type": "figure", "image": name}])]))
    held = members(typesetter().produce(issue, ORDER, {name: village()}).content)
    assert held[f"Doc_0/Attachs/{name}"] == village()


def test_the_title_says_that_it_is_on_trial() -> None:
    from hongtou.outputs import OUTPUTS

    assert "试用" in OUTPUTS["ofd"].title


Spoil = Callable[[dict[str, bytes]], Mapping[str, bytes | None]]
FIRST = "Doc_0/Pages/Page_0/Content.xml"


def replaced(name: str, old: bytes, new: bytes) -> Spoil:
    def spoil(held: dict[str, bytes]) -> Mapping[str, bytes | None]:
        assert old in held[name]
        return {name: held[name].replace(old, new, 1)}

    return spoil


BROKEN: dict[str, tuple[str, Spoil]] = {
    "a member more": ("preflight/ofd-members", lambda held: {"Doc_0/Signs/Sign.xml": b"<a/>"}),
    "an attachment that is not listed": (
        "preflight/ofd-members",
        lambda held: {"Doc_0/Attachs/x.exe": b"MZ"},
    ),
    "a font less": ("preflight/ofd-members", lambda held: {"Doc_0/Res/font_1.ttf": None}),
    "an element more": (
        "preflight/ofd-content",
        replaced(FIRST, b"<ofd:Layer", b"<ofd:Clips/><ofd:Layer"),
    ),
    "a font that is not there": (
        "preflight/ofd-references",
        replaced(FIRST, b' Font="', b' Font="99'),
    ),
    "a page less": ("preflight/page-count", lambda held: {FIRST: None}),
    "a page of another size": (
        "preflight/page-count",
        replaced(FIRST, b"0 0 210 297", b"0 0 297 420"),
    ),
    "a page without text": (
        "preflight/no-text",
        lambda held: {FIRST: held[FIRST][: held[FIRST].index(b"<ofd:Layer")] + b"</ofd:Content></ofd:Page>"},
    ),
    "a font without characters": (
        "preflight/fonts-embedded",
        replaced("Doc_0/Res/font_1.ttf", b"cmap", b"pamc"),
    ),
    "an entity": (
        "preflight/unreadable",
        replaced("OFD.xml", b"?>\n", b'?>\n<!DOCTYPE a [<!ENTITY b "c">]>'),
    ),
    "no XML": ("preflight/unreadable", lambda held: {FIRST: b"<ofd"}),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_was_spoilt_is_refused(name: str) -> None:
    code, spoil = BROKEN[name]
    held = members(made().content)
    changed: dict[str, bytes | None] = {**held, **spoil(held)}
    kept = {key: content for key, content in changed.items() if content is not None}
    with pytest.raises(EngineFault, match=code):
        typesetter().inspect(packed(kept, "OFD.xml"), ORDER, made().page_count)


def test_every_rule_has_a_file_that_breaks_it() -> None:
    assert {rule.code for rule in OFD_FILE.rules} <= {code for code, _ in BROKEN.values()}


def test_a_glyph_that_its_character_alone_finds_is_nominal() -> None:
    face = faces().face_for("body", "国")
    assert face is not None
    assert is_nominal(face, "国", face.glyph("国"))
    assert not is_nominal(face, "国", face.glyph("家"))
    assert not is_nominal(face, "国家", face.glyph("国"))
