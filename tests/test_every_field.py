"""One issue that uses every field of the contract, set in both layouts, and its pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageFilter

from service.config import read_config
from service.intake import issue_schema
from service.order import Edition, Order
from service.pipeline import Workshop
from tests.support.pictures import village
from tests.support.readers import mupdf_page, mupdf_text

HERE = Path(__file__).parent
ISSUE = HERE / "issues" / "every-field.json"
GOLDEN = HERE / "golden"
LAYOUTS = ("dongtai", "jianbao")
MOST_DIFFERENT = 40  # of 255, after a blur that forgives another rasteriser its edges


@cache
def edition(layout: str) -> Edition:
    issue = json.loads(ISSUE.read_text(encoding="utf-8"))
    issue["layout"] = layout
    workshop = Workshop.open(read_config({}))
    return workshop.produce(json.dumps(issue).encode(), Order(), {"village.png": village()})


def properties(schema: dict[str, Any]) -> set[str]:
    """Return ``part.field`` for every field of the contract."""
    parts = {"issue": schema, **schema["$defs"]}
    return {
        f"{name}.{field}" for name, part in parts.items() for field in part.get("properties", {})
    }


def fields_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, member in value.items():
            yield key
            yield from fields_in(member)
    elif isinstance(value, list):
        for member in value:
            yield from fields_in(member)


def strings_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for member in value:
            yield from strings_in(member)
    elif isinstance(value, dict):
        for key, member in value.items():
            if key not in {"layout", "series", "type", "orientation", "align", "image",
                           "issue_date", "imprint_date"}:
                yield from strings_in(member)


def test_the_issue_uses_every_field_of_the_contract() -> None:
    used = set(fields_in(json.loads(ISSUE.read_text(encoding="utf-8"))))
    wanted = {name.partition(".")[2] for name in properties(issue_schema())}
    assert wanted - used == set()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_text_of_it_is_printed(layout: str) -> None:
    printed = re.sub(r"\s+", "", mupdf_text(edition(layout).content))
    issue = json.loads(ISSUE.read_text(encoding="utf-8"))
    for text in strings_in(issue):
        for part in text.replace("**", "\n").split("\n"):
            wanted = re.sub(r"\s+", "", part)
            assert wanted in printed or wanted in re.sub(r"—\d+—", "", printed), part
    for number in ("第33期（总第612期）", "000001", "秘密★1年", "共印120份"):
        assert number in printed


@pytest.mark.parametrize("layout", LAYOUTS)
def test_its_pages_look_as_they_did(layout: str, request: pytest.FixtureRequest) -> None:
    """Compare with the golden pictures; ``pytest --save-golden`` renews them."""
    made = edition(layout)
    for page in range(1, made.page_count + 1):
        path = GOLDEN / f"{layout}-{page}.png"
        image = mupdf_page(made.content, page)
        if request.config.getoption("--save-golden"):
            path.parent.mkdir(exist_ok=True)
            image.save(path, optimize=True)
            continue
        with Image.open(path) as golden:
            assert golden.size == image.size
            difference = ImageChops.difference(
                golden.convert("L").filter(ImageFilter.GaussianBlur(1.5)),
                image.filter(ImageFilter.GaussianBlur(1.5)),
            )
        assert difference.getextrema()[1] < MOST_DIFFERENT, f"{path.name}, around {difference.getbbox()}"
    assert not (GOLDEN / f"{layout}-{made.page_count + 1}.png").exists()
