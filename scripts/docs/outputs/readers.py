"""Programs that show the files which no library of ours draws: each makes a PDF or a PNG."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import ViewportSize

from scripts.judges.jars import fetched_all
from tests.support.desk import browser

ROOT = Path(__file__).parents[3]
OFDRW = ROOT / "scripts" / "judges" / "ofdrw"
WINDOW: ViewportSize = {"width": 720, "height": 900}  # pixels of a small window of a browser
# The faces that a Word file or a page of HTML names, and ours that look alike.
ALIKE = {
    "方正小标宋简体": "Hongtou Title",
    "仿宋_GB2312": "Hongtou Body",
    "楷体_GB2312": "Hongtou Note",
    "黑体": "Hongtou Heading",
    "宋体": "Hongtou Folio",
    "FangSong": "Hongtou Body",
    "KaiTi": "Hongtou Note",
    "SimHei": "Hongtou Heading",
    "Times New Roman": "Hongtou Latin",
}


def in_a_browser(content: bytes) -> bytes:
    """Return the screenshot of a page of HTML, from its head, in our faces."""
    with TemporaryDirectory() as folder, _in_our_faces(Path(folder)), browser() as chromium:
        source = Path(folder) / "issue.html"
        source.write_bytes(content)
        page = chromium.new_page(viewport=WINDOW)
        page.goto(source.as_uri())
        return page.screenshot(animations="disabled", caret="hide")


@contextmanager
def _in_our_faces(folder: Path) -> Iterator[None]:
    """Let programs that are started know our faces alone."""
    before = dict(os.environ)
    os.environ.update(_faces(folder))
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def by_libreoffice(content: bytes) -> bytes:
    """Return a Word file as LibreOffice prints it, in our faces."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "issue.docx").write_bytes(content)
        profile = (folder / "profile").as_uri()
        command = ["soffice", "--headless", f"-env:UserInstallation={profile}"]
        command += ["--convert-to", "pdf", "--outdir", name, str(folder / "issue.docx")]
        _run(command, {**_faces(folder), "HOME": name})
        return (folder / "issue.pdf").read_bytes()


def by_ofdrw(content: bytes) -> bytes:
    """Return an OFD file as ofdrw makes a PDF of it."""
    with TemporaryDirectory() as name:
        source = Path(name) / "issue.ofd"
        source.write_bytes(content)
        libraries = fetched_all(OFDRW / "pom.xml")
        _run(["java", "-cp", f"{libraries}/*", str(OFDRW / "ToPdf.java"), str(source)], {})
        return (Path(name) / "issue-ofdrw.pdf").read_bytes()


def _run(command: list[str], settings: dict[str, str]) -> None:
    environment = {**os.environ, **settings}
    subprocess.run(command, check=True, capture_output=True, timeout=300, env=environment)


def _faces(folder: Path) -> dict[str, str]:
    """Return the settings by which fontconfig knows our faces alone, and for what they stand."""
    aliases = "".join(
        f"<match><test name='family'><string>{named}</string></test>"
        f"<edit name='family' mode='assign' binding='strong'><string>{ours}</string></edit></match>"
        for named, ours in ALIKE.items()
    )
    config = folder / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{ROOT / 'fonts' / 'files'}</dir><cachedir>{folder}/cache</cachedir>"
        f"{aliases}</fontconfig>",
        encoding="utf-8",
    )
    return {"FONTCONFIG_FILE": str(config)}
