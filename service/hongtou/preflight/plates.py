"""Rules on what stands on the plates: inks, their total, the weight of rules, and marks.

Where that stands in a file is for its own rules to say: `plate_rules` are asked of what they yield.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Final, NamedTuple

from hongtou.bulletin.finding import printable
from hongtou.preflight.box import TOLERANCE_PT, Box, box_of
from hongtou.preflight.inspected_pdf import InspectedPdf
from hongtou.preflight.objects import FileObjects
from hongtou.preflight.operators import COLOURS, PATHS, Operation, numbers
from hongtou.preflight.plate_pictures import ink_of_picture
from hongtou.preflight.rule import Fault, Rule, on_page

DEFAULT_INKS: Final = "process"
SPACES = "/Red", "/All"  # our names of colour spaces
SPACES_GROUP: Final = "ColorSpace"  # of what kinds of objects match
REGISTRATION = {"/All cs", "/All CS", "1 scn", "1 SCN"}
PLATE = re.compile(
    rb"(/[^\s/]+) \[ /Separation (/[^\s/]+) /DeviceCMYK << /C0 \[ 0 0 0 0 \] /C1 \[ ([-.\d ]+) \]"
)
FULL = "1 1 1 1"  # what stands on every plate
ROUNDING_PERCENT = 1.5  # four plates of 255 levels


class DrawnPage(NamedTuple):
    """The number of a page, what it draws, and what stands around it."""

    number: int
    own: list[Operation]
    around: list[Operation]


Drawn = Callable[[InspectedPdf], Iterator[DrawnPage]]


def _other_inks(drawn: Drawn, inspected: InspectedPdf) -> Iterator[Fault | str]:
    """Yield colours that are no ink of the order, and around a page what is not on every plate."""
    allowed = _allowed(inspected)
    for page, own, around in drawn(inspected):
        for colour in sorted(_colours(own) - allowed):
            yield on_page(page, f"用了不是油墨的颜色 {printable(colour)}")
        for colour in sorted(_colours(around) - REGISTRATION):
            yield on_page(page, f"的页外用了别的颜色 {printable(colour)}")
    yield from _other_plates(inspected)


def _other_plates(inspected: InspectedPdf) -> Iterator[str]:
    red, every = SPACES
    known = {(every, every, FULL)}
    for layout in inspected.expectation.layouts:
        name = layout.text("ink.red_name").replace(" ", "#20")
        known.add((red, f"/{name}", _shares(layout.amount("ink.red", "cmyk"))))
    for spaces in sorted({*_colour_spaces(inspected.objects)}):
        plates = [
            (
                space.decode(),
                plate.decode(),
                " ".join(f"{float(share):g}" for share in full.split()),
            )
            for space, plate, full in PLATE.findall(spaces)
        ]
        for _, plate, full in sorted({*plates} - known):
            yield f"有一块别的色版 {printable(plate)}，满版是 {full}"
        if len(plates) != spaces.count(b"/Separation"):
            yield "有一块色版不是由无墨到满版"


def _shares(percent: Iterable[float]) -> str:
    """Return the shares of four inks as an operator has them."""
    return " ".join(f"{round(share / 100, 4):g}" for share in percent)


def _colour_spaces(objects: FileObjects) -> Iterator[bytes]:
    """Yield the colour spaces of whatever has resources: pages, their tree, or forms."""
    for name, matches in objects.matches.items():
        if SPACES_GROUP in objects.kinds[name].expression.groupindex:
            yield from (match[SPACES_GROUP] or b"" for match in matches.values())


def _allowed(inspected: InspectedPdf) -> set[str]:
    """Return the colours that a page may have, as ordered."""
    inks = inspected.expectation.options.get("inks", DEFAULT_INKS)
    allowed = {f"{SPACES[0]} cs", "1 scn"} if inks == "spot" else set()
    for layout in inspected.expectation.layouts:
        keys = ("ink.text", "ink.red") if inks == DEFAULT_INKS else ("ink.text",)
        for key in keys:
            allowed.add(f"{_shares(layout.amount(key, 'cmyk'))} k")
    return allowed


def _on_pages(inspected: InspectedPdf) -> Iterator[DrawnPage]:
    """Yield the pages of a file that has them as they are."""
    for page in inspected.pages:
        own, around = inspected.operations(page.own), inspected.operations(*page.around)
        yield DrawnPage(page.number, own, around)


def _colours(operations: Iterable[Operation]) -> set[str]:
    """Return all that sets a colour, numbers in their shortest form."""
    return {_said(operation) for operation in {*operations} if operation.operator in COLOURS}


def _said(operation: Operation) -> str:
    shown = [operand.decode("latin-1") for operand in operation.operands]
    if not shown[0:1] or not shown[0].startswith("/"):
        shown = [f"{number:g}" for number in numbers(operation)]
    return " ".join([*shown, operation.operator.decode("ascii")])


def _too_much_ink(drawn: Drawn, inspected: InspectedPdf) -> Iterator[Fault | str]:
    """Yield colours and pictures of more ink than paper takes."""
    layouts = inspected.expectation.layouts
    most = max(float(layout.amount("press.most_ink", "percent")) for layout in layouts)
    for page, own, _ in drawn(inspected):
        for operation in {one for one in own if one.operator in (b"k", b"K")}:
            total = 100 * sum(numbers(operation))
            if total > most:
                yield on_page(page, f"有一处油墨总量达 {total:.0f}%，至多 {most:g}%")
    for kind in ("image", "photograph"):
        for number, match in inspected.objects.matches[kind].items():
            if b"/DeviceCMYK" in match[0]:
                total = ink_of_picture(inspected.pdf.get_object(int(number), 0), match[0])
                if total > most + ROUNDING_PERCENT:
                    yield f"有一幅图片油墨总量达 {total:.0f}%，至多 {most:g}%"


def _hairlines(drawn: Drawn, inspected: InspectedPdf) -> Iterator[Fault]:
    """Yield pages with a rule that is too thin to print."""
    least = min(layout.pt("press.least_rule") for layout in inspected.expectation.layouts)
    for page, own, around in drawn(inspected):
        weights = (
            min(map(abs, numbers(one)[-2:]), default=0)  # of `x y width height re` the latter two
            for one in {*own, *around}
            if one.operator in (b"re", b"w")
        )
        thin = min(weights, default=least)
        if thin < least - TOLERANCE_PT:
            yield on_page(page, f"有一条线只有 {thin:g} 点粗，至少 {least:g} 点")


def _marks_inside(inspected: InspectedPdf) -> Iterator[Fault]:
    """Yield pages on which marks, or the slug, stand within the trim.

    What stands around several pages is looked at once.
    """
    known: dict[tuple[bytes, Box], list[str]] = {}
    for page in inspected.pages:
        trim = box_of(page.trim_box)
        for stream in page.around:
            if (stream, trim) not in known:
                known[stream, trim] = [*_inside(inspected.operations(stream), trim)]
            for words in known[stream, trim]:
                yield on_page(page.number, words)


def _inside(operations: Iterable[Operation], trim: Box) -> Iterator[str]:
    """Yield what of a stream stands within the trim."""
    size = 0.0
    path: list[float] = []
    for operation in operations:
        if operation.operator == b"S":
            if path and not _is_outside(path, trim):
                yield "的裁切线或套准标记进了成品"
            path = []
        elif operation.operator in PATHS:
            path += numbers(operation)
        elif operation.operator == b"Tf":
            (size,) = numbers(operation)
        elif operation.operator == b"Tm":
            (baseline,) = numbers(operation)
            if baseline + size > trim.foot:
                yield "的页外说明行进了成品"


def _is_outside(path: list[float], trim: Box) -> bool:
    """Tell whether all points of a path lie on one side of the trimmed page, or on its edge."""
    across, up, near = path[::2], path[1::2], TOLERANCE_PT
    return (
        max(across) <= trim.left + near
        or min(across) >= trim.right - near
        or max(up) <= trim.foot + near
        or min(up) >= trim.head - near
    )


def plate_rules(drawn: Drawn) -> tuple[Rule[InspectedPdf], ...]:
    """Return the rules on the plates of what is drawn."""
    return (
        Rule("preflight/inks", partial(_other_inks, drawn)),
        Rule("preflight/ink-limit", partial(_too_much_ink, drawn)),
        Rule("preflight/hairline", partial(_hairlines, drawn)),
    )


PLATES = plate_rules(_on_pages)
MARKS = Rule("preflight/marks", _marks_inside)
