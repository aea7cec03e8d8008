"""What holds a file together: its catalogue, metadata and trailer (ISO 32000-1 §7.5, §7.7.2)."""

from __future__ import annotations

from typing import Final

from hongtou.preflight.kinds.kind import (
    DEFLATED,
    OBJECT,
    PLACE,
    STRING,
    WHOLE,
    Entries,
    Kind,
    Reference,
    to,
)

TRAILER: Entries = {
    "ID": rf"\[ {STRING} {STRING} \]",
    "Info": to("information"),
    "Root": to("catalogue"),
    "Size": WHOLE,
}
CROSS_REFERENCES: Entries = {
    **TRAILER,
    **DEFLATED,
    "Type": "/XRef",
    "W": rf"\[ {WHOLE} {WHOLE} {WHOLE} \]",
}


DOCUMENT_KINDS: Final[dict[str, Kind]] = {
    "catalogue": Kind(
        "文档目录",
        OBJECT,
        {
            "Lang": r"\(zh-CN\)",
            "MarkInfo": {"Marked": "true"},
            "Metadata": to("metadata"),
            "Names": {
                "Dests": {"Names": Reference(frozenset({"page"}), rf"\[ (?:{STRING} {PLACE} )*+\]")}
            },
            "Outlines": to("bookmarks"),
            "Pages": to("pages"),
            "StructTreeRoot": to("structure"),
            "Type": "/Catalog",
            "ViewerPreferences": {"DisplayDocTitle": "true"},
        },
    ),
    "metadata": Kind(
        "元数据", OBJECT, {"Length": WHOLE, "Subtype": "/XML", "Type": "/Metadata"}, is_stream=True
    ),
    "information": Kind(
        "文档信息",
        OBJECT,
        {
            "Author": STRING,
            "CreationDate": STRING,
            "ModDate": STRING,
            "Producer": STRING,
            "Title": STRING,
        },
    ),
    "pack": Kind(
        "对象流",
        OBJECT,
        {**DEFLATED, "First": WHOLE, "N": WHOLE, "Type": "/ObjStm"},
        is_stream=True,
    ),
    "trailer": Kind("文件尾", OBJECT, TRAILER),
    "trailer of a stream": Kind("文件尾", OBJECT, CROSS_REFERENCES),
    "cross-references": Kind("交叉引用流", OBJECT, CROSS_REFERENCES, is_stream=True),
}
