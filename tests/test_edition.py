"""The finished file: what readers copy out of it, its fonts and its tags."""

from __future__ import annotations

import io
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import ImageChops, ImageFilter, ImageStat

from hongtou.bulletin.numerals import full_name
from hongtou.bulletin.order import Order
from hongtou.pages.edition import Edition
from tests.support import issues
from tests.support.documents import article, document, encoded, masthead
from tests.support.readers import PAGE_READERS, TEXT_READERS, without_folios
from tests.support.shop import typesetter

HERE = Path(__file__).parent
REAL = HERE / "issues" / "real-issue.json"


@cache
def real_edition() -> Edition:
    return typesetter().produce(REAL.read_bytes(), Order())


def without_spaces(text: str) -> str:
    return re.sub(r"[\s\u3000]+", "", text)


def expected_text(issue: dict[str, Any]) -> str:
    """Return every character of the real issue, in the order in which it is read."""
    head, closing = issue["masthead"], issue["closing"]
    titles = [each["headline"] for each in issue["articles"]]
    parts = [head["nameplate"], "第33期", head["issuing_body"], "2017年12月22日", "目录"]
    parts += [f"◆{title}" for title in [*titles, issue["briefs"]["heading"]]]
    for each in issue["articles"]:
        parts += [each["headline"], each["body"].replace("**", "")]
    parts += [issue["briefs"]["heading"], *(f"★{item}" for item in issue["briefs"]["items"])]
    parts += [f"报：{closing['report_to']}", f"发：{closing['issue_to']}"]
    parts += [closing["imprint_body"], "2017年12月22日印发", "审核：杨春明编辑：陈炜王龙"]
    return without_spaces("".join(parts))


@pytest.mark.slow
def test_the_real_issue_fills_eight_or_nine_pages() -> None:
    assert real_edition().page_count in (8, 9)


@pytest.mark.parametrize("security", [None, {"class": "秘密", "term": "1年"}])
def test_it_says_whether_it_is_classified(security: dict[str, str] | None) -> None:
    issue = document(masthead=masthead(security=security))
    assert typesetter().produce(encoded(issue), Order()).is_classified is (security is not None)


@pytest.mark.parametrize("reader", TEXT_READERS)
def test_what_a_reader_copies_is_what_was_sent_in_order(reader: str) -> None:
    text = without_folios(TEXT_READERS[reader](real_edition().content))
    assert without_spaces(text) == expected_text(json.loads(REAL.read_text(encoding="utf-8")))


@pytest.mark.parametrize("reader", TEXT_READERS)
def test_no_reader_copies_a_space_that_was_not_sent(reader: str) -> None:
    text = without_folios(TEXT_READERS[reader](real_edition().content))
    body = text[text.index("今年来") : text.index("报：")]
    sent = REAL.read_text(encoding="utf-8")
    for match in re.finditer(r"\S{1,6} +\S{1,6}", body):
        assert match.group() in sent, match.group()


@pytest.mark.parametrize("reader", TEXT_READERS)
def test_no_reader_copies_a_space_where_a_line_is_stretched(reader: str) -> None:
    """Beside figures, and beside marks that readers count as Western."""
    han = "各单位要压实责任细化举措推动任务落地见效持续巩固整治成果不断提升群众满意程度"
    mixed = "的12月14日“十四五”规划App（试行）实现3.5%的增长——“我和5个人”共2026名"
    body = "\n".join(han[:at] + mixed + han for at in range(1, 29))
    sent = encoded(document(articles=[article(body=body)]))
    read = without_folios(TEXT_READERS[reader](typesetter().produce(sent, Order()).content))
    assert " " not in read[read.index(han[0] + "的12") : read.rindex("程度")]


@pytest.mark.parametrize("reader", TEXT_READERS)
@pytest.mark.parametrize("field", ["body", "headline", "kicker"])
def test_characters_that_share_a_glyph_are_read_as_what_they_are(reader: str, field: str) -> None:
    text = "～与〜，·与・与•与‧，／与∕，—与―，…与⋯，é，甲\u00a0乙 丙"
    sent = encoded(document(articles=[article(**{field: text})]))
    read = TEXT_READERS[reader](typesetter().produce(sent, Order()).content)
    assert without_spaces(text) in without_spaces(read)


@pytest.mark.parametrize("reader", TEXT_READERS)
def test_a_rare_character_is_read_where_the_line_carries_its_text(reader: str) -> None:
    """Text in place of glyphs is read by PDFium up to U+FFFF only."""
    sent = encoded(document(masthead=masthead(nameplate="𬇙江工作动态")))
    read = TEXT_READERS[reader](typesetter().produce(sent, Order()).content)
    assert "𬇙江工作动态" in without_spaces(read)


@pytest.mark.slow
def test_the_three_readers_draw_the_same_pages() -> None:
    edition = real_edition()
    for page in (1, 4, edition.page_count):
        pictures = [reader(edition.content, page) for reader in PAGE_READERS.values()]
        size = pictures[0].size
        soft = [picture.resize(size).filter(ImageFilter.GaussianBlur(2)) for picture in pictures]
        for other in soft[1:]:
            difference = ImageChops.difference(soft[0], other)
            assert max(ImageStat.Stat(difference).mean) < 2.5
            edges = ImageChops.difference(soft[0].convert("L"), other.convert("L"))
            assert edges.getextrema()[1] < 70


def test_every_font_is_embedded_truetype_whose_cids_are_its_glyph_ids() -> None:
    with pikepdf.open(io.BytesIO(real_edition().content)) as pdf:
        fonts = pdf.pages[0].Resources.Font
        assert len(fonts) >= 5
        for font in fonts.values():
            (descendant,) = font.DescendantFonts
            assert descendant.Subtype == "/CIDFontType2"
            assert descendant.CIDToGIDMap == "/Identity"
            assert "/FontFile2" in descendant.FontDescriptor
            assert "/ToUnicode" in font
            assert "Hongtou" in str(font.BaseFont)


def test_the_pages_are_a4() -> None:
    with pikepdf.open(io.BytesIO(real_edition().content)) as pdf:
        for page in pdf.pages:
            width, height = (float(side) * 25.4 / 72 for side in page.mediabox[2:])
            assert (width, height) == pytest.approx((210, 297), abs=0.01)


def test_title_author_language_and_date_come_from_the_issue() -> None:
    with pikepdf.open(io.BytesIO(real_edition().content)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "创建工作动态 第33期"
        assert str(pdf.docinfo["/Author"]) == "毕节市创建办"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20171222")
        assert str(pdf.Root.Lang) == "zh-CN"


def test_what_stands_over_the_nameplate_is_a_name_of_its_own_in_the_title() -> None:
    masthead = issues.masthead(overline="某某市第八次代表大会", nameplate=("大会", "简报"))
    assert full_name(masthead) == "某某市第八次代表大会 大会简报"
    assert full_name(issues.masthead(nameplate=("大会", "简报"))) == "大会简报"


def test_it_is_tagged_with_bookmarks_and_links() -> None:
    with pikepdf.open(io.BytesIO(real_edition().content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
        issue = json.loads(REAL.read_text(encoding="utf-8"))
        for each in issue["articles"]:
            assert each["headline"] in titles
        links = [note for note in pdf.pages[0].get("/Annots", []) if note.Subtype == "/Link"]
        assert len(links) == len(issue["articles"]) + 1


def test_nothing_in_it_acts_or_is_attached() -> None:
    content = real_edition().content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert "/OpenAction" not in pdf.Root
        assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {})
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary):
                assert thing.get("/S") not in ("/JavaScript", "/Launch", "/URI")


def test_the_digest_is_known_before_the_issue_is_set() -> None:
    assert typesetter().digest(REAL.read_bytes(), Order()) == real_edition().plan_digest


def test_another_issue_has_another_digest() -> None:
    issue = json.loads(REAL.read_text(encoding="utf-8"))
    issue["masthead"]["issue_number"] = 34
    other = typesetter().digest(json.dumps(issue).encode(), Order())
    assert other != real_edition().plan_digest
