"""Letters as a drawing (艺术字, WordArt) → text: the names of many old bulletins are such."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from hongtou.importing.docx.xml_parts import W

TEXT_PATH = "{urn:schemas-microsoft-com:vml}textpath"
HALF_POINTS = "72"  # stands for the size of drawn letters, which have none of their own


def write_word_art(document: Element) -> None:
    """Write the letters of every drawing behind it, in a run of its own."""
    for paragraph in document.iter(f"{W}p"):
        for run in paragraph.findall(f"{W}r"):
            for path in run.iter(TEXT_PATH):
                if letters := path.get("string", "").strip():
                    paragraph.insert([*paragraph].index(run) + 1, _run(letters))


def _run(letters: str) -> Element:
    run = Element(f"{W}r")
    SubElement(SubElement(run, f"{W}rPr"), f"{W}sz").set(f"{W}val", HALF_POINTS)
    SubElement(run, f"{W}t").text = letters
    return run
