"""The plates of a PDF, as Ghostscript separates them; what is inked is told in mm of the trim."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PIL import Image

DPI = 72
MM = DPI / 25.4
EDGE = 13  # mm of the sheet around the page: press.edge
A4 = (210, 297)
TINTS = {"Cyan", "Magenta", "Yellow"}
INKED = 200  # of 255: darker than this, ink is seen
PLATE = re.compile(r"s-(\d+)\((.*)\)\.tif")
needs_ghostscript = pytest.mark.skipif(
    shutil.which("gs") is None, reason="没有 Ghostscript：apt-get install ghostscript"
)

Box = tuple[float, float, float, float]  # left, top, right, bottom, in mm
Plates = Mapping[str, Image.Image]


@lru_cache(maxsize=8)
def separated(content: bytes) -> tuple[Plates, ...]:
    """Return the plates of every page by their names; dark is inked."""
    with TemporaryDirectory() as folder:
        output = f"-sOutputFile={folder}/s-%d.tif"
        command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", f"-r{DPI}", output, "-"]
        subprocess.run(command, input=content, check=True, capture_output=True)
        found: dict[int, dict[str, Image.Image]] = {}
        for path in Path(folder).iterdir():
            if named := PLATE.fullmatch(path.name):
                with Image.open(path) as image:
                    found.setdefault(int(named[1]), {})[named[2]] = image.convert("L")
    return tuple(found[number] for number in sorted(found))


def inked(plate: Image.Image) -> Box | None:
    """Return where a plate with marks around is inked within the trim, None if it is blank."""
    corners = (EDGE, EDGE, EDGE + A4[0], EDGE + A4[1])
    trim = plate.crop(tuple(round(corner * MM) for corner in corners))  # type: ignore[arg-type]
    box = trim.point(lambda level: 255 if level < INKED else 0).getbbox()
    return box and tuple(side / MM for side in box)  # type: ignore[return-value]


def has_marks(plate: Image.Image) -> bool:
    """Tell whether a plate is inked outside the trim, in the middle of all its sides."""
    width, height = plate.size
    out = round((EDGE - 3) / 2 * MM)
    places = [
        (width // 2, out),
        (width // 2, height - out),
        (out, height // 2),
        (width - out, height // 2),
    ]
    reach = 2
    return all(
        min(plate.crop((x - reach, y - reach, x + reach, y + reach)).tobytes()) < INKED
        for x, y in places
    )
