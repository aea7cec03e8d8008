"""Rules on fonts: only our faces, and all of them embedded."""

from __future__ import annotations

from collections.abc import Iterator

from hongtou.preflight.inspected_pdf import InspectedPdf
from hongtou.preflight.rule import Rule

PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")


def _foreign(inspected: InspectedPdf) -> Iterator[str]:
    families = {family.replace(" ", "") for family in inspected.expectation.families}
    for font in inspected.fonts:
        name = str(font.get("/BaseFont", "")).lstrip("/")
        tag, _, family = name.partition("+")
        if len(tag) != 6 or family not in families:
            yield f"出现了意外的字体 {name or '（未具名）'}"


def _not_embedded(inspected: InspectedPdf) -> Iterator[str]:
    for font in inspected.fonts:
        for holder in font.get("/DescendantFonts", [font]):
            descriptor = holder.get("/FontDescriptor")
            if descriptor is None or not any(program in descriptor for program in PROGRAMS):
                yield f"字体 {font.get('/BaseFont', '')} 没有嵌入"


EXPECTED_FONTS = Rule("preflight/fonts", _foreign)
EMBEDDED_FONTS = Rule("preflight/fonts-embedded", _not_embedded)
