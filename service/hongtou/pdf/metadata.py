"""Document information for old readers, and the same as XMP. The dates come from the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from hongtou import __version__
from hongtou.pdf.file import PdfFile
from hongtou.pdf.syntax import string
from hongtou.plan import Plan

PRODUCER = f"hongtou {__version__}"
LANGUAGE = "zh-CN"
# ISO 16684-1 §7.3: a packet, whose id is the same in all files; \ufeff marks it as UTF-8.
XMP = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>{descriptions}</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def description(content: str, **namespaces: str) -> str:
    """Return a part of XMP: elements, and the namespaces of their prefixes."""
    declared = "".join(f' xmlns:{prefix}="{name}"' for prefix, name in namespaces.items())
    return f'<rdf:Description rdf:about=""{declared}>\n{content}\n</rdf:Description>'


@dataclass(frozen=True, slots=True)
class Dated:
    """The date of an issue as metadata have it, with a time where a standard asks for one.

    An issue has none: it is the beginning of its day in China.
    """

    day: date
    has_time: bool = False

    @property
    def in_pdf(self) -> str:
        """Return the date as a PDF has it (ISO 32000-1 §7.9.4)."""
        time = "000000+08'00'" if self.has_time else ""
        return string(f"D:{self.day:%Y%m%d}{time}")

    @property
    def in_xmp(self) -> str:
        """Return the date as XMP has it (ISO 16684-1 §8.2.1.2)."""
        return f"{self.day.isoformat()}{'T00:00:00+08:00' if self.has_time else ''}"


def add_information(file: PdfFile, plan: Plan, dated: Dated, entries: str = "") -> int:
    """Add the information dictionary (ISO 32000-1 §14.3.3) and return its number.

    ``entries`` are further ones.
    """
    return file.add(
        f"<</Title{string(plan.title)}/Author{string(plan.author)}/Producer{string(PRODUCER)}"
        f"/CreationDate{dated.in_pdf}/ModDate{dated.in_pdf}{entries}>>"
    )


def add_xmp(file: PdfFile, plan: Plan, dated: Dated, descriptions: Sequence[str] = ()) -> int:
    """Add the metadata stream (ISO 32000-1 §14.3.2) and return its number.

    ``descriptions`` are further elements rdf:Description.

    It is not compressed, so that programs can read it without parsing the PDF.
    """
    packet = XMP.format(
        title=escape(plan.title),
        author=escape(plan.author),
        language=LANGUAGE,
        date=dated.in_xmp,
        producer=PRODUCER,
        descriptions="".join(descriptions),
    )
    return file.add_stream(packet.encode("utf-8"), "/Type/Metadata/Subtype/XML", encoded=True)
