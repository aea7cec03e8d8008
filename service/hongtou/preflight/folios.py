"""A rule on folios: every page bears its own number, but a blank one and the one behind it.

Pages of a proof that list what was found bear none either.

Source: GB/T 9704-2012 §7.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hongtou.preflight.inspected_pdf import InspectedPdf
from hongtou.preflight.page import InspectedPage
from hongtou.preflight.rule import Fault, Rule, on_page
from hongtou.preflight.shown_text import ShownText

FURNITURE = 3  # texts that end a page: its folio, and on a proof its mark and its digest
DASH = "—"
FOLIO = re.compile(f"{DASH} ?([0-9]+) ?{DASH}")


def _other_folio(inspected: InspectedPdf) -> Iterator[Fault]:
    shown_text = ShownText(inspected)
    follows_blank = False
    for page in inspected.pages:
        texts = (_begun(shown_text, shown) for shown in _last_texts(page))
        folios = [found[1] for text in texts if (found := FOLIO.fullmatch(text))]
        wanted = [] if follows_blank else [str(page.number)]
        is_list = inspected.expectation.is_proof and not folios
        if folios != wanted and not page.drawn.is_blank and not is_list:
            yield on_page(page.number, f"的页码是 {'、'.join(folios) or '空的'}")
        follows_blank = page.drawn.is_blank


def _last_texts(page: InspectedPage) -> list[bytes]:
    """Return the text objects (ISO 32000-1 §9.4.1) that end a page."""
    return page.own.rsplit(b"BT\n", FURNITURE)[1:]


def _begun(shown_text: ShownText, shown: bytes) -> str:
    """Return a text; only its first line if that begins otherwise than a folio, as most do."""
    first, operator, _ = shown.partition(b" TJ")
    text = shown_text.of(first + operator)
    return shown_text.of(shown) if text[:1] in ("", DASH) else text


FOLIOS = Rule("preflight/folio", _other_folio)
