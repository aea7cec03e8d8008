"""What to do about an issue that is too much work: by what it holds most of."""

from __future__ import annotations

from collections.abc import Sequence

from hongtou.bulletin.finding import printable
from hongtou.bulletin.sizes import shown_size
from hongtou.pictures.findings import ENOUGH
from hongtou.rendering.messages import Call


def remedy(call: Call, blobs: Sequence[bytes]) -> str:
    """Return what to do about a call that took too long or too much memory.

    Where pictures outweigh the document it names the largest: to part the issue would not help.
    """
    if call.kind == "import":
        return "请只留一期的文字再导入，或把文字粘贴进稿件"
    document, *pictures = blobs
    if not call.images or sum(map(len, pictures)) < len(document):
        return "请把稿件拆成几期"
    size, name = max(zip(map(len, pictures), call.images, strict=True))
    return f"请先缩小图片，从最大的“{printable(name)}”（{shown_size(size)}）起：{ENOUGH}"
