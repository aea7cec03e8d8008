"""The profiles of the outputs, which refer to them (`hongtou.outputs`)."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import partial

from hongtou.preflight import archival, copies, press
from hongtou.preflight.archival import CLAIMED, ENCLOSURES, METADATA, VERSION, open_archival_pdf
from hongtou.preflight.content import SCREEN_CONTENT
from hongtou.preflight.expectation import Expectation
from hongtou.preflight.folios import FOLIOS
from hongtou.preflight.fonts import EXPECTED_FONTS, FONT_PROGRAMS
from hongtou.preflight.imposed import (
    IMPOSED_CONTENT,
    IMPOSED_FILE,
    IMPOSED_FOLIOS,
    IMPOSED_PLATES,
    IMPOSED_PRESS_FILE,
    IMPOSED_TEXT,
    PLACES,
    SIDES,
)
from hongtou.preflight.inspected_pdf import InspectedPdf, open_pdf
from hongtou.preflight.kinds import SCREEN_KINDS
from hongtou.preflight.kinds.proof import PROOF_KINDS
from hongtou.preflight.laid_out import LAID_OUT
from hongtou.preflight.ofd_file import (
    ELEMENTS,
    MEMBERS,
    OFD_FONTS,
    OFD_TEXT,
    PAGES,
    REFERENCES,
    InspectedOfd,
    open_ofd,
)
from hongtou.preflight.pages import BOXES, CONTENT, PAGE_COUNT, PAPER, TEXT
from hongtou.preflight.picture import (
    OVERVIEW_SIZE,
    PAPER_PICTURE,
    PIXELS_ALONE,
    InspectedPicture,
    open_overview,
    open_picture,
)
from hongtou.preflight.pictures import PICTURES
from hongtou.preflight.plates import MARKS, PLATES
from hongtou.preflight.profile import Profile
from hongtou.preflight.resources import RESOURCES
from hongtou.preflight.standing import ARCHIVAL, PRESS, Standard
from hongtou.preflight.subjects import OBJECT_RULES
from hongtou.preflight.tagging import TAG_RULES
from hongtou.preflight.web_page import (
    ALTERNATIVES,
    HEADINGS_IN_ORDER,
    NOTHING_FETCHED,
    TAGS_ALONE,
    InspectedPage,
    open_page,
)
from hongtou.preflight.word_file import (
    WORD_ALTERNATIVES,
    WORD_ELEMENTS,
    WORD_FIELDS,
    WORD_LINKS,
    WORD_MEMBERS,
    WORD_RELATIONS,
    WORD_STYLES,
    WORD_TITLE,
    InspectedWord,
    open_word,
)
from hongtou.preflight.written import Written

PDF = {"": Standard("PDF 1.7（ISO 32000-1）")}
PNG = {"": Standard("PNG（ISO/IEC 15948）")}
SCREEN_FILE = Written(SCREEN_KINDS, SCREEN_CONTENT)
PROOF_FILE = Written(PROOF_KINDS, SCREEN_CONTENT)

ALL_PAGES = (CONTENT, PAGE_COUNT, TEXT, RESOURCES, EXPECTED_FONTS, FONT_PROGRAMS, PICTURES)
PAGE_RULES = (PAPER, BOXES, *ALL_PAGES)
PRESS_CLAIMS = (press.CLAIMED, press.VERSION, press.DATES, press.INTENT)
PRESS_RULES = (*PRESS_CLAIMS, press.SHEET, press.TRIMMED, *PLATES, MARKS)
X4 = {"": PRESS["x4"]}


def open_screen_pdf(
    content: bytes, expectation: Expectation
) -> AbstractContextManager[InspectedPdf]:
    """Open a PDF for the rules on an edition or, if it was ordered, on a proof.

    Raises:
        ValueError: the file is not a whole PDF.
    """
    return open_pdf(PROOF_FILE if expectation.is_proof else SCREEN_FILE, content, expectation)


SCREEN_PDF: Profile[InspectedPdf] = Profile(
    open_screen_pdf, (OBJECT_RULES, PAGE_RULES, TAG_RULES), PDF, laid_out=LAID_OUT
)
ARCHIVAL_PDF: Profile[InspectedPdf] = Profile(
    open_archival_pdf,
    (
        OBJECT_RULES,
        (*PAGE_RULES, CLAIMED, VERSION, METADATA, archival.INTENT, ENCLOSURES),
        (FOLIOS, *TAG_RULES),
    ),
    ARCHIVAL,
    laid_out=LAID_OUT,
)
WEB_PAGE: Profile[InspectedPage] = Profile(
    open_page,
    ((TAGS_ALONE, NOTHING_FETCHED, HEADINGS_IN_ORDER, ALTERNATIVES),),
    {"": Standard("HTML")},
)
OFD_FILE: Profile[InspectedOfd] = Profile(
    open_ofd,
    ((MEMBERS, ELEMENTS), (REFERENCES, PAGES, OFD_TEXT, OFD_FONTS)),
    {"": Standard("OFD（GB/T 33190-2016）")},
    laid_out=LAID_OUT,
)
PRESS_PDF: Profile[InspectedPdf] = Profile(
    press.open_press_pdf,
    (OBJECT_RULES, (*ALL_PAGES, *PRESS_RULES), (FOLIOS,)),
    PRESS,
    laid_out=LAID_OUT,
)
PAGE_PICTURE: Profile[InspectedPicture] = Profile(
    open_picture, ((PAPER_PICTURE, PIXELS_ALONE),), PNG, laid_out=LAID_OUT
)
OVERVIEW_PICTURE: Profile[InspectedPicture] = Profile(
    open_overview, ((OVERVIEW_SIZE, PIXELS_ALONE),), PNG
)
IMPOSED_RULES = (
    SIDES,
    PLACES,
    IMPOSED_CONTENT,
    IMPOSED_TEXT,
    EXPECTED_FONTS,
    FONT_PROGRAMS,
    PICTURES,
)
IMPOSED_PDF: Profile[InspectedPdf] = Profile(
    partial(open_pdf, IMPOSED_FILE),
    (OBJECT_RULES, IMPOSED_RULES, (IMPOSED_FOLIOS,)),
    PDF,
    laid_out=LAID_OUT,
)
IMPOSED_PRESS_PDF: Profile[InspectedPdf] = Profile(
    partial(open_pdf, IMPOSED_PRESS_FILE),
    (OBJECT_RULES, (*IMPOSED_RULES, *PRESS_CLAIMS, *IMPOSED_PLATES), (IMPOSED_FOLIOS,)),
    X4,
    laid_out=LAID_OUT,
)
COPIES_RULES = (
    *(copies.PAPER, copies.COPIED_PAGES, copies.COPIED_CONTENT),
    *(EXPECTED_FONTS, FONT_PROGRAMS, PICTURES),
)
COPIES_PDF: Profile[InspectedPdf] = Profile(
    partial(open_pdf, copies.COPIES_FILE),
    (OBJECT_RULES, COPIES_RULES, (copies.NUMBERS, copies.COPIED_FOLIOS)),
    PDF,
    parts=copies.by_recipient,
    laid_out=LAID_OUT,
)
COPIES_PRESS_PDF: Profile[InspectedPdf] = Profile(
    partial(open_pdf, copies.COPIES_PRESS_FILE),
    (
        OBJECT_RULES,
        (*COPIES_RULES, copies.TRIMMED, *PRESS_CLAIMS, *copies.COPIED_PLATES),
        (copies.NUMBERS, copies.COPIED_FOLIOS),
    ),
    X4,
    parts=copies.by_recipient,
    laid_out=LAID_OUT,
)
WORD_FILE: Profile[InspectedWord] = Profile(
    open_word,
    (
        (WORD_MEMBERS, WORD_RELATIONS, WORD_ELEMENTS),
        (WORD_FIELDS, WORD_LINKS, WORD_STYLES, WORD_ALTERNATIVES, WORD_TITLE),
    ),
    {"": Standard("OOXML（ISO/IEC 29500-1）")},
)
