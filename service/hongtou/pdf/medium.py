"""What a PDF is made for: its inks, its form, and what it claims and encloses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hongtou.bulletin.enclosure import Enclosure
from hongtou.layouts import Layout
from hongtou.pages.imposition import Imposition
from hongtou.pages.numbering import NumberedCopy
from hongtou.pdf.file import FileForm
from hongtou.pdf.inks import Inks, screen_inks
from hongtou.pdf.intent import OutputIntent
from hongtou.pdf.separations import Separation
from hongtou.pdf.sheet import Sheet
from hongtou.pictures.printing import PrintedPicture

SCREEN_FORM = FileForm()


def as_it_is(picture: PrintedPicture) -> PrintedPicture:
    """Return a picture as a screen shows it."""
    return picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    """What a PDF is made for.

    One ``to_read`` has tags, links and bookmarks. ``descriptions`` are further parts of its XMP and
    ``information`` further entries of the dictionary that says the same; their dates have a time if
    it ``has_times``. ``intent`` says which colours its device colours are, ``plates`` are those
    beside the process colours, ``sheet`` is what stands around every page, ``imposition`` where
    pages stand on larger sheets, ``copies`` are those of all pages with numbers of their own,
    ``adapted_picture`` brings a picture into its colours, and
    ``enclosures`` are files that it carries.
    """

    inks: Inks
    form: FileForm = SCREEN_FORM
    descriptions: Sequence[str] = ()
    intent: OutputIntent | None = None
    enclosures: Sequence[Enclosure] = ()
    to_read: bool = True
    information: str = ""
    has_times: bool = False
    plates: Sequence[Separation] = ()
    sheet: Sheet | None = None
    imposition: Imposition | None = None
    copies: Sequence[NumberedCopy] = ()
    adapted_picture: Callable[[PrintedPicture], PrintedPicture] = as_it_is

    @property
    def is_pdf_2(self) -> bool:
        """Tell whether the file is one of ISO 32000-2, which asks more of links and tags."""
        return self.form.version == "2.0"


def screen_medium(layout: Layout, form: FileForm = SCREEN_FORM) -> Medium:
    """Return the medium for reading and for office printers."""
    return Medium(inks=screen_inks(layout), form=form)
