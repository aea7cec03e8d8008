"""The same paragraphs set by each typesetter: same page, same faces, same size and pitch."""

from __future__ import annotations

import html
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hongtou.bulletin.closing_block import ClosingBlock
from hongtou.bulletin.issue import Article, Issue, Masthead, Paragraph, Run
from hongtou.bulletin.order import Order
from hongtou.config import read_config
from hongtou.faces import open_faces
from hongtou.layouts import open_layouts
from hongtou.plan import make_plan

FONTS = read_config({}).fonts_dir / "files"
SIZE_PT, PITCH_PT = 15.75, 28.95
MARGINS_MM = {"top": 37, "right": 26, "bottom": 35, "left": 28}


@dataclass(frozen=True)
class Peer:
    """A typesetter: whether it is there, and how it sets paragraphs into a PDF."""

    name: str
    is_there: Callable[[], bool]
    set_pages: Callable[[Sequence[str], Path], None]


def with_hongtou(paragraphs: Sequence[str], target: Path) -> None:
    """Set the paragraphs as an article of an issue."""
    from hongtou.paginate.pagination import paginate
    from hongtou.pdf.document import write_pdf
    from hongtou.pdf.medium import screen_medium

    config = read_config({})
    body = tuple(Paragraph((Run(text),)) for text in paragraphs)
    day = date(2026, 11, 23)
    issue = Issue(
        masthead=Masthead(
            nameplate=("工作动态",), issue_number=1, issuing_bodies=("编辑部",), issue_date=day
        ),
        articles=(Article(headline="正文", body=body),),
        closing=ClosingBlock(imprint_body="编辑部", imprint_date=day),
    )
    layout = open_layouts(config.layouts_dir)["dongtai"]
    plan = make_plan(issue, layout, open_faces(config.fonts_dir), Order(), {})
    target.write_bytes(write_pdf(plan, paginate(plan), screen_medium(plan.layout)))


def with_typst(paragraphs: Sequence[str], target: Path) -> None:
    """Set the paragraphs with Typst: justified, its own Chinese spacing on."""
    import typst

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.typ"
        path.write_text(typst_source(paragraphs), encoding="utf-8")
        target.write_bytes(typst.compile(str(path), font_paths=[str(FONTS)]))


def typst_source(paragraphs: Sequence[str]) -> str:
    """Return the paragraphs as a Typst document."""
    margins = ", ".join(f"{side}: {size}mm" for side, size in MARGINS_MM.items())
    head = (
        f"#set page(width: 210mm, height: 297mm, margin: ({margins}))\n"
        f'#set text(font: ("Hongtou Latin", "Hongtou Body", "Hongtou Body Fill"), '
        f'size: {SIZE_PT}pt, lang: "zh", region: "cn", top-edge: 0.88em, bottom-edge: -0.12em)\n'
        f"#set par(justify: true, first-line-indent: (amount: 2em, all: true), "
        f"leading: {PITCH_PT - SIZE_PT}pt, spacing: {PITCH_PT - SIZE_PT}pt)\n"
    )
    return head + "\n\n".join(f"#text({_typst_string(text)})" for text in paragraphs)


def _typst_string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def with_libreoffice(paragraphs: Sequence[str], target: Path) -> None:
    """Set the paragraphs with LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        libreoffice(libreoffice_source(paragraphs), target, Path(folder))


def libreoffice(source: str, target: Path, home: Path) -> None:
    """Convert a flat OpenDocument file; ``home`` keeps the profile from one to the next."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.fodt"
        path.write_text(source, encoding="utf-8")
        subprocess.run(
            [*libreoffice_command(home), "--convert-to", "pdf", "--outdir", folder, str(path)],
            env=with_fonts(home),
            check=True,
            capture_output=True,
            timeout=300,
        )
        shutil.copy(Path(folder) / "text.pdf", target)


def libreoffice_command(home: Path) -> list[str]:
    """Return the command without a task, with its profile in this folder."""
    return ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{home}/profile"]


def libreoffice_source(paragraphs: Sequence[str]) -> str:
    """Return the paragraphs as a flat OpenDocument file."""
    body = "".join(
        f'<text:p text:style-name="P">{html.escape(text)}</text:p>' for text in paragraphs
    )
    margins = " ".join(f'fo:margin-{side}="{size}mm"' for side, size in MARGINS_MM.items())
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls>
<style:font-face style:name="Han" svg:font-family="'Hongtou Body'"/>
<style:font-face style:name="Latin" svg:font-family="'Hongtou Latin'"/>
</office:font-face-decls>
<office:styles><style:style style:name="P" style:family="paragraph">
<style:paragraph-properties fo:text-align="justify" fo:text-indent="{2 * SIZE_PT}pt"
 fo:line-height="{PITCH_PT}pt" fo:margin-top="0" fo:margin-bottom="0" fo:orphans="1" fo:widows="1"
 style:line-break="strict" style:punctuation-wrap="hanging" style:text-autospace="ideograph-alpha"/>
<style:text-properties style:font-name="Latin" style:font-name-asian="Han"
 fo:font-size="{SIZE_PT}pt" style:font-size-asian="{SIZE_PT}pt" fo:language="zh" fo:country="CN"
 style:language-asian="zh" style:country-asian="CN"/></style:style></office:styles>
<office:automatic-styles><style:page-layout style:name="L"><style:page-layout-properties
 fo:page-width="210mm" fo:page-height="297mm" {margins}/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L"/></office:master-styles>
<office:body><office:text>{body}</office:text></office:body></office:document>"""


def with_xelatex(paragraphs: Sequence[str], target: Path) -> None:
    """Set the paragraphs with XeLaTeX and xeCJK."""
    margins = ",".join(f"{side}={size}mm" for side, size in MARGINS_MM.items())
    body = "\n\n".join(_tex(text) for text in paragraphs)
    document = rf"""\documentclass{{article}}
\usepackage[a4paper,{margins}]{{geometry}}
\usepackage[AutoFakeBold=false]{{xeCJK}}
\setmainfont[Path={FONTS}/]{{latin.ttf}}
\setCJKmainfont[Path={FONTS}/]{{body.ttf}}
\xeCJKsetup{{PunctStyle=quanjiao,CheckSingle=true}}
\pagestyle{{empty}}\parskip=0pt\parindent=2em\topskip={PITCH_PT - 9}pt
\begin{{document}}\fontsize{{{SIZE_PT}pt}}{{{PITCH_PT}pt}}\selectfont\parindent=2em
{body}
\end{{document}}"""
    xelatex(document, target)


def xelatex(source: str, target: Path) -> None:
    """Run XeLaTeX once."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "text.tex").write_text(source, encoding="utf-8")
        subprocess.run(
            ["xelatex", "-interaction=batchmode", "text.tex"],
            cwd=folder,
            check=True,
            capture_output=True,
            timeout=300,
        )
        shutil.copy(Path(folder) / "text.pdf", target)


def _tex(text: str) -> str:
    return "".join(f"\\{char}" if char in "%&#$_{}" else char for char in text)


def with_fonts(folder: Path) -> dict[str, str]:
    """Return an environment in which fontconfig knows the project's faces."""
    config = folder / "fonts.conf"
    config.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{FONTS}</dir><cachedir>{folder}/cache</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return {**os.environ, "FONTCONFIG_FILE": str(config)}


def _has_typst() -> bool:
    try:
        import typst  # noqa: F401
    except ImportError:
        return False
    return True


PEERS = (
    Peer("hongtou", lambda: True, with_hongtou),
    Peer("Typst", _has_typst, with_typst),
    Peer("LibreOffice", lambda: shutil.which("soffice") is not None, with_libreoffice),
    Peer("XeLaTeX", lambda: shutil.which("xelatex") is not None, with_xelatex),
)
