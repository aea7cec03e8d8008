"""Blocks as the peers read them: Typst, HTML, flat OpenDocument, TeX. All pages are numbered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from benchmarks.speed.sheets import FACES, STYLES, Block, Face, Style
from benchmarks.typography.peers import FONTS, MARGINS_MM

FOLIO_PT = 14
Faces = Mapping[str, Face]


def typst_source(blocks: Sequence[Block]) -> str:
    """Return a Typst document."""
    margins = ", ".join(f"{side}: {size}mm" for side, size in MARGINS_MM.items())
    head = (
        f'#set page(width: 210mm, height: 297mm, margin: ({margins}), numbering: "— 1 —")\n'
        f'#set text(font: ({_typst_fonts("body")}), size: {FOLIO_PT}pt, lang: "zh", region: "cn", '
        "top-edge: 0.88em, bottom-edge: -0.12em)\n"
    )
    styles = "".join(_typst_style(name, style) for name, style in STYLES.items())
    return head + styles + "\n".join(map(_typst_block, blocks))


def _typst_style(name: str, style: Style) -> str:
    lead = style.pitch - style.size
    stroke = f'(bottom: 1pt + rgb("{style.ruled}"))' if style.ruled else "none"
    align = "left" if style.align == "justify" else style.align
    return (
        f"#let {name}(body) = block(width: 100%, above: {lead}pt, below: {lead}pt, stroke: {stroke}, {{\n"
        f'  set text(font: ({_typst_fonts(style.face)}), size: {style.size}pt, fill: rgb("{style.colour}"))\n'
        f"  set par(justify: {str(style.align == 'justify').lower()}, leading: {lead}pt, "
        f"first-line-indent: (amount: {style.indent}em, all: true))\n"
        f"  align({align}, par(body))\n}})\n"
    )


def _typst_block(block: Block) -> str:
    lead_in = ""
    if block.lead_in:
        lead_in = f"#text(font: ({_typst_fonts('heading')}), {_quoted(block.lead_in)})"
    return f"#{block.style}[{lead_in}#text({_quoted(block.text)})]"


def _typst_fonts(face: str) -> str:
    return ", ".join(map(_quoted, FACES[face].families()))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def html_source(blocks: Sequence[Block], faces: Faces = FACES) -> str:
    """Return a page of HTML."""
    margins = " ".join(f"{MARGINS_MM[side]}mm" for side in ("top", "right", "bottom", "left"))
    styles = "".join(_css(f".{name}", style, faces[style.face]) for name, style in STYLES.items())
    body = "".join(
        f"<p class={block.style}>"
        + (f"<b>{escape(block.lead_in)}</b>" if block.lead_in else "")
        + f"{escape(block.text)}</p>"
        for block in blocks
    )
    return (
        "<!doctype html><html lang=zh-CN><meta charset=utf-8><style>"
        f"@page{{size:A4;margin:{margins};@bottom-center{{content:'— ' counter(page) ' —';"
        f"font:{FOLIO_PT}pt {_css_families(faces['body'])}}}}}p{{margin:0}}"
        f"b{{font-weight:{_weight(faces['heading'])};font-family:{_css_families(faces['heading'])}}}"
        f"{styles}</style>{body}"
    )


def _css(selector: str, style: Style, face: Face) -> str:
    rule = f"border-bottom:1pt solid {style.ruled};" if style.ruled else ""
    return (
        f"{selector}{{font:{_weight(face)} {style.size}pt/{style.pitch}pt {_css_families(face)};"
        f"text-align:{style.align};text-indent:{style.indent}em;color:{style.colour};{rule}}}"
    )


def _weight(face: Face) -> str:
    return "bold" if face.bold else "normal"


def _css_families(face: Face) -> str:
    return ",".join(f"'{family}'" for family in face.families())


def fodt_source(blocks: Sequence[Block], faces: Faces = FACES) -> str:
    """Return a flat OpenDocument file."""
    used = dict.fromkeys(family for face in faces.values() for family in (face.latin, face.han))
    declared = "".join(
        f'<style:font-face style:name="{family}" svg:font-family="\'{family}\'"/>'
        for family in used
    )
    styles = "".join(_fodt_style(name, style, faces[style.face]) for name, style in STYLES.items())
    body = "".join(
        f'<text:p text:style-name="{block.style}">'
        + (
            f'<text:span text:style-name="lead_in">{escape(block.lead_in)}</text:span>'
            if block.lead_in
            else ""
        )
        + f"{escape(block.text)}</text:p>"
        for block in blocks
    )
    margins = " ".join(f'fo:margin-{side}="{size}mm"' for side, size in MARGINS_MM.items())
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (
            ("office", "office"),
            ("style", "style"),
            ("fo", "xsl-fo-compatible"),
            ("text", "text"),
            ("svg", "svg-compatible"),
        )
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {names} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:font-face-decls>{declared}</office:font-face-decls>"
        f'<office:styles>{styles}<style:style style:name="lead_in" style:family="text">'
        f"{_fodt_text(STYLES['paragraph'], faces['heading'])}</style:style></office:styles>"
        '<office:automatic-styles><style:page-layout style:name="L"><style:page-layout-properties '
        f'fo:page-width="210mm" fo:page-height="297mm" {margins}/><style:footer-style/></style:page-layout>'
        "</office:automatic-styles>"
        '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">'
        '<style:footer><text:p text:style-name="line">— <text:page-number/> —</text:p></style:footer>'
        f"</style:master-page></office:master-styles><office:body><office:text>{body}</office:text>"
        "</office:body></office:document>"
    )


def _fodt_style(name: str, style: Style, face: Face) -> str:
    rule = f' fo:border-bottom="1pt solid {style.ruled}"' if style.ruled else ""
    return (
        f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties '
        f'fo:text-align="{style.align}" fo:text-indent="{style.indent * style.size}pt" '
        f'fo:line-height="{style.pitch}pt" fo:margin-top="0" fo:margin-bottom="0" fo:orphans="1" '
        f'fo:widows="1" style:line-break="strict" style:punctuation-wrap="hanging" '
        f'style:text-autospace="ideograph-alpha"{rule}/>{_fodt_text(style, face)}</style:style>'
    )


def _fodt_text(style: Style, face: Face) -> str:
    bold = ' fo:font-weight="bold" style:font-weight-asian="bold"' if face.bold else ""
    return (
        f'<style:text-properties style:font-name="{face.latin}" style:font-name-asian="{face.han}"{bold} '
        f'fo:font-size="{style.size}pt" style:font-size-asian="{style.size}pt" fo:color="{style.colour}" '
        'fo:language="zh" fo:country="CN" style:language-asian="zh" style:country-asian="CN"/>'
    )


def tex_source(blocks: Sequence[Block]) -> str:
    """Return a document for XeLaTeX and xeCJK."""
    margins = ",".join(f"{side}={size}mm" for side, size in MARGINS_MM.items())
    faces = "".join(
        rf"\newCJKfontfamily\{name}face[Path={FONTS}/]{{{name}.ttf}}" + "\n" for name in FACES
    )
    styles = "".join(_tex_style(name, style) for name, style in STYLES.items())
    body = "\n".join(
        rf"\{block.style}block{{"
        + (rf"{{\headingface {_tex(block.lead_in)}}}" if block.lead_in else "")
        + f"{_tex(block.text)}}}"
        for block in blocks
    )
    return rf"""\documentclass{{article}}
\usepackage[a4paper,{margins}]{{geometry}}
\usepackage{{xcolor}}
\usepackage[AutoFakeBold=false]{{xeCJK}}
\setmainfont[Path={FONTS}/]{{latin.ttf}}
\setCJKmainfont[Path={FONTS}/]{{body.ttf}}
{faces}{styles}\xeCJKsetup{{PunctStyle=quanjiao,CheckSingle=true}}
\pagestyle{{plain}}\parskip=0pt
\begin{{document}}
{body}
\end{{document}}"""


def _tex_style(name: str, style: Style) -> str:
    line = {"center": r"\centering ", "left": r"\raggedright "}.get(style.align, "")
    rule = (
        rf"\par{{\color[HTML]{{{style.ruled[1:].upper()}}}\hrule height 1pt}}"
        if style.ruled
        else ""
    )
    return (
        rf"\newcommand\{name}block[1]{{{{\fontsize{{{style.size}pt}}{{{style.pitch}pt}}\selectfont"
        rf"\{style.face}face\color[HTML]{{{style.colour[1:].upper()}}}{line}\parindent={style.indent}em "
        rf"#1{rule}\par}}}}" + "\n"
    )


def _tex(text: str) -> str:
    return "".join(f"\\{char}" if char in "%&#$_{}" else char for char in text)
