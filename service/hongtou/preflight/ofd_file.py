"""An OFD file and its rules: it holds what it lists, and nothing but elements that we write."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element

from hongtou.bulletin.enclosed_names import LISTING
from hongtou.bulletin.finding import printable
from hongtou.preflight.expectation import Expectation
from hongtou.preflight.package import read_members, read_roots
from hongtou.preflight.rule import Fault, Rule, on_page

NAMESPACE = "{http://www.ofdspec.org/2016}"
ROOT, DOCUMENT = "OFD.xml", "Doc_0/Document.xml"
PAGE = re.compile(r"Doc_0/Pages/Page_(\d+)/Content\.xml")
FONT = re.compile(r"Doc_0/Res/font_\d+\.ttf")
MEMBER = re.compile(
    r"OFD\.xml|Doc_0/(?:(?:Document|PublicRes|DocumentRes)\.xml"
    r"|Pages/Page_\d+/Content\.xml|Res/(?:font_\d+\.ttf|image_\d+\.(?:png|jpg))"
    r"|Attachs/[^/]+)"
)
ENCLOSED = "Doc_0/Attachs/"
ATTACHMENTS = f"{ENCLOSED}{LISTING}"
WRITTEN = frozenset({
    "OFD", "DocBody", "DocInfo", "DocID", "Title", "Author", "CreationDate", "ModDate", "Creator",
    "CreatorVersion", "DocRoot", "Document", "CommonData", "MaxUnitID", "PageArea", "PhysicalBox",
    "PublicRes", "DocumentRes", "Pages", "Page", "Outlines", "OutlineElem", "Actions", "Action",
    "Goto", "Dest", "Attachments", "Attachment", "FileLoc", "Res", "Fonts", "Font", "FontFile",
    "MultiMedias", "MultiMedia", "MediaFile", "Area", "Content", "Layer", "PathObject",
    "FillColor", "AbbreviatedData", "ImageObject", "TextObject", "CGTransform", "Glyphs",
    "TextCode",
})  # fmt: skip
REFERRING = {"TextObject": "Font", "ImageObject": "ResourceID", "Dest": "PageID"}
REQUIRED_TABLES = (b"cmap", b"glyf", b"name", b"post")  # by which readers find and name glyphs


@dataclass(frozen=True)
class InspectedOfd:
    """The members of an OFD file by name, the roots of those of XML, and its expectation."""

    members: Mapping[str, bytes]
    roots: Mapping[str, Element]
    expectation: Expectation

    @cached_property
    def pages(self) -> dict[str, Element]:
        """Return the pages by the names of their members."""
        return {name: root for name, root in self.roots.items() if PAGE.fullmatch(name)}

    def elements(self, name: str) -> Iterator[Element]:
        """Yield all elements of a name, in whatever member."""
        for root in self.roots.values():
            yield from root.iter(f"{NAMESPACE}{name}")


@contextmanager
def open_ofd(content: bytes, expectation: Expectation) -> Iterator[InspectedOfd]:
    """Open an OFD file for the rules.

    Raises:
        ValueError: it is no zip from end to end, too large, or its XML cannot be read.
    """
    members = read_members(content, required=frozenset())
    ours = {name: text for name, text in members.items() if _is_ours(name)}
    yield InspectedOfd(members, read_roots(ours), expectation)


def _is_ours(name: str) -> bool:
    """Tell whether a member is XML that our writer has written, and no attachment."""
    is_attached = name.startswith(ENCLOSED) and name != ATTACHMENTS
    return name.endswith(".xml") and not is_attached


def _other_members(inspected: InspectedOfd) -> Iterator[str]:
    for name in sorted(inspected.members):
        if not MEMBER.fullmatch(name):
            yield f"含有本服务不写的成员 {printable(name)}"
    for name in (ROOT, DOCUMENT, "Doc_0/PublicRes.xml", ATTACHMENTS):
        if name not in inspected.members:
            yield f"缺少 {name}"
    named = {
        *(f"Doc_0/Res/{one.text}" for one in inspected.elements("FontFile")),
        *(f"Doc_0/Res/{one.text}" for one in inspected.elements("MediaFile")),
        *(f"{ENCLOSED}{one.text}" for one in inspected.elements("FileLoc")),
    }
    held = {
        name
        for name in inspected.members
        if name.startswith(("Doc_0/Res/", ENCLOSED)) and name != ATTACHMENTS
    }
    for name in sorted(named ^ held):
        yield f"{printable(name)} 与文件里所列的不符"


def _strange(inspected: InspectedOfd) -> Iterator[str]:
    found = {one.tag for root in inspected.roots.values() for one in root.iter()}
    for tag in sorted(found - {f"{NAMESPACE}{name}" for name in WRITTEN}):
        yield f"含有本服务不写的元素 {printable(tag.removeprefix(NAMESPACE))}"


def _misreferring(inspected: InspectedOfd) -> Iterator[str]:
    roots = [root for name, root in inspected.roots.items() if name != ATTACHMENTS]
    counted = Counter(one.get("ID") for root in roots for one in root.iter() if one.get("ID"))
    for number, times in counted.items():
        if times > 1:
            yield f"编号 {printable(str(number))} 用了 {times} 次"
    for name, attribute in REFERRING.items():
        for one in inspected.elements(name):
            if one.get(attribute) not in counted:
                yield f"{name} 指向没有的编号 {printable(str(one.get(attribute)))}"
    highest = max((int(one.text or 0) for one in inspected.elements("MaxUnitID")), default=0)
    if any(int(number or 0) > highest for number in counted if str(number).isdigit()):
        yield "有编号大于 MaxUnitID"


def _other_pages(inspected: InspectedOfd) -> Iterator[str]:
    count = inspected.expectation.page_count
    if len(inspected.pages) != count:
        yield f"文件有 {len(inspected.pages)} 页，排出的是 {count} 页"
    sizes = {f"0 0 {width:g} {height:g}" for width, height in inspected.expectation.page_sizes}
    for one in inspected.elements("PhysicalBox"):
        if one.text not in sizes:
            yield f"页面不是 {'、'.join(sorted(sizes))}：{printable(str(one.text))}"


def _without_text(inspected: InspectedOfd) -> Iterator[Fault]:
    count = len(inspected.pages)
    for name, root in inspected.pages.items():
        found = PAGE.fullmatch(name)
        number = int(found[1]) + 1 if found else 0
        texts = [one.text or "" for one in root.iter(f"{NAMESPACE}TextCode")]
        is_padding = number == count - 1 and count % 2 == 0 and not texts
        if not any(texts) and not is_padding:
            yield on_page(number, "没有文字")


def _unreadable_fonts(inspected: InspectedOfd) -> Iterator[str]:
    for name, content in inspected.members.items():
        if not FONT.fullmatch(name):  # an attachment is none of ours, whatever its name says
            continue
        count = int.from_bytes(content[4:6], "big")
        tables = {content[12 + 16 * at : 16 + 16 * at] for at in range(count)}
        for table in REQUIRED_TABLES:
            if table not in tables:
                yield f"{printable(name)} 没有 {table.decode()} 表"


MEMBERS = Rule("preflight/ofd-members", _other_members)
ELEMENTS = Rule("preflight/ofd-content", _strange)
REFERENCES = Rule("preflight/ofd-references", _misreferring)
PAGES = Rule("preflight/page-count", _other_pages)
OFD_TEXT = Rule("preflight/no-text", _without_text)
OFD_FONTS = Rule("preflight/fonts-embedded", _unreadable_fonts)
