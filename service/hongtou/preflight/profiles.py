"""The profiles of the outputs, which refer to them (`hongtou.outputs`)."""

from __future__ import annotations

from hongtou.preflight.actions import NO_ACTIONS, NO_SCRIPTS
from hongtou.preflight.attachments import NO_ATTACHMENTS
from hongtou.preflight.fonts import EMBEDDED_FONTS, EXPECTED_FONTS
from hongtou.preflight.inspected_pdf import InspectedPdf, open_pdf
from hongtou.preflight.pages import PAGE_COUNT, PAPER
from hongtou.preflight.picture import PAPER_PICTURE, PIXELS_ALONE, InspectedPicture, open_picture
from hongtou.preflight.profile import Profile
from hongtou.preflight.resources import RESOURCES

SCREEN_PDF: Profile[InspectedPdf] = Profile(
    open_pdf,
    (
        PAPER,
        PAGE_COUNT,
        RESOURCES,
        EXPECTED_FONTS,
        EMBEDDED_FONTS,
        NO_SCRIPTS,
        NO_ACTIONS,
        NO_ATTACHMENTS,
    ),
)
PAGE_PICTURE: Profile[InspectedPicture] = Profile(open_picture, (PAPER_PICTURE, PIXELS_ALONE))
