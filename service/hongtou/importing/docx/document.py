"""A .docx → HTML. Only here mammoth is known; in its package each picture is its own name."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from typing import Any
from xml.parsers.expat import ExpatError

import mammoth

from hongtou.bulletin.errors import ImportRefused
from hongtou.importing.docx.package import SAVE_AGAIN, packed

# What mammoth raises where the parts of a document do not fit together.
DAMAGED = (KeyError, ValueError, AttributeError, TypeError, IndexError, OSError, ExpatError)
STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
br[type='page'] => hr
p[style-name='简报标题'] => h2:fresh
p[style-name='简报简讯栏名'] => h2:fresh
r[style-name='简报黑体'] => strong
"""


def html_of(parts: Mapping[str, bytes], looks: Collection[str] = ()) -> str:
    """Return the text of a document as HTML; styles named in ``looks`` are classes there.

    The content of a picture becomes its address.

    Raises:
        ImportRefused: its parts do not fit together.
    """
    source = io.BytesIO(packed(parts))
    try:
        converted = mammoth.convert_to_html(
            source,
            style_map=STYLES + "\n".join(f"p.{look} => p.{look}:fresh" for look in sorted(looks)),
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(_picture),
        )
    except DAMAGED as cause:
        raise ImportRefused(".docx 的内容已损坏", hint=SAVE_AGAIN) from cause
    return str(converted.value)


def _picture(image: Any) -> Mapping[str, str]:
    """Return the name of a picture; "" for one that is missing or elsewhere: nothing is fetched."""
    try:
        with image.open() as name:
            return {"src": name.read().decode()}
    except (KeyError, ValueError, OSError):
        return {"src": ""}
