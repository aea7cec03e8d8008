"""What a picture was taken of, where only another program can draw it: a digest of what it shows.

Kept beside the pictures, so that a test tells when one is of a file that is made no more.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from tests.support.shop import ROOT

FOLDER = ROOT / "docs" / "outputs"
FIRST_PAGE = "page-1"  # of README.md, beside the folder
HELD = FOLDER / "taken-of.json"
SHOWN = ("word/document.xml", "word/styles.xml", "Content.xml")  # members that a reader shows


def path_of(name: str) -> Path:
    """Return where a picture is kept."""
    return (FOLDER.parent if name == FIRST_PAGE else FOLDER) / f"{name}.png"


def shown_digest(content: bytes) -> str:
    """Return the SHA-256 of what is shown of a file: all of a page, some members of a package."""
    shown = content
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = (name for name in package.namelist() if name.endswith(SHOWN))
            shown = b"".join(package.read(name) for name in sorted(names))
    return hashlib.sha256(shown).hexdigest()


def held() -> dict[str, str]:
    """Return the digests by output."""
    found: dict[str, str] = json.loads(HELD.read_text(encoding="utf-8"))
    return found


def hold(digests: Mapping[str, str]) -> None:
    """Write the digests."""
    HELD.write_text(json.dumps(digests, indent=1) + "\n", encoding="utf-8")
