"""How marks and issuing bodies may stand around a nameplate, the roomiest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from hongtou.bulletin.issue import Masthead
from hongtou.bulletin.joined_text import joined, separated
from hongtou.plan.nameplate import Limits
from hongtou.plan.set_text import SetText, spaced
from hongtou.plan.texts import TextSetter

MARK_GAP = "　"  # between marks that share a line


class MastheadShape(NamedTuple):
    """How marks and bodies stand: ``above`` is what takes room over the nameplate, in points.

    ``more`` is what the bodies take beyond a line of the grid, in lines, ``nearer`` by how many
    points the number of the issue gives up the blank under it, ``limits`` how far the name may go.
    """

    marks: tuple[SetText, ...]
    above: float
    bodies: tuple[SetText, ...]
    more: float
    limits: Limits
    is_mark_beside: bool = False
    nearer: float = 0.0


def masthead_shapes(
    masthead: Masthead,
    numbered: SetText | None,
    bodies: tuple[SetText, ...],
    setter: TextSetter,
) -> Iterator[MastheadShape]:
    """Yield how marks and bodies may stand, the roomiest first.

    The lines of the bodies move together, the last of three marks goes to the right, under the copy
    number if there is one, then all marks stand in a row; the bodies move up to the number of the
    issue, the blank around the name shrinks, and at last the name itself, further than it should.
    """
    layout, pitch = setter.layout, setter.pitch
    marks = _set_marks(_marks(masthead), numbered, setter)
    least = numbered.height if numbered else 0.0
    more = sum(len(body.lines) for body in bodies) - 1
    above = max(least, _height(marks))
    shape = MastheadShape(marks, above, bodies, more, Limits.of(layout))
    yield shape
    close = min(pitch, layout.pt("masthead.least_issuing_pitch"))
    by = (pitch - close) / 2  # what each line gives above and below
    together = _closer(bodies, by)
    shape = shape._replace(bodies=together, more=more * close / pitch)
    if more:
        yield shape
    if len(marks) == 3 and (beside := _beside(marks, setter, row=2 if numbered else 1)):
        above = max(least, beside.height)
        shape = shape._replace(marks=(*marks[:2], beside), above=above, is_mark_beside=True)
        yield shape
    if len(marks) > 1 and (row := _in_a_row(masthead, numbered, setter)):
        above = max(least, row.height)
        shape = shape._replace(marks=(row,), above=above, is_mark_beside=False)
        yield shape
    raised = (spaced(together[0], -by, 0.0)._replace(above=0.0), *together[1:])
    shape = shape._replace(bodies=raised, more=shape.more - 2 * by / pitch, nearer=by)
    for limits in (shape.limits, Limits.of(layout, "least"), Limits.of(layout, "smallest")):
        yield shape._replace(limits=limits)


def _set_marks(
    marks: Sequence[str], numbered: SetText | None, setter: TextSetter
) -> tuple[SetText, ...]:
    """Set the marks at the left, not yet kept; the first leaves the copy number its room."""
    room = setter.measure - room_taken(numbered, setter) if numbered else None
    pitch = setter.layout.pt("masthead.mark_pitch")
    texts = [
        setter.unkept("masthead_mark", text, measure=None if at else room, pitch=pitch)
        for at, text in enumerate(marks)
    ]
    return (
        *(spaced(text, first_blank(setter) * setter.pitch, 0.0) for text in texts[:1]),
        *texts[1:],
    )


def _in_a_row(masthead: Masthead, numbered: SetText | None, setter: TextSetter) -> SetText | None:
    """Return all marks in one line, None where they have no room in one."""
    texts = [separated(MARK_GAP, _marks(masthead))]
    (row,) = _set_marks(texts, numbered, setter)
    return row if len(row.lines) == 1 else None


def _beside(marks: tuple[SetText, ...], setter: TextSetter, row: int) -> SetText | None:
    """Return the last mark at the right in this row of the others, and as high as they are.

    None is returned where it has no room there.
    """
    *others, last = marks
    taken = room_taken(others[row - 1], setter) + last.lines[0].width
    if taken > setter.measure or any(len(mark.lines) > 1 for mark in marks):
        return None
    line = last.lines[0]._replace(x=setter.measure - last.lines[0].width)
    height = _height(others)
    baseline = others[0].baselines[0]
    if row > 1:
        baseline = others[0].height + others[1].baselines[0]
    return last._replace(lines=(line,), heights=(height,), baselines=(baseline,))


def _closer(bodies: tuple[SetText, ...], by: float) -> tuple[SetText, ...]:
    """Return bodies with so many points less over and under each line, but around all of them."""
    moved = [
        body._replace(
            heights=tuple(height - 2 * by for height in body.heights),
            baselines=tuple(baseline - by for baseline in body.baselines),
        )
        for body in bodies
    ]
    moved[0] = spaced(moved[0], by, 0.0)
    moved[-1] = spaced(moved[-1], 0.0, by)
    return tuple(moved)


def _marks(masthead: Masthead) -> list[str]:
    """Return what stands at the top left, one line each.

    Source: GB/T 9704-2012 §7.2.2 and §7.2.3, by analogy; the notice is house style.
    """
    security = masthead.security
    marks = []
    if security is not None:
        term = ("★", security.term) if security.term else ()
        marks.append(joined(security.name, *term))
    return [*marks, *filter(None, (masthead.urgency, masthead.notice))]


def first_blank(setter: TextSetter) -> float:
    """Return the blank over the first mark, in lines: so it stands on the grid."""
    return (1 - setter.layout.pt("masthead.mark_pitch") / setter.pitch) / 2


def room_taken(text: SetText, setter: TextSetter) -> float:
    """Return how much of a line a text at its right edge takes, with the gap before it."""
    line = text.lines[0]
    return line.width + setter.layout.em("composition.gap") * line.size


def _height(texts: Iterable[SetText]) -> float:
    return sum(text.height for text in texts)
