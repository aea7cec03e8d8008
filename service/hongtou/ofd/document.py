"""Pages → the bytes of an OFD file, and what holds its pages together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from xml.etree.ElementTree import Element

from hongtou import __version__
from hongtou.bulletin.enclosed_names import LISTING
from hongtou.bulletin.enclosure import Enclosure
from hongtou.bulletin.month import first_day
from hongtou.layouts import Layout
from hongtou.ofd.content import PageWriter
from hongtou.ofd.fonts import EmbeddedFont, embed_fonts
from hongtou.ofd.markup import add, element, lengths, number, written
from hongtou.ofd.text import LineWriter
from hongtou.pages.page import Bookmark, Destination, Pages
from hongtou.pictures.printing import PrintedPicture
from hongtou.plan import Plan
from hongtou.zip_package import packed

ROOT, FOLDER = "OFD.xml", "Doc_0"
KIB = 1024
FORMATS = {"image/png": ("PNG", "png"), "image/jpeg": ("JPEG", "jpg")}


def write_ofd(plan: Plan, pages: Pages, enclosures: Sequence[Enclosure]) -> bytes:
    """Return the file of these pages, with files enclosed."""
    return packed(_Writer(plan, pages).files(enclosures), ROOT)


class _Writer:
    """Writes a document; its objects are numbered from 1 as they are written."""

    def __init__(self, plan: Plan, pages: Pages) -> None:
        self._plan = plan
        self._pages = pages
        self._numbers = count(1)
        self._fonts = embed_fonts(pages.lines(), self._numbers)
        drawn = {picture.digest: picture for picture in plan.pictures.values()}
        self._pictures = {digest: (next(self._numbers), drawn[digest]) for digest in sorted(drawn)}
        self._page_numbers = [next(self._numbers) for _ in pages]

    def files(self, enclosures: Sequence[Enclosure]) -> dict[str, bytes]:
        """Return the members of the file by name."""
        pictures = {digest: key for digest, (key, _) in self._pictures.items()}
        writer = PageWriter(
            LineWriter(self._fonts, self._plan.layout.em("composition.baseline")),
            pictures,
            _colours(self._plan.layout),
            self._numbers,
        )
        actions = self._actions()
        files = {
            f"{FOLDER}/{_page_file(at)}": written(writer.content(page, actions))
            for at, page in enumerate(self._pages)
        }
        files |= {f"{FOLDER}/Res/{_font_file(one)}": one.content for one in self._fonts.values()}
        files |= {
            f"{FOLDER}/Res/{_picture_file(*one)}": one[1].content for one in self._pictures.values()
        }
        files |= {f"{FOLDER}/Attachs/{one.name}": one.content for one in enclosures}
        files[f"{FOLDER}/Attachs/{LISTING}"] = written(self._attachments(enclosures))
        files[f"{FOLDER}/PublicRes.xml"] = written(self._public_resources())
        if self._pictures:
            files[f"{FOLDER}/DocumentRes.xml"] = written(self._document_resources())
        files[f"{FOLDER}/Document.xml"] = written(self._document())
        files[ROOT] = written(self._root())
        return files

    def _actions(self) -> dict[int, Element]:
        """Return the actions of the entries of the contents, by the keys of their texts."""
        anchors = self._pages.anchors
        return {
            link.text.key: self._leading(anchors[link.target])
            for page in self._pages
            for link in page.links
        }

    def _leading(self, place: Destination) -> Element:
        actions = element("Actions")
        target = add(add(actions, "Action", Event="CLICK"), "Goto")
        add(
            target,
            "Dest",
            Type="XYZ",
            PageID=self._page_numbers[place.page - 1],
            Left=lengths(place.x),
            Top=lengths(place.y),
            Zoom=0,
        )
        return actions

    def _public_resources(self) -> Element:
        root = element("Res", BaseLoc="Res")
        fonts = add(root, "Fonts")
        for one in self._fonts.values():
            family = one.face.family
            font = add(
                fonts,
                "Font",
                ID=one.number,
                FontName=family.replace(" ", ""),
                FamilyName=family,
                Charset="unicode",
            )
            add(font, "FontFile", _font_file(one))
        return root

    def _document_resources(self) -> Element:
        root = element("Res", BaseLoc="Res")
        media = add(root, "MultiMedias")
        for key, picture in self._pictures.values():
            shown = FORMATS[picture.media_type][0]
            medium = add(media, "MultiMedia", ID=key, Type="Image", Format=shown)
            add(medium, "MediaFile", _picture_file(key, picture))
        return root

    def _attachments(self, enclosures: Sequence[Enclosure]) -> Element:
        root = element("Attachments")
        for at, one in enumerate(enclosures, start=1):
            attachment = add(
                root,
                "Attachment",
                ID=f"enclosure-{at}",
                Name=one.name,
                Format=one.media_type.rpartition("/")[2].upper(),
                CreationDate=f"{first_day(self._plan.issue_date).isoformat()}T00:00:00",
                Size=number(len(one.content) / KIB),
                Visible="true",
            )
            add(attachment, "FileLoc", one.name)
        return root

    def _document(self) -> Element:
        """Return the root of the document; it states the highest number, so it is written last."""
        first = self._pages.pages[0]
        root = element("Document")
        common = add(root, "CommonData")
        highest = add(common, "MaxUnitID")
        area = add(common, "PageArea")
        add(area, "PhysicalBox", lengths(0, 0, first.width, first.height))
        add(common, "PublicRes", "PublicRes.xml")
        if self._pictures:
            add(common, "DocumentRes", "DocumentRes.xml")
        listed = add(root, "Pages")
        for at, key in enumerate(self._page_numbers):
            add(listed, "Page", ID=key, BaseLoc=_page_file(at))
        if self._pages.bookmarks:
            self._outlines(root)
        add(root, "Attachments", f"Attachs/{LISTING}")
        highest.text = str(next(self._numbers))
        return root

    def _outlines(self, root: Element) -> None:
        """Add the bookmarks, nested by level."""
        above: list[tuple[Bookmark | None, Element]] = [(None, add(root, "Outlines"))]
        nested: list[tuple[Bookmark, Element]] = []
        for mark in self._pages.bookmarks:
            while (last := above[-1][0]) and last.level >= mark.level:
                above.pop()
            item = add(above[-1][1], "OutlineElem", Title=mark.title, Count=0, Expanded="true")
            item.append(self._leading(mark.place))
            above.append((mark, item))
            nested.append((mark, item))
        for _, item in nested:
            item.set("Count", str(len(item) - 1))

    def _root(self) -> Element:
        plan, day = self._plan, first_day(self._plan.issue_date).isoformat()
        root = element("OFD", Version="1.0", DocType="OFD")
        body = add(root, "DocBody")
        information = add(body, "DocInfo")
        add(information, "DocID", plan.digest[:32])
        add(information, "Title", plan.title)
        add(information, "Author", plan.author)
        add(information, "CreationDate", day)
        add(information, "ModDate", day)
        add(information, "Creator", "hongtou")
        add(information, "CreatorVersion", __version__)
        add(body, "DocRoot", f"{FOLDER}/Document.xml")
        return root


def _page_file(at: int) -> str:
    return f"Pages/Page_{at}/Content.xml"


def _font_file(font: EmbeddedFont) -> str:
    return f"font_{font.number}.ttf"


def _picture_file(key: int, picture: PrintedPicture) -> str:
    return f"image_{key}.{FORMATS[picture.media_type][1]}"


def _colours(layout: Layout) -> Mapping[str, str]:
    """Return the colours of a layout as an OFD file writes them, by their names."""
    return {name: " ".join(map(str, levels)) for name, levels in layout.colours.items()}
