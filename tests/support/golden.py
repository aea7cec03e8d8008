"""Issues whose pages are golden: pictures that somebody looked at, and that are the rule since."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageFilter

from hongtou.bulletin.order import Order, OrderOptions
from hongtou.pages.edition import Edition
from tests.support.pictures import village
from tests.support.readers import mupdf_page
from tests.support.shop import ROOT, typesetter

GOLDEN = ROOT / "tests" / "golden"
LAYOUTS = ("dongtai", "jianbao")
MOST_DIFFERENT = 40  # of 255, after a blur that forgives another rasteriser its edges


@dataclass(frozen=True)
class GoldenIssue:
    """An issue of `tests/issues`, what is ordered of it, and how its pictures are named."""

    name: str
    picture: str
    options: OrderOptions = ()

    def document(self) -> dict[str, Any]:
        """Return the issue as it is sent."""
        path = ROOT / "tests" / "issues" / f"{self.name}.json"
        document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return document

    def path(self, layout: str, page: int) -> Path:
        """Return where the picture of a page lies."""
        return GOLDEN / f"{self.picture.format(layout=layout)}-{page}.png"


EVERY_FIELD = GoldenIssue("every-field", "{layout}")
# What one issue cannot show twice: other forms of its fields, and the options of an order.
OTHER_FORMS = GoldenIssue(
    "other-forms", "forms-{layout}", (("even_pages", True), ("margins", "mirror"))
)
ISSUES = (EVERY_FIELD, OTHER_FORMS)


@cache
def edition(layout: str, issue: GoldenIssue = EVERY_FIELD) -> Edition:
    """Return an issue in a layout."""
    document = json.dumps({**issue.document(), "layout": layout}).encode()
    order = Order(options=issue.options)
    return typesetter().produce(document, order, {"village.png": village()})


def hold(issue: GoldenIssue, layout: str, *, save: bool) -> None:
    """Hold the pages of an issue against their pictures, or save them as these."""
    made = edition(layout, issue)
    for page in range(1, made.page_count + 1):
        path, image = issue.path(layout, page), mupdf_page(made.content, page)
        if save:
            image.save(path, optimize=True)
        else:
            _hold_page(path, image)
    assert not issue.path(layout, made.page_count + 1).exists()


def _hold_page(path: Path, image: Image.Image) -> None:
    with Image.open(path) as golden:
        assert golden.size == image.size
        difference = ImageChops.difference(
            golden.convert("RGB").filter(ImageFilter.GaussianBlur(1.5)),
            image.filter(ImageFilter.GaussianBlur(1.5)),
        )
    assert max(most for _, most in difference.getextrema()) < MOST_DIFFERENT, (
        f"{path.name}, around {difference.getbbox()}"
    )


def fields_in(value: Any) -> Iterator[str]:
    """Yield the names of all fields of what was sent."""
    if isinstance(value, dict):
        for key, member in value.items():
            yield key
            yield from fields_in(member)
    elif isinstance(value, list):
        for member in value:
            yield from fields_in(member)


def properties(schema: dict[str, Any]) -> set[str]:
    """Return ``part.field`` for every field of the contract."""
    parts = {"issue": schema, **schema["$defs"]}
    return {
        f"{name}.{field}" for name, part in parts.items() for field in part.get("properties", {})
    }
