"""Which rules the PDF of each output must pass, and which outputs are a picture of a page."""

from __future__ import annotations

from hongtou.preflight.actions import NO_ACTIONS, NO_SCRIPTS
from hongtou.preflight.attachments import NO_ATTACHMENTS
from hongtou.preflight.fonts import EMBEDDED_FONTS, EXPECTED_FONTS
from hongtou.preflight.pages import A4, PAGE_COUNT
from hongtou.preflight.rule import Rule

SCREEN: tuple[Rule, ...] = (
    A4,
    PAGE_COUNT,
    EXPECTED_FONTS,
    EMBEDDED_FONTS,
    NO_SCRIPTS,
    NO_ACTIONS,
    NO_ATTACHMENTS,
)

PROFILES: dict[str, tuple[Rule, ...]] = {"screen": SCREEN}
PICTURES = frozenset({"png"})
