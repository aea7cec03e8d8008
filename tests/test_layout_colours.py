"""What a style's ``colour`` names is what its text is drawn in."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pymupdf
import pytest

from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import Order, Purpose
from hongtou.layouts.styles import STYLES
from hongtou.pipeline import Typesetter
from tests.support.layouts import SAID, with_own
from tests.support.pictures import village
from tests.support.shop import ROOT, faces

pytestmark = pytest.mark.slow


class TestColours:
    """What a style's ``colour`` names is what its text is drawn in."""

    RED, BLACK = 0xD7000F, 0x000000
    PRACTICE = 0x767676  # of the numbers of findings on a proof, which have colours of their own

    def colours(self, folder: Path, written: str) -> dict[str, int]:
        """Return the colour of every text of an issue that uses every field, as sRGB."""
        layout = with_own(folder, written)
        issue = json.loads((ROOT / "tests" / "issues" / "every-field.json").read_bytes())
        document = json.dumps({**issue, "layout": "own"}).encode()
        typesetter = Typesetter(faces(), {"own": layout}, Limits())
        order = Order(purpose=Purpose.PROOF)
        content = typesetter.produce(document, order, {"village.png": village()}).content
        with pymupdf.open(stream=content, filetype="pdf") as pdf:
            return {
                span["text"]: span["color"]
                for page in pdf
                for block in page.get_text("dict")["blocks"]
                for line in block.get("lines", ())
                for span in line["spans"]
                if span["color"] != self.PRACTICE
            }

    @pytest.mark.defect(5)
    def test_every_style_has_its_own(self, tmp_path: Path) -> None:
        written = "".join(
            f'[style.{name}]\ncolour = "red"\n'
            for name, style in STYLES.items()
            if "colour" in style.keys
        )
        assert set(self.colours(tmp_path, written).values()) == {self.RED}

    def test_no_other_style_takes_it(self, tmp_path: Path) -> None:
        found = self.colours(tmp_path, '[style.issue_line]\ncolour = "red"\n')
        red = "".join(text for text, colour in found.items() if colour == self.RED)
        assert set(found.values()) == {self.RED, self.BLACK}
        # Figures are spans of their own, and some of them stand in black texts too.
        assert re.sub("[0-9]", "", red) == (
            "某某市创建全国文明城市工作指挥部某某市人民政府办公室城乡环境工作动态"
            "年第、期（合刊）（总第期）"
        )

    def test_the_layout_says_what_the_colours_are(self, tmp_path: Path) -> None:
        written = f'[colour]\nred = {{ colour = "#C00000", {SAID} }}\n'
        assert set(self.colours(tmp_path, written).values()) == {0xC00000, self.BLACK}
