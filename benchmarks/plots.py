"""Line charts as SVG: axes with units, a label at the end of each line, linear or logarithmic."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 760.0, 420.0
LEFT, RIGHT, TOP, BOTTOM = 70.0, 150.0, 64.0, 56.0  # room for ticks, labels, titles
INK, PALE = "#333", "#ddd"
# Okabe and Ito's, told apart by colour-blind readers too; darker yellow left out.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
TICKS = 6
LABEL_PITCH = 16.0  # no two labels are nearer
MAX_MARKED = 30  # points of a line up to which each gets a dot

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Series:
    """One line: points from left to right."""

    label: str
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Axis:
    """What is measured, with its unit; ``log`` leaves out whatever is not above 0."""

    title: str
    log: bool = False


def line_chart(title: str, note: str, x: Axis, y: Axis, series: Sequence[Series]) -> str:
    """Return an SVG document; ``note`` says when and where it was measured."""
    lines = [Series(one.label, _shown(one.points, x, y)) for one in series]
    points = [point for one in lines for point in one.points]
    xs, ys = _ticks([p[0] for p in points], x), _ticks([p[1] for p in points], y)
    across = _scale(x, [*xs, *(p[0] for p in points)], LEFT, WIDTH - RIGHT)
    up = _scale(y, [*ys, *(p[1] for p in points)], HEIGHT - BOTTOM, TOP)
    parts = [
        *_grid(xs, ys, across, up),
        *(_line(one, colour, across, up) for one, colour in zip(lines, _colours(), strict=False)),
        *_labels(lines, across, up),
        _text(LEFT, 26, title, "font-size='17' font-weight='bold'"),
        _text(LEFT, 46, note, "font-size='12' fill='#666'"),
        _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14, x.title, "text-anchor='middle'"),
        _text(
            0,
            0,
            y.title,
            f"text-anchor='middle' transform='translate(18 {(TOP + HEIGHT - BOTTOM) / 2:.0f}) rotate(-90)'",
        ),
    ]
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH:.0f} {HEIGHT:.0f}' "
        f"font-family='Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif' font-size='13' fill='{INK}'>\n"
        f"<rect width='100%' height='100%' fill='white'/>\n" + "\n".join(parts) + "\n</svg>\n"
    )


def _shown(points: Sequence[Point], x: Axis, y: Axis) -> list[Point]:
    return [p for p in points if (p[0] > 0 or not x.log) and (p[1] > 0 or not y.log)]


def _ticks(values: Sequence[float], axis: Axis) -> list[float]:
    """Return round values around all of these, on a linear axis from 0."""
    most = max(values, default=1.0)
    if not axis.log:
        step = _round_step((most or 1.0) / TICKS)
        return [step * number for number in range(math.ceil(most / step) + 1)]
    least = min(values, default=1.0)
    decades = range(math.floor(math.log10(least)), math.ceil(math.log10(most)) + 1)
    factors = (1, 2, 5) if len(decades) <= TICKS else (1,)
    every = [factor * 10.0**decade for decade in decades for factor in factors]
    low = max(one for one in every if one <= least)
    high = next(one for one in every if one >= most)
    return [one for one in every if low <= one <= high]


def _round_step(least: float) -> float:
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least)


def _scale(
    axis: Axis, values: Sequence[float], start: float, end: float
) -> Callable[[float], float]:
    """Return the place of a value on the paper."""
    place = math.log10 if axis.log else float
    low, high = place(min(values)), place(max(values))
    span = (high - low) or 1.0
    return lambda value: start + (place(value) - low) / span * (end - start)


def _grid(
    xs: Iterable[float],
    ys: Iterable[float],
    across: Callable[[float], float],
    up: Callable[[float], float],
) -> Iterable[str]:
    right, foot = WIDTH - RIGHT, HEIGHT - BOTTOM
    for one in ys:
        yield f"<path d='M{LEFT} {up(one):.1f}H{right}' stroke='{PALE}'/>"
        yield _text(LEFT - 8, up(one) + 4, _number(one), "text-anchor='end'")
    for one in xs:
        yield f"<path d='M{across(one):.1f} {foot}v5' stroke='{INK}'/>"
        yield _text(across(one), foot + 20, _number(one), "text-anchor='middle'")
    yield f"<path d='M{LEFT} {foot}H{right}' stroke='{INK}'/>"


def _line(
    one: Series, colour: str, across: Callable[[float], float], up: Callable[[float], float]
) -> str:
    places = [(across(x), up(y)) for x, y in one.points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = "".join(f"<circle cx='{x:.1f}' cy='{y:.1f}' r='3'/>" for x, y in places)
    return (
        f"<g fill='{colour}'><polyline points='{path}' fill='none' stroke='{colour}' stroke-width='2'/>"
        f"{dots if len(places) <= MAX_MARKED else ''}</g>"
    )


def _labels(
    lines: Sequence[Series], across: Callable[[float], float], up: Callable[[float], float]
) -> Iterable[str]:
    """Write each label beside the end of its line, moved down where they would touch."""
    wanted = sorted(
        (up(one.points[-1][1]), across(one.points[-1][0]), one.label, colour)
        for one, colour in zip(lines, _colours(), strict=False)
        if one.points
    )
    places = [place for place, *_ in wanted]
    for upper in range(1, len(places)):
        places[upper] = max(places[upper], places[upper - 1] + LABEL_PITCH)
    over = max(0.0, places[-1] - (HEIGHT - BOTTOM)) if places else 0.0
    for place, (_, x, label, colour) in zip(places, wanted, strict=True):
        yield _text(x + 10, place - over + 4, label, f"fill='{colour}'")


def _colours() -> tuple[str, ...]:
    return COLOURS * 3


def _text(x: float, y: float, text: str, attributes: str) -> str:
    return f"<text x='{x:.1f}' y='{y:.1f}' {attributes}>{escape(text)}</text>"


def _number(value: float) -> str:
    return f"{value:,.6g}"
