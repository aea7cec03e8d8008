"""The opening: contents and editor's note, closer or wider so that the first page is full.

Where a headline with two lines of its text just misses the first page, what stands over it moves
together, so that the page has text of the body. Where it cannot, the contents fill the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

from hongtou.plan.contents import ContentsPlan, Entry
from hongtou.plan.drafts import Stand
from hongtou.plan.feet import lines_together
from hongtou.plan.fitting import Fitting
from hongtou.plan.galleys import Galley
from hongtou.plan.makeup import Makeup
from hongtou.plan.set_text import SetText, spaced
from hongtou.plan.texts import TextSetter
from hongtou.plan.unit import ROUNDING

MOST_LINES = 5  # by which it is tried closer or wider: a layout allows fewer in most issues
BETWEEN = 3  # times what lines of one entry move apart, entries do
TRIES = 3  # lines by which it may have to be closer: a paragraph of three keeps together


class Opening(NamedTuple):
    """Contents and note as they stand on the first page, and the make-up with them.

    ``pitch`` is the contents', in points, where it was changed.
    """

    contents: ContentsPlan | None
    note: Galley | None
    makeup: Makeup
    pitch: float = 0.0


@dataclass(frozen=True, slots=True)
class _Blanks:
    """What gives: the contents' pitch, the blank around their heading, that over the note.

    All in points.
    """

    pitch: float
    around: float
    over_note: float

    def between(self, other: _Blanks, share: float) -> _Blanks:
        """Return what lies this share of the way to the other."""
        return _Blanks(
            self.pitch + share * (other.pitch - self.pitch),
            self.around + share * (other.around - self.around),
            self.over_note + share * (other.over_note - self.over_note),
        )

    def height(self, lines: int) -> float:
        """Return how high all is with so many lines of contents."""
        return lines * self.pitch + self.around + self.over_note


def on_one_page(plain: Opening, setter: TextSetter) -> Opening:
    """Return the opening closer where the contents so end on the first page that else go on."""
    if not plain.contents or _is_on_first_page(plain.contents.entries[-1].text, plain.makeup):
        return plain
    closer = (_moved(plain, -by, setter) for by in range(1, 1 + MOST_LINES))
    return next(filter(None, closer), plain)


def is_parted(opening: Opening, fitting: Fitting) -> bool:
    """Tell whether the contents go on to the second of these pages."""
    if not opening.contents:
        return False
    last, units = opening.contents.entries[-1].text.key, fitting.makeup.units
    texts = [units[number].text for number in fitting.pages[0].units]
    return last not in [text.key for text in texts if text]


def openings(plain: Opening, setter: TextSetter) -> Iterator[Opening]:
    """Yield the openings that fill the first page, the closer one first; none where it is full."""
    makeup = plain.makeup
    page, after = makeup.page(Stand(0), makeup.room)
    left = makeup.lines_left(page)
    if not left or after.at == len(makeup.units) or makeup.units[after.at].begins_page:
        return
    missing = lines_together(makeup, after.at) - left
    closer = filter(None, (_moved(plain, -missing - more, setter) for more in range(TRIES)))
    yield from islice((one for one in closer if _left(one.makeup) < left), 1)
    if missing > 1 and (one := _moved(plain, 1 - missing, setter)):
        yield one  # where the headline gives the last line
    if wider := _moved(plain, left, setter):
        yield wider


def moved_openings(plain: Opening, setter: TextSetter) -> Iterator[Opening]:
    """Yield openings some lines closer or wider, which move all that follows.

    None leaves more of the first page blank.
    """
    left = _left(plain.makeup)
    for lines in range(1, MOST_LINES + 1):
        moved = filter(None, (_moved(plain, by, setter) for by in (-lines, lines)))
        yield from (one for one in moved if _left(one.makeup) <= left)


def _left(makeup: Makeup) -> int:
    """Return how many lines the first page leaves free."""
    return makeup.lines_left(makeup.page(Stand(0), makeup.room)[0])


def _moved(plain: Opening, by: int, setter: TextSetter) -> Opening | None:
    """Return the opening ``by`` lines of the grid higher.

    None is returned where the layout allows less, or the contents do not end on the first page, or
    a note that began there would no more.
    """
    contents, note, makeup = plain.contents, plain.note, plain.makeup
    if contents is None or not by:
        return None
    lines = sum(len(text.lines) for text in (contents.heading, *_rows(contents.entries)))
    over_note = note.texts[0].above if note else 0.0
    heading = contents.heading
    now = _Blanks(plain.pitch or setter.pitch, heading.above + heading.below, over_note)
    limit = _limit(now, setter, is_least=by < 0)
    most = limit.height(lines) - now.height(lines)
    wanted = by * setter.pitch
    if abs(most) + ROUNDING < abs(wanted):
        return None
    then = now.between(limit, wanted / most)
    if lines * then.pitch > makeup.room:  # no need to set them: they go on to the second page
        return None
    moved = _with(contents, now, then)
    below = note
    if note:
        first = spaced(note.texts[0], then.over_note - over_note, 0.0)
        below = replace(note, texts=(first, *note.texts[1:]))
    made_up = _made_up(makeup, moved, note, below)
    is_there = _is_on_first_page(moved.entries[-1].text, made_up)
    if note and is_there and _is_on_first_page(note.texts[0], makeup):
        is_there = _is_on_first_page(note.texts[0], made_up)
    return Opening(moved, below, made_up, then.pitch) if is_there else None


def _is_on_first_page(text: SetText, makeup: Makeup) -> bool:
    """Tell whether a text begins on the first page."""
    page, _ = makeup.page(Stand(0), makeup.room)
    on = (makeup.units[number] for number in page.units)
    return any(unit.text and unit.text.key == text.key and not unit.number for unit in on)


def _made_up(
    makeup: Makeup, contents: ContentsPlan, note: Galley | None, below: Galley | None
) -> Makeup:
    """Return the make-up with these contents and ``below`` in place of the note."""
    anew = makeup.copied()
    texts = {text.key: text for text in (contents.heading, *_rows(contents.entries))}
    for number, unit in enumerate(makeup.units[1:], start=1):
        if unit.text and (text := texts.get(unit.text.key)):
            anew.units[number] = unit._replace(block=text, text=text, height=text.height)
        elif note and below and unit.block is note:
            anew.units[number] = unit._replace(block=below)
            if unit.text is note.texts[0] and unit.number == 0:
                first = below.texts[0]
                anew.units[number] = unit._replace(
                    block=below, text=first, height=first.heights[0], above=first.above
                )
        else:
            return anew
    return anew


def _limit(now: _Blanks, setter: TextSetter, *, is_least: bool) -> _Blanks:
    """Return how close or how wide the layout lets the opening be."""
    layout = setter.layout
    if not is_least:
        most = layout.pt("copyfit.most_contents_pitch"), layout.pt("copyfit.most_contents_space")
        over_note = now.over_note and max(now.over_note, layout.pt("copyfit.most_note_space"))
        return _Blanks(max(now.pitch, most[0]), max(now.around, most[1]), over_note)
    return _Blanks(
        min(now.pitch, layout.pt("copyfit.least_contents_pitch")),
        min(now.around, layout.pt("copyfit.least_contents_space")),
        min(now.over_note, layout.pt("copyfit.least_note_space")),
    )


def _with(contents: ContentsPlan, now: _Blanks, then: _Blanks) -> ContentsPlan:
    """Return the contents with these blanks; those of the heading keep their proportion."""
    heading = contents.heading
    between, inside = _shared(contents, then.pitch - now.pitch)
    above, below = (
        part / now.around * (then.around - now.around) if now.around else 0.0
        for part in (heading.above, heading.below)
    )
    entries = tuple(
        replace(
            entry,
            text=_repitched(entry.text, between, inside),
            section=entry.section and _repitched(entry.section, between, inside),
        )
        for entry in contents.entries
    )
    return ContentsPlan(spaced(_repitched(heading, between, inside), above, below), entries)


def _shared(contents: ContentsPlan, wider: float) -> tuple[float, float]:
    """Return how much further entries stand apart, and lines inside one, all in all as wanted.

    Where they move apart the lines of an entry still belong together.
    """
    texts = [contents.heading, *_rows(contents.entries)]
    lines = sum(len(text.lines) for text in texts)
    if wider <= 0.0 or lines == len(texts):
        return wider, wider
    inside = wider * lines / (lines + (BETWEEN - 1) * len(texts))
    return BETWEEN * inside, inside


def _rows(entries: Iterable[Entry]) -> Iterable[SetText]:
    for entry in entries:
        if entry.section:
            yield entry.section
        yield entry.text


def opening_texts(contents: ContentsPlan | None, note: Galley | None) -> Iterable[SetText]:
    """Yield the texts of the opening that may have moved."""
    if contents:
        yield contents.heading
        yield from _rows(contents.entries)
        if note:
            yield note.texts[0]


def _repitched(text: SetText, between: float, inside: float) -> SetText:
    """Return a text so much further from others, and its lines so much further apart, in points."""
    heights = [height + inside for height in text.heights]
    baselines = [baseline + inside / 2 for baseline in text.baselines]
    half = (between - inside) / 2
    heights[0] += half
    heights[-1] += half
    baselines[0] += half
    return text._replace(heights=tuple(heights), baselines=tuple(baselines))
