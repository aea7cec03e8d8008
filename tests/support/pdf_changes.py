"""Ways in which a finished PDF can be spoilt; each alters what pikepdf has opened."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from pikepdf import Array, Dictionary, Name

Change = Callable[[pikepdf.Pdf], object]


def narrow(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].mediabox = pdf.pages[1].trimbox = Array([0, 0, 612, 792])


def turn(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].rotate(90, relative=True)


def drop_page(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1]


def repeat_page(pdf: pikepdf.Pdf) -> None:
    """Let the tree show the first page twice, in place of the second."""
    pdf.Root.Pages.Kids[1] = pdf.Root.Pages.Kids[0]


def hide_page(pdf: pikepdf.Pdf) -> None:
    """Keep a page in the file that no reader shows: the links lead to it."""
    pdf.Root.Pages.Kids.append(pdf.make_indirect(Dictionary(pdf.pages[0].obj)))
    pdf.Root.Names.Dests.Names = Array(["a", [pdf.Root.Pages.Kids[2], Name.XYZ, 0, 0, 0]])
    del pdf.Root.Pages.Kids[2]


def trim(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].trimbox = Array([10, 10, 585, 832])


def page_entry(**entries: Any) -> Change:
    """Return a change that gives the first page more entries."""
    return lambda pdf: pdf.pages[0].obj.update({f"/{key}": entries[key] for key in entries})


def intend_a_press(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents = Array([])


def trap(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo.Trapped = Name("/False")


def draw(content: bytes) -> Change:
    """Return a change that lets the second page draw more."""

    def add(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[1].obj
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n" + content)

    return add


def draw_only(content: bytes) -> Change:
    def replace(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].obj.Contents = pdf.make_stream(content)

    return replace


def split_content(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].contents_add(pdf.make_stream(b"q Q"))


def first_font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(iter(pdf.pages[0].Resources.Font.values()))


def program(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return first_font(pdf).DescendantFonts[0].FontDescriptor.FontFile2


def without(*keys: str) -> Change:
    """Return a change that takes an entry from the first font, at the end of a path of keys."""

    def remove(pdf: pikepdf.Pdf) -> None:
        holder = first_font(pdf)
        for key in keys[:-1]:
            holder = holder[key][0] if key == "/DescendantFonts" else holder[key]
        del holder[keys[-1]]

    return remove


def rename_font(pdf: pikepdf.Pdf) -> None:
    descendant = first_font(pdf).DescendantFonts[0]
    name = Name("/ABCDEF+SimSun")
    first_font(pdf).BaseFont = descendant.BaseFont = descendant.FontDescriptor.FontName = name


def rename_half(pdf: pikepdf.Pdf) -> None:
    first_font(pdf).DescendantFonts[0].BaseFont = Name("/ABCDEF+SimSun")


def untag_font(pdf: pikepdf.Pdf) -> None:
    font = first_font(pdf)
    font.BaseFont = Name("/" + str(font.BaseFont).partition("+")[2])


def with_program(change: Callable[[bytes], bytes], *, is_told: bool = True) -> Change:
    """Return a change of the program of the first font, whose length is told or not."""

    def rewrite(pdf: pikepdf.Pdf) -> None:
        content = change(program(pdf).read_bytes())
        program(pdf).write(content)
        if is_told:
            program(pdf).Length1 = len(content)

    return rewrite


def without_outlines(content: bytes) -> bytes:
    face = TTFont(io.BytesIO(content))
    for name in face.getGlyphOrder():
        face["glyf"][name] = Glyph()
    written = io.BytesIO()
    face.save(written)
    return written.getvalue()


def swap_programs(pdf: pikepdf.Pdf) -> None:
    first, second, *_ = (
        font.DescendantFonts[0].FontDescriptor for font in pdf.pages[0].Resources.Font.values()
    )
    first.FontFile2, second.FontFile2 = second.FontFile2, first.FontFile2


def say_nothing(pdf: pikepdf.Pdf) -> None:
    first_font(pdf).ToUnicode = pdf.make_stream(b"begincmap\nendcmap")


def standard_font(pdf: pikepdf.Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.pages[0].Resources.Font.Hx = pdf.make_indirect(font)


def drawn_font(pdf: pikepdf.Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type3, CharProcs=Dictionary())
    pdf.pages[1].Resources.Font.T3 = pdf.make_indirect(font)
    draw(b"BT /T3 9 Tf ET")(pdf)


def broken_font(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources.Font.F1 = 5


def rename_font_resources(pdf: pikepdf.Pdf) -> None:
    """Let no page find any of its fonts, though all are in the file."""
    fonts = pdf.pages[0].Resources.Font
    for name in list(fonts.keys()):
        fonts[f"{name}x"] = fonts[name]
        del fonts[name]


def drawing_state(state: Callable[[pikepdf.Pdf], Dictionary], *, is_direct: bool) -> Change:
    def add(pdf: pikepdf.Pdf) -> None:
        made = state(pdf) if is_direct else pdf.make_indirect(state(pdf))
        pdf.pages[1].Resources.ExtGState = Dictionary(G0=made)
        draw(b"/G0 gs")(pdf)

    return add


def font_in_state(pdf: pikepdf.Pdf) -> Dictionary:
    return Dictionary(Font=Array([first_font(pdf), 9]))


def mask_in_state(pdf: pikepdf.Pdf) -> Dictionary:
    return Dictionary(
        Type=Name.ExtGState, SMask=Dictionary(S=Name.Luminosity, G=form(pdf, b"/F0 9 Tf"))
    )


def form(pdf: pikepdf.Pdf, content: bytes, **entries: Any) -> pikepdf.Object:
    return pdf.make_stream(
        content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9], **entries
    )


def picture(pdf: pikepdf.Pdf, **entries: Any) -> pikepdf.Object:
    wanted = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8,
        ColorSpace=Name.DeviceGray, Filter=Name.FlateDecode,
        DecodeParms=Dictionary(Predictor=15, Colors=1, Columns=1),
    )  # fmt: skip
    made = pdf.make_stream(zlib.compress(b"\0\0"), wanted)
    made.update({f"/{key}": entries[key] for key in entries})
    return made


def show(made: Callable[[pikepdf.Pdf], pikepdf.Object]) -> Change:
    def add(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].Resources.XObject.I0 = made(pdf)
        draw(b"q 1 0 0 1 0 0 cm /I0 Do Q")(pdf)

    return add


def optional_content(pdf: pikepdf.Pdf) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="草稿"))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))


def run_at_opening(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def named_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names.JavaScript = Dictionary(
        Names=Array(["a", pdf.make_indirect(Dictionary(S=Name.JavaScript, JS="app.alert(1)"))])
    )


def note(subtype: str, **entries: Any) -> Change:
    """Return a change that adds an annotation, complete but for what is different in it."""

    def add(pdf: pikepdf.Pdf) -> None:
        made = Dictionary(
            Type=Name.Annot, Subtype=Name(subtype), Rect=[0, 0, 9, 9], BS=Dictionary(W=0), F=4,
            Contents="a", StructParent=99, Dest="article-1",
        )  # fmt: skip
        made.update({f"/{key}": entries[key] for key in entries})
        pdf.pages[0].Annots = Array([pdf.make_indirect(made)])

    return add


def link(action: Dictionary) -> Change:
    return note("/Link", A=action)


def link_with_looks(pdf: pikepdf.Pdf) -> None:
    note("/Link", AP=Dictionary(N=form(pdf, b"/F0 9 Tf")))(pdf)


def attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["passwd"] = b"root:x:0:0"


def name_a_file(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Reference = Dictionary(Type=Name.Filespec, F="/etc/passwd")


def elsewhere(**entries: Any) -> Change:
    """Return a change that says of a page's content that it is in another file."""
    return lambda pdf: pdf.pages[0].obj.Contents.update(
        {f"/{key}": entries[key] for key in entries}
    )


def misname(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Outlines = pdf.Root.Pages


def empty_struct(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.K.S = 5
