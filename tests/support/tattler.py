"""A typesetter for worker processes that tells in every answer what it has ever been sent.

So a worker that had two tenants' issues, or an edition that is kept for one and given to another,
shows in the first answer.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256

from hongtou.bulletin.finding import Finding, Severity
from hongtou.bulletin.order import Order
from hongtou.bulletin.preview_wish import PreviewWish
from hongtou.config import Config
from hongtou.pages.edition import Edition, Unchanged
from hongtou.pages.inspection import Inspection
from hongtou.pages.preview import DrawnPage, Preview, View

OPENER = "tests.support.tattler:Tattler"
CANARY = re.compile(rb"canary-([a-z])-\d+")


class Tattler:
    """Remembers the canaries of all that it was sent."""

    def __init__(self, config: Config) -> None:
        self._seen: set[bytes] = set()

    def prepare(self, documents: Sequence[bytes]) -> None:
        """Load nothing."""

    def inspect(self, content: bytes, output: str, page_count: int) -> None:
        """Let it pass."""

    def make(
        self,
        document: bytes,
        order: Order,
        images: Mapping[str, bytes],
        known: Collection[str] = (),
    ) -> Edition | Unchanged:
        """Return a file with all canaries, under the digest of the document alone."""
        told = self._told(document, images)
        digest = sha256(document).hexdigest()
        if digest in known:
            return Unchanged(digest)
        return Edition(
            content=told, media_type="application/pdf", file_name="a.pdf", ascii_name="a.pdf",
            page_count=1, plan_digest=digest, findings=(), is_classified=False,
        )  # fmt: skip

    def check(self, document: bytes, order: Order, images: Mapping[str, bytes]) -> Inspection:
        """Return a finding that names all canaries."""
        told = self._told(document, images).decode()
        finding = Finding(
            code="x/y", severity=Severity.WARNING, pointer="", message=told, hint=told
        )
        return Inspection((finding,), 1)

    def preview(
        self, document: bytes, order: Order, wish: PreviewWish, images: Mapping[str, bytes]
    ) -> Preview:
        """Return a page whose picture holds all canaries, unless the picture is known."""
        told = self._told(document, images)
        name = sha256(document).hexdigest()[:24]
        pictures = () if name in wish.known else ((name, told),)
        view = View(drawn=(DrawnPage(1, name, 475, 672),), pictures=pictures)
        return Preview(findings=(), page_count=1, view=view)

    def _told(self, document: bytes, images: Mapping[str, bytes]) -> bytes:
        for sent in (document, *images.values()):
            self._seen.update(found[0] for found in CANARY.finditer(sent))
        return b" ".join(sorted(self._seen))
