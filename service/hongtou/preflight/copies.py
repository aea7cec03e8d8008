"""Rules on numbered copies: every copy has all pages, and the number after the one before.

Those of each recipient may be a PDF of their own in a zip.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final
from unicodedata import normalize

from hongtou.bulletin.finding import printable
from hongtou.preflight.box import box_of
from hongtou.preflight.content import PRESS_CONTENT, SCREEN_CONTENT, unknown_in
from hongtou.preflight.expectation import Expectation
from hongtou.preflight.folios import folio_rule
from hongtou.preflight.inspected_pdf import InspectedPdf
from hongtou.preflight.kinds.copies import COPIES_KINDS, COPIES_PRESS_KINDS
from hongtou.preflight.objects import REFERRED
from hongtou.preflight.package import read_members
from hongtou.preflight.plates import DrawnPage, plate_rules
from hongtou.preflight.rule import Rule
from hongtou.preflight.shown_text import ShownText
from hongtou.preflight.written import Written
from hongtou.zip_package import packed

COPIES_FILE: Final = Written(COPIES_KINDS, SCREEN_CONTENT)
COPIES_PRESS_FILE: Final = Written(COPIES_PRESS_KINDS, PRESS_CONTENT)
LABEL = re.compile(rb"(?<!\d)(\d++) << /P \((\d{6})-\)")
FIGURES = 6  # GB/T 9704-2012 §7.2.1
MEMBER = re.compile(r"([0-9]{6})(?:-([0-9]{6}))?[^/\\]{0,120}\.pdf")


def _other_size(inspected: InspectedPdf) -> Iterator[str]:
    box = box_of(inspected.objects.page_tree["MediaBox"])
    if not any(box.is_paper(size) for size in inspected.expectation.page_sizes):
        yield f"页面的大小不对：{[*box]}"


def _other_trim(inspected: InspectedPdf) -> Iterator[str]:
    trims = {match["TrimBox"] for match in inspected.objects.matches["page"].values()}
    if trims != {inspected.objects.page_tree["MediaBox"]}:
        yield "有一页的 TrimBox 与 MediaBox 不同"


def _other_pages(inspected: InspectedPdf) -> Iterator[str]:
    matches, count = inspected.objects.matches, inspected.expectation.page_count
    for copy in matches["copy"].values():
        kids = REFERRED.findall(copy["Kids"])
        if len(kids) != count:
            yield f"有一份是 {len(kids)} 页，应为 {count} 页"
    kids = REFERRED.findall(inspected.objects.page_tree["Kids"])
    if len({*kids}) != len(kids) or len(kids) != len(matches["copy"]):
        yield "有一份列出两次，或没有列出"
    stated = int(inspected.objects.page_tree["Count"])
    if stated != count * len(kids) or len(matches["page"]) != stated:
        yield f"页面树写着 {stated} 页，应为 {count * len(kids)} 页"
    if len(matches["stream"]) < count:
        yield "有一页没有内容"


def _other_numbers(inspected: InspectedPdf) -> Iterator[str]:
    """Yield numbers that do not follow one another, or are printed otherwise than bookmarks say.

    A bookmark also names who gets the copy; the name is printed behind the number, or not at all.
    """
    matches = inspected.objects.matches
    first = int(inspected.expectation.options.get("first", 1))
    shown_text = ShownText(inspected)
    printed: list[str] = []
    names: list[str] = []
    for node in REFERRED.findall(inspected.objects.page_tree["Kids"]):
        page = matches["page"][REFERRED.findall(matches["copy"][node]["Kids"])[0]]
        stream = inspected.pdf.get_object(int(REFERRED.findall(page["Contents"])[0]), 0)
        said = shown_text.of(stream.read_bytes())
        printed.append(said[:FIGURES])
        names.append(said[FIGURES:])
    wanted = [f"{number:0{FIGURES}}" for number in range(first, first + len(printed))]
    if printed != wanted:
        wrong = next(a for a, b in zip(printed, wanted, strict=True) if a != b)
        yield f"份号不连续，或印成了别的：{printable(wrong)}"
    ordered = int(inspected.expectation.options.get("count", 0))
    if ordered and ordered != len(printed):
        yield f"编了 {len(printed)} 份，应为 {ordered} 份"
    titles = sorted(map(_text, matches["bookmark"].values()))
    if [title[:FIGURES] for title in titles] != wanted:
        yield "书签与份号不同"
    elif any(
        name and _packed(name) != _packed(title[FIGURES:])
        for name, title in zip(names, titles, strict=True)
    ):
        yield "印的领受单位与书签不同"
    if _labels(inspected) != [*_wanted_labels(inspected, wanted)]:
        yield "页签与份号不同"


def _labels(inspected: InspectedPdf) -> list[tuple[int, str]]:
    """Return from which page on, counted from 0, pages are labelled with which number."""
    (catalogue,) = inspected.objects.matches["catalogue"].values()
    return [(int(at), number.decode()) for at, number in LABEL.findall(catalogue["PageLabels"])]


def _wanted_labels(inspected: InspectedPdf, numbers: Sequence[str]) -> Iterator[tuple[int, str]]:
    for at, number in enumerate(numbers):
        yield at * inspected.expectation.page_count, number


def _text(bookmark: re.Match[bytes]) -> str:
    import pikepdf  # late, as loading it takes longer than an inspection

    return str(pikepdf.Object.parse(bookmark["Title"]))


def _packed(name: str) -> str:
    """Return a name without spaces, which are no glyphs; a letter and its accent are one (NFC)."""
    return "".join(normalize("NFC", name).split())


def _other_content(inspected: InspectedPdf) -> Iterator[str]:
    for number, content in _contents(inspected).items():
        if shown := unknown_in(content, inspected.written.content):
            yield f"对象 {number.decode()} 里有本服务不写的操作 {shown}"


def _on_copies(inspected: InspectedPdf) -> Iterator[DrawnPage]:
    """Yield what copies draw, each stream once, with the number of its page in a copy."""
    for number, content in _streams(inspected):
        yield DrawnPage(number, inspected.operations(content), [])


def _streams(inspected: InspectedPdf) -> Iterator[tuple[int, bytes]]:
    """Yield each stream once, with the number of its page in a copy."""
    matches = inspected.objects.matches
    pages: dict[bytes, int] = {}
    for copy in matches["copy"].values():
        for number, page in enumerate(REFERRED.findall(copy["Kids"]), start=1):
            pages |= dict.fromkeys(REFERRED.findall(matches["page"][page]["Contents"]), number)
    for stream, content in _contents(inspected).items():
        yield pages[stream], content


def _shared(inspected: InspectedPdf) -> Iterator[tuple[int, bytes]]:
    """Yield the streams of the pages that all copies share, in the order of the first copy."""
    matches = inspected.objects.matches
    first = REFERRED.findall(inspected.objects.page_tree["Kids"])[0]
    for number, page in enumerate(REFERRED.findall(matches["copy"][first]["Kids"]), start=1):
        shared = REFERRED.findall(matches["page"][page]["Contents"])[-1]
        yield number, inspected.pdf.get_object(int(shared), 0).read_bytes()


def _contents(inspected: InspectedPdf) -> dict[bytes, bytes]:
    """Return the streams of all pages by the numbers of their objects."""
    numbers = dict.fromkeys(
        stream
        for page in inspected.objects.matches["page"].values()
        for stream in REFERRED.findall(page["Contents"])
    )
    return {number: inspected.pdf.get_object(int(number), 0).read_bytes() for number in numbers}


PAPER = Rule("preflight/a4", _other_size)
TRIMMED = Rule("preflight/boxes", _other_trim)
COPIED_PAGES = Rule("preflight/page-count", _other_pages)
NUMBERS = Rule("preflight/copy-numbers", _other_numbers)
COPIED_CONTENT = Rule("preflight/content", _other_content)
COPIED_PLATES = plate_rules(_on_copies)
COPIED_FOLIOS = folio_rule(_shared)


def by_recipient(content: bytes, expectation: Expectation) -> Iterator[tuple[bytes, Expectation]]:
    """Yield the PDF of every recipient in a zip with the numbers in its name, if one was ordered.

    Raises:
        ValueError: it is not the zip that we write, or numbers do not run on through its names.
    """
    if expectation.options.get("to") != "zip":
        yield content, expectation
        return
    files = read_members(content, set())
    if not files or packed(files, min(files), zipfile.ZIP_STORED) != content:
        raise ValueError("not the zip that we write")
    others = {name: value for name, value in expectation.options.items() if name != "to"}
    start = following = int(expectation.options.get("first", 1))
    for name in sorted(files):
        first, last = _numbers(name)
        if not first == following <= last:
            raise ValueError("numbers do not run on")
        following = last + 1
        own = {**others, "first": first, "count": following - first}
        yield files[name], replace(expectation, options=own)
    if expectation.options.get("count") not in (None, following - start):
        raise ValueError("another count")


def _numbers(name: str) -> tuple[int, int]:
    """Return the first and the last number in the name of a file.

    Raises:
        ValueError: it is none of our names.
    """
    found = MEMBER.fullmatch(name)
    if not found:
        raise ValueError("another name")
    return int(found[1]), int(found[2] or found[1])
