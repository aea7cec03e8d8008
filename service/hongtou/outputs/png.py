"""The first page as a picture, for previews."""

from __future__ import annotations

import io

from hongtou.outputs.output import Output

DOTS_PER_INCH = 110


def first_page(content: bytes) -> bytes:
    """Return the first page of a PDF as PNG."""
    import pypdfium2  # loaded only where a picture is wanted: it takes longer than a render

    with pypdfium2.PdfDocument(content) as document:
        picture = document[0].render(scale=DOTS_PER_INCH / 72).to_pil()
        written = io.BytesIO()
        picture.save(written, "PNG", compress_level=1)
        return written.getvalue()


PNG = Output(
    name="png",
    title="首页图片（预览）",
    media_type="image/png",
    extension="png",
    finish=first_page,
)
