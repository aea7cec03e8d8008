"""The profiles of the outputs, which refer to them (`hongtou.outputs`)."""

from __future__ import annotations

from functools import partial

from hongtou.preflight.content import SCREEN_CONTENT
from hongtou.preflight.fonts import EXPECTED_FONTS, FONT_PROGRAMS
from hongtou.preflight.inspected_pdf import InspectedPdf, open_pdf
from hongtou.preflight.kinds import SCREEN_KINDS
from hongtou.preflight.pages import BOXES, CONTENT, PAGE_COUNT, PAPER, TEXT
from hongtou.preflight.picture import PAPER_PICTURE, PIXELS_ALONE, InspectedPicture, open_picture
from hongtou.preflight.profile import Profile
from hongtou.preflight.resources import RESOURCES
from hongtou.preflight.subjects import OBJECT_RULES
from hongtou.preflight.written import Written

SCREEN_FILE = Written(SCREEN_KINDS, SCREEN_CONTENT)

SCREEN_PDF: Profile[InspectedPdf] = Profile(
    partial(open_pdf, SCREEN_FILE),
    (
        OBJECT_RULES,
        (
            PAPER,
            BOXES,
            CONTENT,
            PAGE_COUNT,
            CONTENT,
            TEXT,
            RESOURCES,
            EXPECTED_FONTS,
            FONT_PROGRAMS,
        ),
    ),
)
PAGE_PICTURE: Profile[InspectedPicture] = Profile(open_picture, ((PAPER_PICTURE, PIXELS_ALONE),))
