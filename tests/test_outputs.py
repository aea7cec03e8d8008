"""Outputs: every module is an entry, and makes of an issue what it says it makes."""

from __future__ import annotations

import io
from pkgutil import iter_modules

import pikepdf
import pytest
from PIL import Image

import hongtou.outputs
from hongtou.bulletin.order import Order
from hongtou.config import read_config
from hongtou.outputs import OUTPUTS
from hongtou.pipeline import Typesetter
from tests.support.documents import document, encoded

KINDS = {"application/pdf": "pdf", "image/png": "png"}


def test_every_module_is_an_entry_under_its_name() -> None:
    modules = {module.name for module in iter_modules(hongtou.outputs.__path__)} - {"output"}
    assert modules == set(OUTPUTS)
    assert all(name == output.name and output.title for name, output in OUTPUTS.items())


@pytest.mark.parametrize("name", OUTPUTS)
def test_it_makes_what_it_says(name: str) -> None:
    output = OUTPUTS[name]
    edition = Typesetter.open(read_config({})).produce(encoded(document()), Order(output=name))
    assert edition.media_type == output.media_type
    assert edition.file_name.endswith(f".{output.extension}")
    assert edition.ascii_name.endswith(f".{output.extension}")
    assert output.extension == KINDS[output.media_type]
    if output.media_type == "application/pdf":
        with pikepdf.open(io.BytesIO(edition.content)) as pdf:
            assert len(pdf.pages) == edition.page_count
    else:
        with Image.open(io.BytesIO(edition.content)) as image:
            assert Image.MIME[image.format or ""] == output.media_type
            assert image.height / image.width == pytest.approx(297 / 210, abs=0.01)
