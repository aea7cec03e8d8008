"""A rule on resources: every font and picture that a page uses must exist.

Readers silently draw nothing, or something else, if they do not find it.
"""

from __future__ import annotations

from collections.abc import Iterator

from hongtou.preflight.inspected_pdf import InspectedPdf
from hongtou.preflight.rule import Fault, Rule, on_page

TITLES = {"Font": "字体", "XObject": "图片"}


def _missing(inspected: InspectedPdf) -> Iterator[Fault]:
    for page in inspected.pages:
        for category, name in page.missing:
            yield on_page(page.number, f"找不到要用的{TITLES[category]} /{name}")


RESOURCES = Rule("preflight/resources", _missing)
