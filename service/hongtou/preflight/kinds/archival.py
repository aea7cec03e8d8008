"""What files for the archive have besides (ISO 32000-2 §7.11.4, §14.7.4, §14.11.5, §14.13).

PDF/A-3 and PDF/A-4f carry files, PDF/A-2 carries none; PDF/A-4 is PDF 2.0, where links and tags say
more and the information dictionary is gone.
"""

from __future__ import annotations

from typing import Final

from hongtou.preflight.kinds import SCREEN_KINDS
from hongtou.preflight.kinds.document import DOCUMENT_KINDS
from hongtou.preflight.kinds.kind import (
    DEFLATED,
    INTENT,
    NAME,
    OBJECT,
    PLACE,
    REFERENCE,
    STRING,
    WHOLE,
    Entries,
    Kind,
    Reference,
    Value,
    changed,
    to,
    to_many,
)
from hongtou.preflight.kinds.navigation import NAVIGATION_KINDS
from hongtou.preflight.kinds.structure import STRUCTURE_KINDS

ATTACHMENT: Final = "preflight/attachment"

CATALOGUE = DOCUMENT_KINDS["catalogue"].entries
ENCLOSED_NAMES = Reference(frozenset({"specification"}), rf"\[ (?:{STRING} {REFERENCE} )++\]")


INTENT_KINDS: Final[dict[str, Kind]] = {
    "intent": Kind(
        "输出意图",
        INTENT,
        {
            "DestOutputProfile": to("profile"),
            "Info": STRING,
            "OutputConditionIdentifier": STRING,
            "RegistryName": STRING,
            "S": "/GTS_PDFA1",
            "Type": "/OutputIntent",
        },
    ),
    "profile": Kind("颜色特性文件", INTENT, {**DEFLATED, "N": "3"}, is_stream=True),
}
ENCLOSURE_KINDS: Final[dict[str, Kind]] = {
    "specification": Kind(
        "附件",
        ATTACHMENT,
        {
            "AFRelationship": "(?P<Relationship>/(?:Source|Data))",
            "Desc": STRING,
            "EF": {"F": to("enclosure"), "UF": to("enclosure")},
            "F": STRING,
            "Type": "/Filespec",
            "UF": STRING,
        },
    ),
    "enclosure": Kind(
        "附件的内容",
        ATTACHMENT,
        {
            **DEFLATED,
            "Params": {"CheckSum": STRING, "ModDate": STRING, "Size": WHOLE},
            "Subtype": NAME,
            "Type": "/EmbeddedFile",
        },
        is_stream=True,
    ),
}
INTENDED: Entries = {**CATALOGUE, "OutputIntents": to_many("intent")}
ENCLOSING: Entries = {
    **INTENDED,
    "AF": to_many("specification"),
    "Names": {**CATALOGUE["Names"], "EmbeddedFiles": {"Names": ENCLOSED_NAMES}},  # type: ignore[dict-item]
}
PDF_A_2_KINDS: Final[dict[str, Kind]] = {
    **SCREEN_KINDS,
    **INTENT_KINDS,
    "catalogue": Kind("文档目录", OBJECT, INTENDED),
}
PDF_A_3_KINDS: Final[dict[str, Kind]] = {
    **PDF_A_2_KINDS,
    **ENCLOSURE_KINDS,
    "catalogue": Kind("文档目录", OBJECT, ENCLOSING),
}


def _action(destination: Value) -> Value:
    element = Reference(frozenset({"element"}), rf"\[ {REFERENCE} /Fit \]")
    return {"D": destination, "S": "/GoTo", "SD": element}


_PLACE = Reference(frozenset({"page"}), PLACE)
PDF_A_4_KINDS: Final[dict[str, Kind]] = {
    **{name: kind for name, kind in PDF_A_3_KINDS.items() if name != "information"},
    "link": changed(
        NAVIGATION_KINDS["link"], {"A": _action(rf"(?P<Dest>{STRING})")}, without=["Dest"]
    ),
    "bookmark": changed(NAVIGATION_KINDS["bookmark"], {"A": _action(_PLACE)}, without=["Dest"]),
    "element": changed(
        STRUCTURE_KINDS["element"], {"NS": to("namespace"), "Ref?": to_many("element")}
    ),
    "structure": changed(STRUCTURE_KINDS["structure"], {"Namespaces": to_many("namespace")}),
    "namespace": Kind("结构树", OBJECT, {"NS": STRING, "Type": "/Namespace"}),
    **{
        name: changed(DOCUMENT_KINDS[name], {}, without=["Info"])
        for name in ("trailer", "trailer of a stream", "cross-references")
    },
}
