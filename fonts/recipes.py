"""Which face comes from where, what it gives to its role, and the chains of the roles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from charsets import is_chinese_mark, is_han, is_latin, is_number_series, is_sign_of_forms
from curves import Fineness

NOTO = "usr/share/fonts/opentype/noto"
FANDOL = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
TRUETYPE = "usr/share/fonts/truetype"

OFL, FANDOL_GPL, ARPHIC = "OFL-1.1", "GPL-3.0-with-font-exception", "Arphic-1999"
LICENCE_FILES = {OFL: "OFL-1.1.txt", FANDOL_GPL: "GPL-3.0-fandol.txt", ARPHIC: "ARPHICPL.txt"}

# Fandol's files name no licence inside; its COPYING lets modified versions keep the exception.
FANDOL_NOTE = (
    "GNU General Public License, version 3. As a special exception, if you create a document which "
    "uses this font, and embed this font or unaltered portions of this font into the document, "
    "this font does not by itself cause the resulting document to be covered by the GNU General "
    "Public License. This exception is extended to this modified version."
)

# The third face of a Noto collection is the Simplified Chinese one.
SIMPLIFIED = 2


@dataclass(frozen=True, slots=True)
class Slant:
    """What makes a light 宋 look like 仿宋: narrower, its horizontals rising to the right.

    ``width`` and ``height`` are factors about the middle of the square; ``rise`` is in degrees.
    """

    width: float
    height: float
    rise: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Where a face comes from and what is done to it.

    ``gives`` tells which characters the face is asked for; a fill gives what the face it fills
    lacks. ``raised`` moves all glyphs up, and ``seats`` single marks, in 1/1000 em. ``squares``
    puts every glyph in the middle of a square.
    """

    id: str
    title: str
    family: str
    package: str
    path: str
    licence: str
    gives: Callable[[int], bool]
    weight: int = 400
    number: int = -1
    fill_of: str = ""
    raised: int = 0
    slant: Slant | None = None
    fineness: Fineness | None = None
    seats: tuple[tuple[str, int], ...] = ()
    centres_marks: bool = False
    squares: bool = False
    keeps_kerning: bool = False
    licence_note: str = ""  # for a source that carries none


def everything(char: int) -> bool:
    """Tell that a face gives whatever it has: it sets its own letters and digits too."""
    return True


def not_latin(char: int) -> bool:
    """Leave letters and digits to the Latin face: KaitiM's Greek ones are as wide as Han."""
    return not is_latin(char)


def han_and_marks(char: int) -> bool:
    """Leave signs and symbols to the fill: FandolFang's are Computer Modern's, dark and wide."""
    return is_han(char) or is_chinese_mark(char)


def not_latin_nor_series(char: int) -> bool:
    """Leave ①-⑳ and the like to the fill, whole: KaitiM has ①-⑩ only, and another hand shows."""
    return not_latin(char) and not is_number_series(char)


def han_and_series(char: int) -> bool:
    """Give no symbols: UKai's are screen-era drawings, those of the 宋体 are better."""
    return is_han(char) or is_number_series(char)


RECIPES = (
    Recipe(
        id="title",
        title="小标宋",
        family="Hongtou Title",
        package="fonts-noto-cjk",
        path=f"{NOTO}/NotoSerifCJK-Bold.ttc",
        number=SIMPLIFIED,
        licence=OFL,
        weight=700,
        gives=everything,
    ),
    Recipe(
        id="body",
        title="仿宋",
        family="Hongtou Body",
        package="texlive-lang-chinese",
        path=f"{FANDOL}/FandolFang-Regular.otf",
        licence=FANDOL_GPL,
        licence_note=FANDOL_NOTE,
        gives=han_and_marks,
        raised=72,  # its Han stand that much below the middle of the square
        # At 三号 0.01 mm, half a dot of a 1200 dpi printer; the face is set no larger.
        fineness=Fineness(tolerance=1.75, grid=2),
        seats=(("“”‘’", 60),),
        centres_marks=True,
    ),
    Recipe(
        id="body-fill",
        title="仿宋补字",
        family="Hongtou Body Fill",
        package="fonts-noto-cjk-extra",
        path=f"{NOTO}/NotoSerifCJK-Light.ttc",
        number=SIMPLIFIED,
        licence=OFL,
        gives=not_latin,
        fill_of="body",
        slant=Slant(width=0.89, height=1.0, rise=4.0),
    ),
    Recipe(
        id="note",
        title="楷体",
        family="Hongtou Note",
        package="fonts-arphic-gkai00mp",
        path=f"{TRUETYPE}/arphic-gkai00mp/gkai00mp.ttf",
        licence=ARPHIC,
        gives=not_latin_nor_series,
        raised=-10,
        seats=(("，", -150), ("。、", -90), ("；：", 118), ("“”‘’", 140)),
        centres_marks=True,
    ),
    Recipe(
        id="note-fill",
        title="楷体补字",
        family="Hongtou Note Fill",
        package="fonts-arphic-ukai",
        path=f"{TRUETYPE}/arphic/ukai.ttc",
        number=0,
        licence=ARPHIC,
        gives=han_and_series,
        fill_of="note",
    ),
    Recipe(
        id="heading",
        title="黑体",
        family="Hongtou Heading",
        package="fonts-noto-cjk-extra",
        path=f"{NOTO}/NotoSansCJK-Medium.ttc",
        number=SIMPLIFIED,
        licence=OFL,
        weight=500,
        gives=everything,
    ),
    Recipe(
        id="folio",
        title="宋体",
        family="Hongtou Folio",
        package="fonts-noto-cjk",
        path=f"{NOTO}/NotoSerifCJK-Regular.ttc",
        number=SIMPLIFIED,
        licence=OFL,
        gives=everything,
    ),
    Recipe(
        id="latin",
        title="西文",
        family="Hongtou Latin",
        package="fonts-liberation2",
        path=f"{TRUETYPE}/liberation2/LiberationSerif-Regular.ttf",
        licence=OFL,
        gives=is_latin,
        raised=40,  # figures are 675 high: this brings them near the middle of the Han
        keeps_kerning=True,
    ),
    Recipe(
        id="latin-light",
        title="细西文",
        family="Hongtou Latin Light",
        package="fonts-noto-cjk-extra",
        path=f"{NOTO}/NotoSerifCJK-Light.ttc",
        number=SIMPLIFIED,
        licence=OFL,
        weight=300,
        gives=is_latin,
        keeps_kerning=True,
    ),
    Recipe(
        id="latin-fangsong",
        title="仿宋的西文",
        family="Hongtou Latin Fangsong",
        package="texlive-lang-chinese",
        path=f"{FANDOL}/FandolFang-Regular.otf",
        licence=FANDOL_GPL,
        licence_note=FANDOL_NOTE,
        gives=is_latin,
        raised=72,  # as its Han
        keeps_kerning=True,
    ),
    Recipe(
        id="symbols",
        title="符号",
        family="Hongtou Symbols",
        package="fonts-noto-core",
        path=f"{TRUETYPE}/noto/NotoSansSymbols2-Regular.ttf",
        licence=OFL,
        gives=is_sign_of_forms,
        squares=True,
    ),
)

# role: what it is for, and the faces tried for each character, in order
# Letters that only the Western face has (Š, ł, ğ) come last: a finding tells of them.
ROLES = {
    "nameplate": ("简报名称", ("title", "folio", "symbols", "latin")),
    "title": ("标题（小标宋）", ("title", "folio", "symbols", "latin")),
    "body": ("正文（仿宋）", ("latin", "body", "body-fill", "folio", "symbols")),
    "note": ("按语、二级标题（楷体）", ("latin", "note", "note-fill", "folio", "symbols")),
    "heading": ("一级标题、导语（黑体）", ("heading", "folio", "symbols", "latin")),
    "folio": ("页码（宋体）", ("folio", "symbols", "latin")),
    "latin": ("西文与数字", ("latin", "folio", "symbols")),
    "latin_light": ("细的西文与数字", ("latin-light", "latin", "folio", "symbols")),
    "latin_fangsong": ("仿宋的西文与数字", ("latin-fangsong", "latin", "folio", "symbols")),
}


def recipe_of(id: str) -> Recipe:
    """Return the recipe of a face."""
    return next(recipe for recipe in RECIPES if recipe.id == id)
