"""The wish of a preview, as JSON: which pages an editor looks at."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, ValidationError

from hongtou.bulletin.errors import MalformedDocument
from hongtou.bulletin.preview_wish import MAX_VIEW, PreviewWish
from hongtou.intake.fields import StrictModel

MAX_DPI = 220  # a page across the width of a large screen
MAX_KNOWN = 200  # pictures that a browser keeps
MAX_POINTER = 400  # characters of a JSON Pointer, more than the contract has levels for
LARGEST = 999_999

EXAMPLE = '{"view": [1, 2], "dpi": 96, "at": ["/articles/0/body/0", 12], "known": []}'

PageNumber = Annotated[int, Field(ge=1, le=LARGEST)]
PictureName = Annotated[str, Field(pattern=r"^[0-9a-f]{24}$")]
Pointer = Annotated[str, Field(max_length=MAX_POINTER)]
Offset = Annotated[int, Field(ge=0, le=LARGEST)]


class Wish(StrictModel):
    """Which pages an editor looks at (预览范围)."""

    model_config = ConfigDict(title="预览范围", defer_build=False)

    view: list[PageNumber] = Field([1], max_length=MAX_VIEW, title="看得见的页")
    dpi: int = Field(96, ge=36, le=MAX_DPI, title="每英寸像素")
    at: tuple[Pointer, Offset] | None = Field(None, title="光标：JSON Pointer 和字符位置")
    known: list[PictureName] = Field([], max_length=MAX_KNOWN, title="已有的图片")


def read_wish(sent: bytes) -> PreviewWish:
    """Return what a preview is to show.

    Raises:
        MalformedDocument: it is not JSON, or not of this shape.
    """
    try:
        wish = Wish.model_validate_json(sent)
    except ValidationError as cause:
        fault = cause.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(map(str, fault["loc"])) or "wish"
        raise MalformedDocument(
            f"预览请求的 {place} 不对",
            hint=f"wish 应如 {EXAMPLE}",
        ) from cause
    pointer, offset = wish.at or ("", 0)
    return PreviewWish(
        view=tuple(wish.view),
        dpi=wish.dpi,
        pointer=pointer,
        offset=offset,
        known=frozenset(wish.known),
    )


def wish_schema() -> dict[str, object]:
    """Return the JSON Schema of a wish, with Chinese titles."""
    schema = Wish.model_json_schema()
    schema.pop("description")  # the docstring, which is for developers
    return schema
