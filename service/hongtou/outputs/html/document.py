"""Plan → a document of HTML. What each text is, the structure tells that also tags the PDF."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from importlib.resources import files
from xml.etree.ElementTree import Element as Tag
from xml.etree.ElementTree import SubElement, tostring

from hongtou.bulletin.edition_name import edition_name
from hongtou.outputs.html.tables import alignments_of, cell_attributes, cell_tag, scrolling
from hongtou.plan import Plan, SetText
from hongtou.plan.structure import HEADINGS, Element, document_structure, is_row_of_pictures

# What stands for a role of the structure; those with none pass their parts on to what holds them.
TAGS = {
    "Art": "article", "Sect": "section", "Figure": "figure",
    "TOC": "ul", "TOCI": "li", "Reference": "", "Link": "a",
    "L": "ul", "LI": "li", "LBody": "",
    "Table": "table", "THead": "thead", "TBody": "tbody", "TR": "tr", "TH": "th", "TD": "td",
    "P": "p", **{role: role.lower() for role in HEADINGS},
}  # fmt: skip
CAPTIONS = {"table": "caption", "figure": "figcaption", "li": "p"}
CELLS = "th", "td"
STRONG = "heading"  # the role of the face that a lead-in is set in


def write_html(plan: Plan) -> bytes:
    """Return the document of a plan: the masthead as header, the closing block as footer."""
    html = Tag("html", lang="zh-CN")
    head = SubElement(html, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    SubElement(head, "meta", name="author", content=plan.author)
    SubElement(head, "title").text = f"{_proof_mark(plan)} {plan.title}".strip()
    SubElement(head, "style").text = _style()
    html.append(_Body(plan).body(document_structure(plan)))
    return f"<!DOCTYPE html>\n{tostring(html, encoding='unicode', method='html')}\n".encode()


def _proof_mark(plan: Plan) -> str:
    """Return the mark of a proof, as a voice reads it; "" for an edition."""
    return "".join(plan.layout.text("proof.mark").split()) if plan.is_proof else ""


@cache
def _style() -> str:
    return (files(__package__) / "bulletin.css").read_text(encoding="utf-8")


class _Body:
    """Makes the body of a document."""

    def __init__(self, plan: Plan) -> None:
        mark, name = _proof_mark(plan), edition_name(plan.issue_date, plan.digest)
        self._proof = mark and f"{mark}　{name}"
        self._texts = plan.texts
        self._roles = {name: style.role for name, style in plan.layout.styles.items()}
        self._names = {key: name for name, key in plan.made_up.targets.items()}
        self._shown = {one.number: one for figure in plan.figures for one in figure.pictures}
        self._measure = plan.layout.pt("page.type_area_width")
        entries = plan.contents.entries if plan.contents else ()
        self._leads = {entry.text.key: entry.anchor for entry in entries}
        self._aligned = alignments_of(plan)
        self._pictures = {picture.digest: picture for picture in plan.pictures.values()}

    def body(self, document: Element) -> Tag:
        body = Tag("body")
        if self._proof:
            SubElement(body, "aside", {"class": "proof"}).text = self._proof
        masthead, *articles, closing = document.parts
        self._filled(SubElement(body, "header"), masthead)
        main = SubElement(body, "main")
        for part in articles:
            self._add(main, part)
        self._filled(SubElement(body, "footer"), closing)
        return body

    def _add(self, holder: Tag, element: Element) -> None:
        """Add an element to what holds it."""
        name = _tag_of(element, holder)
        if not name:
            self._filled(holder, element)
            return
        if holder.tag == name == "ul":
            self._section_of_contents(holder, element)
            return
        if name == "table":
            holder = scrolling(holder, self._caption(element))
        elif name in CELLS:
            name = cell_tag(element, self._texts[element.texts[0]].text)
        tag = SubElement(holder, name, self._attributes(element))
        if element.picture is not None:
            self._picture(tag, element)
        self._filled(tag, element)

    def _section_of_contents(self, contents: Tag, section: Element) -> None:
        """Add the name of a section with its entries below: they are an item of the contents."""
        item = SubElement(contents, "li")
        name, *entries = section.parts
        self._add(item, name)
        self._add(item, Element("TOC", tuple(entries)))

    def _filled(self, tag: Tag, element: Element) -> None:
        texts = [self._texts[key] for key in element.texts]
        if len(texts) == 1:
            self._write(tag, texts[0])
        else:
            for text in texts:
                self._write(SubElement(tag, "span", {"class": text.style}), text)
        for part in element.parts:
            self._add(tag, part)

    def _attributes(self, element: Element) -> dict[str, str]:
        given = {"class": self._texts[element.texts[0]].style} if len(element.texts) == 1 else {}
        if name := next((self._names[key] for key in element.texts if key in self._names), ""):
            given["id"] = name
        if element.role == "Link":
            given["href"] = f"#{self._leads[element.texts[0]]}"
        if element.picture is not None:
            share = min(1.0, self._shown[element.picture].width / self._measure)
            given["style"] = f"--share:{share:.3f}"  # of the measure, as on the page
        if is_row_of_pictures(element):
            given["class"] = "row"
        if TAGS.get(element.role) not in CELLS:
            return given
        text = self._texts[element.texts[0]]
        cell = cell_attributes(element, text.text, self._aligned[text.key])
        both = " ".join(one["class"] for one in (given, cell) if "class" in one)
        return given | cell | ({"class": both} if both else {})

    def _caption(self, table: Element) -> str:
        """Return the caption of a table in one line, "" where it has none."""
        texts = [key for part in table.parts if part.role == "Caption" for key in part.texts]
        return " ".join(self._texts[texts[0]].text.split()) if texts else ""

    def _picture(self, holder: Tag, element: Element) -> None:
        assert element.picture is not None
        picture = self._pictures[self._shown[element.picture].digest]
        SubElement(
            holder,
            "img",
            src=f"data:{picture.media_type};base64,{b64encode(picture.content).decode()}",
            alt=element.alternative,
            width=str(picture.width_px),
            height=str(picture.height_px),
        )

    def _write(self, tag: Tag, text: SetText) -> None:
        """Write a text; what is in another face than its style is marked."""
        own = self._roles.get(text.style, "")
        for run in text.runs:
            if run.role == own or len(text.runs) == 1:
                _append(tag, run.text)
            else:
                name = "strong" if run.role == STRONG else "span"
                _append(SubElement(tag, name, {"class": f"face-{run.role}"}), run.text)


def _tag_of(element: Element, holder: Tag) -> str:
    """Return the name of the tag for an element, "" for none."""
    if element.role == "Caption":
        return CAPTIONS[holder.tag]
    if is_row_of_pictures(element):
        return "figure"
    if element.role == "Sect" and any(part.role == "TOC" for part in element.parts):
        return "nav"
    return TAGS[element.role]


def _append(tag: Tag, text: str) -> None:
    """Append a text, in which newlines are breaks, to what a tag holds already."""
    first, *others = text.split("\n")
    _append_words(tag, first)
    for words in others:
        SubElement(tag, "br")
        _append_words(tag, words)


def _append_words(tag: Tag, words: str) -> None:
    if len(tag):
        tag[-1].tail = (tag[-1].tail or "") + words
    else:
        tag.text = (tag.text or "") + words
