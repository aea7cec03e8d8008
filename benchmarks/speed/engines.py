"""The engines that are timed: how each is opened once, and how it sets one issue."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from http.client import HTTPConnection
from importlib.util import find_spec
from pathlib import Path
from select import select
from typing import TypeVar

from benchmarks.speed.browser import Browser
from benchmarks.speed.issues import document_of, varied_issue
from benchmarks.speed.office import Office
from benchmarks.speed.sheets import NOTO_BLACK, NOTO_FACES, Block, blocks_of
from benchmarks.speed.sources import fodt_source, html_source, tex_source, typst_source
from benchmarks.typography import peers
from benchmarks.typography.peers import FONTS

# Above what sixty-four times the real issue holds; a limit costs the same wherever it lies.
ROOMY = {"body_bytes": 10**8, "total_chars": 10**8, "articles": 10**5, "pages": 10**5}

Work = Callable[[], bytes]
Prepare = Callable[[int, int], Work]  # seed, length → a render that can be timed
Source = TypeVar("Source", str, bytes)  # an issue as a peer reads it


@dataclass(frozen=True)
class Engine:
    """An engine; ``inside`` where it does its work in the process that asks it."""

    title: str
    way: str
    open: Callable[[ExitStack], Prepare]
    needs: Sequence[str] = ()  # commands and Python modules
    inside: bool = False
    font: str = ""  # a family of the system

    def missing(self) -> str:
        """Return why it cannot be timed here; empty where it can."""
        return missing(self.title, self.needs, self.font)


def missing(title: str, needs: Sequence[str], font: str = "") -> str:
    """Return why something cannot be timed here; empty where it can."""
    for need in needs:
        if not find_spec(need) and not shutil.which(need):
            return f"{title}：没有装 {need}"
    return f"{title}：没有字体 {font}" if font and not _has_font(font) else ""


def _has_font(family: str) -> bool:
    command = ["fc-list", f":family={family}", "family"]
    return bool(shutil.which(command[0]) and subprocess.run(command, capture_output=True).stdout)


def hongtou(_: ExitStack) -> Prepare:
    """Open the whole pipeline, as a worker of the service runs it."""
    from hongtou.bulletin.limits import Limits
    from hongtou.bulletin.order import Order
    from hongtou.config import read_config
    from hongtou.faces import open_faces
    from hongtou.layouts import open_layouts
    from hongtou.pipeline import Typesetter

    config = read_config({})
    faces, layouts = open_faces(config.fonts_dir), open_layouts(config.layouts_dir)
    typesetter = Typesetter(faces, layouts, Limits(**ROOMY))

    def prepare(seed: int, times: int) -> Work:
        document = document_of(varied_issue(seed, times))
        return lambda: typesetter.produce(document, Order()).content

    return prepare


def hongtou_over_http(stack: ExitStack) -> Prepare:
    """Start the service, and ask it as another system does, on a connection that it keeps."""
    from tests.support.serving import JSON, serving

    settings = {f"max_{name}": most for name, most in ROOMY.items()}
    service = stack.enter_context(serving(**settings))
    connection = stack.enter_context(closing(HTTPConnection("127.0.0.1", service.port)))

    def rendered(document: bytes) -> bytes:
        connection.request("POST", "/v1/render", document, JSON)
        answer = connection.getresponse()
        content = answer.read()
        assert answer.status == 200, content[:500]
        return content

    def prepare(seed: int, times: int) -> Work:
        document = document_of(varied_issue(seed, times))
        if connection.sock and select([connection.sock], [], [], 0)[0]:
            connection.close()  # the service has, as others of the round took long; it opens anew
        return lambda: rendered(document)

    return prepare


def typst(_: ExitStack) -> Prepare:
    """Load the fonts into a compiler of this process."""
    import typst as engine

    compiler = engine.Compiler(font_paths=[str(FONTS)], ignore_system_fonts=True)
    return _of_blocks(typst_source, lambda source: compiler.compile(input=source.encode()))


def chromium(stack: ExitStack) -> Prepare:
    """Start a browser with one tab."""
    return _of_blocks(html_source, Browser(stack).print)


def chromium_with_noto(stack: ExitStack) -> Prepare:
    """Start a browser that knows the system's fonts."""
    printed = Browser(stack, our_faces=False).print
    return _of_blocks(lambda blocks: html_source(blocks, NOTO_FACES), printed)


def libreoffice(stack: ExitStack) -> Prepare:
    """Start a LibreOffice that stays."""
    return _of_blocks(lambda blocks: fodt_source(blocks).encode(), Office(stack, "fodt").print)


def libreoffice_with_noto(stack: ExitStack) -> Prepare:
    """Start a LibreOffice that knows the system's fonts."""
    printed = Office(stack, "fodt", our_faces=False).print
    return _of_blocks(lambda blocks: fodt_source(blocks, NOTO_FACES).encode(), printed)


def libreoffice_of_word(stack: ExitStack) -> Prepare:
    """Start a LibreOffice that knows the system's fonts, for Word files."""
    from benchmarks.speed.word import docx_file

    printed = Office(stack, "docx", our_faces=False).print
    return _of_blocks(lambda blocks: docx_file(blocks, NOTO_FACES), printed)


def xelatex(stack: ExitStack) -> Prepare:
    """Open nothing: XeLaTeX is a process for each render."""
    target = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "text.pdf"

    def printed(source: str) -> bytes:
        peers.xelatex(source, target)
        return target.read_bytes()

    return _of_blocks(tex_source, printed)


def _of_blocks(
    write: Callable[[Sequence[Block]], Source], printed: Callable[[Source], bytes]
) -> Prepare:
    def prepare(seed: int, times: int) -> Work:
        source = write(blocks_of(varied_issue(seed, times)))
        return lambda: printed(source)

    return prepare


NOTO = "Noto CJK 三体"  # the three faces with which the goals were measured
TAB, HANDED_OVER = "常驻，经 DevTools 管道", "常驻，每期一条转交任务的命令"
ENGINES = {
    "hongtou": Engine("hongtou", "热，进程内", hongtou, inside=True),
    "http": Engine("hongtou，经 HTTP", "服务常驻，本机回环", hongtou_over_http),
    "typst": Engine("Typst", "热，进程内", typst, ["typst"], inside=True),
    "chromium": Engine("Chromium", TAB, chromium, ["chromium"]),
    "chromium_noto": Engine(
        f"Chromium，{NOTO}", TAB, chromium_with_noto, ["chromium"], font=NOTO_BLACK
    ),
    "libreoffice": Engine("LibreOffice", HANDED_OVER, libreoffice, ["soffice"]),
    "libreoffice_noto": Engine(
        f"LibreOffice，{NOTO}", HANDED_OVER, libreoffice_with_noto, ["soffice"], font=NOTO_BLACK
    ),
    "libreoffice_word": Engine(
        f"LibreOffice，{NOTO}，docx",
        HANDED_OVER,
        libreoffice_of_word,
        ["soffice", "docx"],
        font=NOTO_BLACK,
    ),
    "xelatex": Engine("XeLaTeX", "每期一个进程", xelatex, ["xelatex"]),
}
