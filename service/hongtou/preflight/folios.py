"""A rule on folios: every page bears its own number, but a blank one and the one behind it.

Pages of a proof that list what was found bear none either.

Source: GB/T 9704-2012 §7.5.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from hongtou.preflight.inspected_pdf import InspectedPdf
from hongtou.preflight.rule import Fault, Rule, on_page
from hongtou.preflight.shown_text import ShownText

FURNITURE = 3  # texts that end a page: its folio, and on a proof its mark and its digest
DASH = "—"
FOLIO_CODE = "preflight/folio"
FOLIO = re.compile(f"{DASH} ?([0-9]+) ?{DASH}")

Streams = Callable[[InspectedPdf], Iterator[tuple[int, bytes]]]


def folio_rule(streams: Streams) -> Rule[InspectedPdf]:
    """Return the rule for pages of which these are the numbers and the streams."""
    return Rule(FOLIO_CODE, partial(_other_folio, streams))


def _other_folio(streams: Streams, inspected: InspectedPdf) -> Iterator[Fault]:
    shown_text = ShownText(inspected)
    follows_blank = False
    for number, content in streams(inspected):
        texts = (_begun(shown_text, shown) for shown in _last_texts(content))
        folios = [found[1] for text in texts if (found := FOLIO.fullmatch(text))]
        wanted = [] if follows_blank else [str(number)]
        is_blank = not content.strip()
        is_list = inspected.expectation.is_proof and not folios
        if folios != wanted and not is_blank and not is_list:
            yield on_page(number, f"的页码是 {'、'.join(folios) or '空的'}")
        follows_blank = is_blank


def _last_texts(content: bytes) -> list[bytes]:
    """Return the text objects (ISO 32000-1 §9.4.1) that end a page."""
    return content.rsplit(b"BT\n", FURNITURE)[1:]


def _begun(shown_text: ShownText, shown: bytes) -> str:
    """Return a text; only its first line if that begins otherwise than a folio, as most do."""
    first, operator, _ = shown.partition(b" TJ")
    text = shown_text.of(first + operator)
    return shown_text.of(shown) if text[:1] in ("", DASH) else text


def _on_pages(inspected: InspectedPdf) -> Iterator[tuple[int, bytes]]:
    for page in inspected.pages:
        yield page.number, page.own


FOLIOS = folio_rule(_on_pages)
