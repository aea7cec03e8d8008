"""The objects of the structure tree (ISO 32000-1 §14.7)."""

from __future__ import annotations

from typing import Final

from hongtou.preflight.kinds.kind import (
    OBJECT,
    RECTANGLE,
    REFERENCE,
    STRING,
    WHOLE,
    Kind,
    Reference,
    to,
)

CELL = rf"(?:/ColSpan {WHOLE} )?+/O /Table(?: /RowSpan {WHOLE})?+(?: /Scope /Column)?+"
ATTRIBUTES = rf"<< (?:/BBox {RECTANGLE} /O /Layout /Placement /Block|{CELL}) >>"
# ISO 32000-1 §14.8.4: those that our plan knows.
ROLES = (
    "/(?:Document|Sect|Art|H[1-6]|P|TOC|TOCI|Reference|Link|L|LI|LBody"
    "|Table|Caption|THead|TBody|TR|TH|TD|Figure)"
)
CONTENT_OR_ELEMENT = (
    rf"{WHOLE}(?: 0 R)?+"
    rf"|<< /MCID {WHOLE} /Pg {REFERENCE} /Type /MCR >>"
    rf"|<< /Obj {REFERENCE} /Pg {REFERENCE} /Type /OBJR >>"
)

STRUCTURE_KINDS: Final[dict[str, Kind]] = {
    "element": Kind(
        "结构元素",
        OBJECT,
        {
            "A?": rf"(?P<A>{ATTRIBUTES})",
            "Alt?": rf"(?P<Alt>{STRING})",
            "K?": Reference(
                frozenset({"element", "page", "link"}), rf"\[ (?:(?:{CONTENT_OR_ELEMENT}) )*+\]"
            ),
            "P": to("element", "structure"),
            "Pg?": to("page"),
            "S": rf"(?P<S>{ROLES})",
            "Type": "/StructElem",
        },
    ),
    "structure": Kind(
        "结构树",
        OBJECT,
        {
            "K": to("element"),
            "ParentTree": to("parents"),
            "ParentTreeNextKey": WHOLE,
            "Type": "/StructTreeRoot",
        },
    ),
    "parents": Kind(
        "结构树",
        OBJECT,
        {
            "Nums": Reference(
                frozenset({"element"}),
                rf"\[ (?:{WHOLE} (?:{REFERENCE}|\[ (?:{REFERENCE} )*+\]) )*+\]",
            )
        },
    ),
}
