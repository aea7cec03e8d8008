"""The pictures of a walk, and every word that a person could press or read on its screens."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.support.shelf import Look

MOST_BYTES = 100_000  # of a picture: twenty of them open in a moment over an office's network
COLOURS = (48, 32, 24, 16)  # tried in turn until a picture is small enough

# What a control or a heading says: its own words, its name, what stands in it while empty.
NAMES = """() => [...document.querySelectorAll("body, body *:not(script)")].flatMap((one) => [
    ...[...one.childNodes].filter((node) => node instanceof Text).map((node) => node.data),
    ...["aria-label", "title", "placeholder"].map((name) => one.getAttribute(name) ?? ""),
]).map((words) => words.replace(/\\s+/g, " ").trim()).filter(Boolean)"""


@dataclass
class Album:
    """Where pictures are put, and what was to be read on the screens so far."""

    folder: Path
    names: set[str] = field(default_factory=set)

    def look(self, look: Look) -> None:
        """Note what a screen says."""
        self.names |= {*look.page.evaluate(NAMES)}

    def take(self, look: Look, name: str) -> None:
        """Note what a screen says and keep its picture."""
        self.look(look)
        shot = look.page.screenshot(animations="disabled", caret="hide")
        (self.folder / f"{name}.png").write_bytes(small(shot))


def small(shot: bytes) -> bytes:
    """Return a picture in as many colours as its size allows.

    Raises:
        ValueError: it takes too many bytes in the fewest.
    """
    whole = Image.open(BytesIO(shot)).convert("RGB")
    for colours in COLOURS:
        few = BytesIO()
        whole.quantize(colours, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
            few, "PNG", optimize=True
        )
        if len(few.getvalue()) <= MOST_BYTES:
            return few.getvalue()
    raise ValueError(f"the picture takes more than {MOST_BYTES} bytes in {colours} colours")
