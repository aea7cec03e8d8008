"""What stands around text in a .docx, and that no reader sees: fields, links, boxes, frames."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from hongtou.importing.docx.xml_parts import W, text_of, value_of
from hongtou.importing.lines import SHORT_CHARS

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
WRAPPERS = {W + name for name in ("fldSimple", "hyperlink", "bdo", "dir", "ruby", "rubyBase")}
WRAPPERS |= {f"{MC}AlternateContent", f"{MC}Choice"}
REVISED = {f"{W}del", f"{W}moveFrom"}  # all changes are accepted
DROPPED = REVISED | {f"{MC}Fallback", f"{W}rt", f"{W}rubyPr"}  # what Choice and rubyBase have, too


def unwrap(document: Element) -> None:
    """Leave paragraphs, tables and pictures as if nothing stood around them."""
    for owner in reversed([*document.iter()]):  # the inner ones first
        for child in owner:
            if child.tag == f"{W}drawing":
                _open_drawing(child)
            elif child.tag == f"{W}tr":
                _fill_before(child)
        owner[:] = [part for child in owner for part in _parts(child, owner)]


def _parts(child: Element, owner: Element) -> Iterator[Element]:
    is_change = child.tag in REVISED and owner.tag in (f"{W}rPr", f"{W}trPr")  # of a mark, a row
    if child.tag in DROPPED and not is_change:
        return
    if child.tag in WRAPPERS:
        yield from child
    elif child.tag == f"{W}r" and (inner := child.findall(f"{W}r")):  # of a ruby, in its run
        yield from inner
    elif child.tag == f"{W}tbl" and _is_frame(child):
        for cell in child.iterfind(f"{W}tr/{W}tc"):
            yield from (part for part in cell if part.tag != f"{W}tcPr")
    else:
        yield child


def _is_frame(table: Element) -> bool:
    """Tell whether a table only stands around what it has.

    Each of its rows is one cell, or it is one row of columns with paragraphs.
    """
    rows = table.findall(f"{W}tr")
    if len(rows) == 1 and any(map(_is_column, rows[0].findall(f"{W}tc"))):
        return True
    return bool(rows) and all(len(row.findall(f"{W}tc")) == 1 for row in rows)


def _is_column(cell: Element) -> bool:
    """Tell whether a cell has several paragraphs, a long one among them."""
    lengths = [*filter(None, (len(text_of(one).strip()) for one in cell.findall(f"{W}p")))]
    return len(lengths) > 1 and max(lengths) > SHORT_CHARS


def _fill_before(row: Element) -> None:
    """Put an empty cell where a row begins some columns behind the others."""
    columns = value_of(row, "trPr/gridBefore")
    if columns and columns != "0":
        cell = Element(f"{W}tc")
        SubElement(SubElement(cell, f"{W}tcPr"), f"{W}gridSpan").set(f"{W}val", columns)
        SubElement(cell, f"{W}p")
        row.insert([*row].index(row.find(f"{W}trPr")) + 1, cell)


def _open_drawing(drawing: Element) -> None:
    """Leave of a drawing with boxes, or a group, the texts and the pictures."""
    boxes = [*drawing.iter(f"{W}txbxContent")]
    pictures = [*drawing.iter(f"{PIC}pic")]
    if not boxes and len(pictures) < 2 and drawing.find(f".//{A}graphicData/{PIC}pic") is not None:
        return
    if boxes or pictures:
        drawing[:] = [*map(_shown, pictures)]
        drawing.tag = f"{W}drawing"
        SubElement(drawing, f"{W}pict").extend(boxes)


def _shown(picture: Element) -> Element:
    shown = Element(f"{WP}inline")
    data = SubElement(SubElement(shown, f"{A}graphic"), f"{A}graphicData")
    data.append(picture)
    return shown
