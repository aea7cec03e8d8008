"""A finished PDF, what is expected of it, and the codes for which a changed one is refused."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from warnings import catch_warnings

import pikepdf
import pytest
from pikepdf.exceptions import PageCopyWarning

from hongtou.bulletin.errors import EngineFault
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import Order
from hongtou.pipeline import Typesetter
from hongtou.preflight import Expectation, refuse_faulty
from hongtou.preflight.profiles import SCREEN_PDF
from tests.support.shop import ROOT, faces, layouts

EXAMPLE = (ROOT / "examples" / "jianbao.json").read_bytes()
EXPECTED = Expectation(
    page_count=2, faces=faces().by_family(), page_sizes=frozenset({(210.0, 297.0)})
)


@cache
def good() -> bytes:
    """Return the PDF of the example."""
    return Typesetter(faces(), layouts(), Limits()).produce(EXAMPLE, Order()).content


def altered(change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """Return the PDF of the example after a change to it."""
    return saved(good(), change)


def saved(content: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """Return a PDF after a change to it, without object streams."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        written = io.BytesIO()
        with catch_warnings(action="ignore", category=PageCopyWarning):  # of a lonely form field
            pdf.save(written, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return written.getvalue()


def saved_as_written(content: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """Return a file after a change to it, all else as our writer writes it: pages inherit."""
    with pikepdf.open(io.BytesIO(content), inherit_page_attributes=False) as pdf:
        change(pdf)
        written = io.BytesIO()
        pdf.save(
            written,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
        return written.getvalue()


def refused(content: bytes, expectation: Expectation = EXPECTED) -> set[str]:
    """Return the codes for which a file is refused."""
    with pytest.raises(EngineFault) as caught:
        refuse_faulty(content, SCREEN_PDF, expectation)
    codes = {fault.code for fault in caught.value.findings}
    assert all(code in caught.value.message for code in codes)
    return codes
