"""A typesetter that does at once what a test tells it to."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from hongtou.bulletin.finding import Finding, Severity
from hongtou.bulletin.order import FinishedFile, Order
from hongtou.bulletin.preview_wish import PreviewWish
from hongtou.importing import Doubt, Imported, Kind, Line
from hongtou.layouts import Layout
from hongtou.pages.edition import Unchanged
from hongtou.pages.inspection import Inspection
from hongtou.pages.preview import DrawnPage, Preview, View
from hongtou.rendering import Caller
from tests.support.shop import layouts

DIGEST = "ab" * 32
DRAWN, PICTURE = DrawnPage(2, "cd" * 12, 475, 672), b"\x89PNG fake"
HALF_WIDTH = Finding(
    code="punctuation/half-width",
    severity=Severity.WARNING,
    pointer="/articles/0/headline",
    message="第1篇标题有半角冒号",
    hint="请改为全角",
)
NO_TITLE = Finding(
    code="document/missing-field",
    severity=Severity.ERROR,
    pointer="/articles/0/headline",
    message="第1篇没有标题",
    hint="请补上 headline",
)


@dataclass
class FakeTypesetter:
    """Gives one edition, or raises ``error``; remembers what it was asked, and may be held up."""

    error: BaseException | None = None
    findings: tuple[Finding, ...] = (HALF_WIDTH,)
    faults: tuple[Finding, ...] = ()  # of a file that is made to be looked at
    asked: list[tuple[bytes, Order, dict[str, bytes]]] = field(default_factory=list)
    go_on: threading.Event = field(default_factory=threading.Event)
    started: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.go_on.set()

    @property
    def layouts(self) -> Mapping[str, Layout]:
        return layouts()

    def fault(self) -> str:
        return ""

    def produce(
        self,
        document: bytes,
        order: Order,
        images: Mapping[str, bytes],
        caller: Caller,
        known: Collection[str] = (),
    ) -> FinishedFile | Unchanged:
        self._work(document, order, images)
        if DIGEST in known:
            return Unchanged(DIGEST)
        return FinishedFile(
            content=b"%PDF-1.7 fake",
            file_name="创建工作动态第33期（2017年）.pdf",
            ascii_name="bulletin-2017-33.pdf",
            page_count=4,
            plan_digest=DIGEST,
            finding_count=len(self.findings),
            is_classified=False,
        )

    def check(
        self, document: bytes, order: Order, images: Mapping[str, bytes], caller: Caller
    ) -> Inspection:
        self._work(document, order, images)
        return Inspection(self.findings, 4)

    def preflight(
        self, document: bytes, order: Order, images: Mapping[str, bytes], caller: Caller
    ) -> Inspection:
        self._work(document, order, images)
        return Inspection(self.findings, 4, faults=self.faults)

    def read_file(self, content: bytes, kinds: bytes, caller: Caller) -> Imported:
        self._work(content, Order(), {})
        line = Line(1, "工作动态", Kind.NAMEPLATE, "/masthead/nameplate", "在期号之上")
        issue = {"masthead": {"nameplate": "工作动态"}}
        return Imported(issue, (line,), (Doubt("没有找到期号，请补上", 0, "/masthead"),))

    def preview(
        self,
        document: bytes,
        order: Order,
        wish: PreviewWish,
        images: Mapping[str, bytes],
        caller: Caller,
    ) -> Preview:
        self._work(document, order, images)
        pictures = ((DRAWN.digest, PICTURE),)
        return Preview(
            findings=self.findings, page_count=4, view=View(drawn=(DRAWN,), pictures=pictures)
        )

    def _work(self, document: bytes, order: Order, images: Mapping[str, bytes]) -> None:
        self.asked.append((document, order, dict(images)))
        self.started.set()
        self.go_on.wait(10)
        if self.error is not None:
            raise self.error
