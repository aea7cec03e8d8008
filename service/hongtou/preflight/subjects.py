"""Rules on the objects of a file: each must be of a kind that our writer makes.

The names below refuse nothing. They only tell which rule has refused an object, so that the log
names what came into the file. An object with none of them breaks the rule of the nearest kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from hongtou.bulletin.finding import printable
from hongtou.preflight.inspected_pdf import InspectedPdf
from hongtou.preflight.kinds.fonts import FONT_TYPE
from hongtou.preflight.kinds.kind import INFORMATION, INTENT, OBJECT
from hongtou.preflight.kinds.navigation import ANNOTATION
from hongtou.preflight.kinds.pages import PICTURE
from hongtou.preflight.objects import ObjectFault
from hongtou.preflight.rule import Rule

NAME = re.compile(rb"/([^\s()<>\[\]{}/%]+)")
LITERAL = re.compile(rb"\((?:[^()\\]|\\.)*+\)", re.S)


@dataclass(frozen=True, slots=True)
class Subject:
    """What may be wrong with objects: the code, a sentence, and the names by which it is known."""

    code: str
    sentence: str
    names: frozenset[str] = frozenset()


SUBJECTS = (
    Subject("preflight/script", "含有脚本", frozenset({"JavaScript", "JS", "XFA"})),
    Subject(
        "preflight/action",
        "含有动作",
        # ISO 32000-2 §12.6: our links and bookmarks have destinations, not actions.
        frozenset(
            {
                "AA", "AcroForm", "GoTo", "GoTo3DView", "GoToDp", "GoToE", "GoToR", "Hide",
                "ImportData", "Launch", "Movie", "Named", "OpenAction", "Rendition", "ResetForm",
                "RichMedia", "RichMediaExecute", "SetOCGState", "Sound", "SubmitForm", "Thread",
                "Trans", "URI",
            }
        ),
    ),
    Subject(
        "preflight/attachment",
        "含有附件，或指向别的文件",
        # §7.11.4 (embedded files), §12.5.6.15 (annotations), §14.13 (associated files). A /Filespec
        # may name a file on the reader's machine even if nothing is embedded.
        frozenset({"AF", "EF", "EmbeddedFile", "EmbeddedFiles", "FileAttachment", "Filespec"}),
    ),
    Subject(
        "preflight/external-stream",
        "有数据流的内容在别的文件里",
        frozenset({"FDecodeParms", "FFilter"}),  # §7.3.8.2, table 5; for /F see `_codes`
    ),
    Subject(
        "preflight/boxes",
        "页面框与本服务写出的不同",
        frozenset({"ArtBox", "BleedBox", "CropBox", "MediaBox", "TrimBox", "UserUnit"}),  # §14.11.2
    ),
    Subject("preflight/a4", "有一页转了方向", frozenset({"Rotate"})),
    Subject(
        "preflight/optional-content",
        "含有可以隐藏的图层",
        frozenset({"OC", "OCG", "OCMD", "OCProperties"}),  # §8.11
    ),
    Subject("preflight/graphics-state", "含有绘图状态", frozenset({"ExtGState"})),  # §8.4.5
    Subject(ANNOTATION, "含有本服务不写的注释", frozenset({"Annot", "Annots"})),  # §12.5
    Subject(
        PICTURE,
        "含有本服务不写的图片或图形",
        frozenset({"Alternates", "OPI", "XObject"}),  # §8.8, §8.9, §8.10
    ),
    Subject(
        "preflight/fonts-embedded",
        "有字体没有嵌入",
        frozenset({"FontDescriptor", "FontFile", "FontFile2", "FontFile3"}),  # §9.9
    ),
    Subject(FONT_TYPE, "含有本服务不写的字体", frozenset({"Type3"})),
    Subject(INTENT, "输出意图不是所要的", frozenset({"OutputIntents", "OutputIntent"})),  # §14.11.5
    Subject(INFORMATION, "文档信息不合成品的用途", frozenset({"Trapped"})),
    Subject(OBJECT, "含有本服务不写的内容"),
)  # fmt: skip
CODES = {name: subject.code for subject in SUBJECTS for name in subject.names}
EXTERNAL = "preflight/external-stream"


def _codes(fault: ObjectFault) -> set[str]:
    """Return the codes of a fault: of the names in it, else of the kind."""
    entry, kind = fault.entry, fault.kind
    if entry.key == "F" and kind and kind.is_stream:  # elsewhere /F holds the flags of annotations
        return {EXTERNAL}
    within = NAME.findall(LITERAL.sub(b"", entry.value))
    names = {entry.key, *(name.decode("latin-1") for name in within)}
    codes = {CODES[name] for name in names if name in CODES}
    return codes or {kind.code if kind else OBJECT}


def _message(fault: ObjectFault) -> str:
    """Return a fault in words: the object, its entry and value, and what is wrong."""
    number, kind, entry = fault
    title = f"（{kind.title}）" if kind else ""
    shown = f"/{entry.key} {entry.value.decode('latin-1')}".removeprefix("/ ").strip()
    return f"对象 {number.decode()}{title}{entry.wrong} {printable(shown)}"


def _coded(faults: Iterable[ObjectFault]) -> list[tuple[ObjectFault, set[str]]]:
    """Return faults with their codes; OBJECT only of objects that nothing else is told of."""
    coded = [(fault, _codes(fault)) for fault in faults]
    told = {fault.number for fault, codes in coded if codes != {OBJECT}}
    return [
        (fault, codes) for fault, codes in coded if codes != {OBJECT} or fault.number not in told
    ]


def _faults_of(subject: Subject) -> Callable[[InspectedPdf], Iterator[str]]:
    def faults(inspected: InspectedPdf) -> Iterator[str]:
        for fault, codes in _coded(inspected.faults):
            if subject.code in codes:
                yield f"{subject.sentence}：{_message(fault)}"

    return faults


OBJECT_RULES = tuple(Rule(subject.code, _faults_of(subject)) for subject in SUBJECTS)
