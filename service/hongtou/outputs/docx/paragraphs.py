"""A set text as a paragraph of Word: its style, and what of it is its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from hongtou.compose.cells import TypeRun
from hongtou.outputs.docx.markup import Element, gap, half_points, properties, twips, w
from hongtou.outputs.docx.styles import SPREAD, pitch_of
from hongtou.plan import Plan, SetText

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
AMBIGUOUS = re.compile("[“”‘’…—·×±÷°§①-⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩα-ωА-я★■●◆]")  # Western faces have these too
OWN_INDENT = {"signoff", "attachment", "table_note"}  # not the style's but that of their words
LEAST_SPACE = 0.5  # points: less is arithmetic, and no blank


class Paragraphs:
    """Makes paragraphs of the texts of a plan."""

    def __init__(self, plan: Plan, page_openings: frozenset[int]) -> None:
        self.layout = plan.layout
        self._openings = page_openings
        self._targets = {key: name for name, key in plan.made_up.targets.items()}
        self._marks = {name: at for at, name in enumerate(plan.made_up.targets)}
        entries = plan.contents.entries if plan.contents else ()
        self._anchors = {entry.text.key: entry.anchor for entry in entries}

    def opens_page(self, key: int) -> bool:
        """Tell whether what has this key begins a page (`page_openings`)."""
        return key in self._openings

    def paragraph(self, text: SetText, *own: Element, pitch: float = 0.0) -> Element:
        """Return the paragraph of a text; ``own`` are properties that it has beyond its style."""
        if text.style == "blank":
            return gap(text.height)
        parts = self.bookmarked(text, self.runs(text))
        return w("p", self.properties(text, own, pitch), *parts)

    def link(self, text: SetText) -> Element:
        """Return an entry of the contents, which leads to what it names."""
        link = w("hyperlink", *self.runs(text), anchor=bookmark(self._anchors[text.key]), history=1)
        return w("p", self.properties(text, self._sectioned(text)), link)

    def bookmarked(self, text: SetText, runs: Iterable[Element]) -> Iterator[Element]:
        """Yield runs, between the marks to which links lead if some do."""
        name = self._targets.get(text.key)
        if name is None:
            yield from runs
            return
        number = self._marks[name]
        yield w("bookmarkStart", id=number, name=bookmark(name))
        yield from runs
        yield w("bookmarkEnd", id=number)

    def properties(self, text: SetText, own: Iterable[Element] = (), pitch: float = 0.0) -> Element:
        """Return the properties of the paragraph of a text; ``pitch`` is that of its lines."""
        parts = [w("pStyle", val=text.style), *own]
        names = {part.tag for part in parts}
        for part in self._of_its_own(text, pitch):
            if part.tag not in names:
                parts.append(part)
        return properties("pPr", parts)

    def _of_its_own(self, text: SetText, pitch: float) -> Iterator[Element]:
        if self.opens_page(text.key):
            yield w("pageBreakBefore")
        spacing = self._spacing(text, pitch)
        if spacing:
            yield w("spacing", **spacing)
        if "line" in spacing:
            yield w("snapToGrid", val=0)
        if text.style in OWN_INDENT and text.lines:
            yield indent(text.lines[0].x, text.lines[-1].x)

    def _spacing(self, text: SetText, pitch: float) -> dict[str, int | str]:
        """Return the blanks around a text, and the pitch of its lines where that is its own."""
        usual = pitch_of(text.style, self.layout)
        pitch = min([pitch or usual, *_heights(text)])  # closer where the page had to hold more
        given: dict[str, int | str] = {}
        if twips(pitch) != twips(usual):
            given |= {"line": twips(pitch), "lineRule": "exact"}
        before, after = self._blanks(text, pitch)
        given |= {"before": twips(before)} if before > LEAST_SPACE else {}
        return given | ({"after": twips(after)} if after > LEAST_SPACE else {})

    def _blanks(self, text: SetText, pitch: float) -> tuple[float, float]:
        """Return the blanks over and under the lines of a text of this pitch, in points."""
        if text.above or text.below:
            return text.above, text.below
        if not text.lines or not text.heights:
            return 0.0, 0.0
        usual = text.baselines[-1]
        if len(text.lines) == 1:
            size = text.lines[0].size
            usual = (pitch - size) / 2 + self.layout.em("composition.baseline") * size
        before = max(0.0, text.baselines[0] - usual)
        return before, max(0.0, text.height - before - len(text.lines) * pitch)

    def _sectioned(self, text: SetText) -> list[Element]:
        """Return the indent of an entry that stands under the name of a section."""
        style = self.layout.styles[text.style]
        under = text.lines[0].x - style.indent * style.size_pt
        if under < style.size_pt / 2:
            return []
        return [indent(text.lines[0].x, under + style.hanging * style.size_pt)]

    def runs(self, text: SetText) -> Iterator[Element]:
        """Yield the runs of a text; what is in another face than its style is marked."""
        style = self.layout.styles[text.style]
        size = text.lines[0].size if text.lines else style.size_pt
        own = [w("sz", val=half_points(size))] if abs(size - style.size_pt) > 0.1 else []
        if style.align == "spaced" or style.name in SPREAD:
            yield from self._spread(text, own)
            return
        for run in text.runs or (TypeRun(text.text, style.role),):
            face = [w("rStyle", val=run.role)] if run.role != style.role else []
            yield from runs(run.text, [*face, *own])

    def _spread(self, text: SetText, own: list[Element]) -> Iterator[Element]:
        """Yield a text whose characters stand apart, but for the last: it would move the middle."""
        space = twips(text.lines[0].common_gap)
        if space and len(text.text) > 1 and "\n" not in text.text:
            yield from runs(text.text[:-1], [*own, w("spacing", val=space)])
            yield from runs(text.text[-1], own)
        else:
            yield from runs(text.text, own)


def runs(text: str, own: Iterable[Element] = ()) -> Iterator[Element]:
    """Yield a run of this text, in which newlines are breaks."""
    parts: list[Element] = []
    for at, words in enumerate(text.split("\n")):
        if at:
            parts.append(w("br"))
        if words:
            parts.append(_words(words))
    given = list(own)
    if AMBIGUOUS.search(text):
        given.append(w("rFonts", hint="eastAsia"))
    face = [properties("rPr", (_copied(one) for one in given))] if given else []
    yield w("r", *face, *parts)


def _copied(element: Element) -> Element:
    """Return the same again: an element stands in one place only."""
    made = w(element.tag.rpartition("}")[2])
    made.attrib.update(element.attrib)
    return made


def _words(text: str) -> Element:
    made = w("t")
    made.text = text
    made.set(XML_SPACE, "preserve")
    return made


def indent(first: float, further: float) -> Element:
    """Return indents in points: of the first line, and of those after it."""
    first, further = max(0.0, first), max(0.0, further)
    side = "firstLine" if first >= further else "hanging"
    amounts = {side: twips(abs(first - further)), f"{side}Chars": 0}
    return w("ind", left=twips(further), leftChars=0, right=0, rightChars=0, **amounts)


def _heights(text: SetText) -> list[float]:
    """Return the heights of the lines of a text without the blanks around it."""
    heights = list(text.heights)
    if heights:
        heights[0] -= text.above
        heights[-1] -= text.below
    return heights


def bookmark(name: str) -> str:
    """Return a name as Word allows it for a bookmark."""
    return name.replace("-", "_")
