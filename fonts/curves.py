"""Outlines with no more points than they need.

FandolFang's outlines are traced: 280 points to a character where a drawn face has 110, and with
them four fifths of a bulletin's bytes. Here a contour keeps its corners and is drawn anew with
the fewest lines and quadratic curves that stay within a tolerance of it.
"""

from __future__ import annotations

import cmath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from fontTools.cu2qu import curve_to_quadratic
from fontTools.pens.filterPen import ContourFilterPen

STEPS = 6  # samples of each curve of the source
CHECKS = 8  # and of each curve drawn anew
ROUNDS = 3  # of finding where on the curve each sample belongs
MISSES = 2  # curves too long to fit, one after the other, before no longer one is tried
LINE, CURVE = 1.0, 2.0  # points that each takes
CLOSENESS = 0.01  # of a point, for each unit of distance: of two that take the same, the nearer

Path = list[complex]
Step = tuple[complex, ...]  # the controls of a curve, none of a line, and its end


@dataclass(frozen=True, slots=True)
class Fineness:
    """How far an outline may lie from its source, and the grid of its points, in 1/1000 em."""

    tolerance: float
    grid: int = 1

    def snap(self, point: complex) -> complex:
        """Return the nearest point of the grid."""
        grid = self.grid
        return complex(grid * round(point.real / grid), grid * round(point.imag / grid))


class FewestCurvesPen(ContourFilterPen):  # type: ignore[misc]
    """Hands on each contour of cubic curves as the fewest lines and quadratic curves."""

    def __init__(self, out: Any, fineness: Fineness) -> None:
        super().__init__(out)
        self._fineness = fineness

    def filterContour(self, contour: list[Any]) -> list[Any]:
        """Return the operators of a contour drawn anew; nothing where no area is left."""
        parts = _from_sharpest_corner(list(_parts(contour)))
        steps = draw_anew(parts, self._fineness) if parts else []
        if len(steps) < 2:
            return []
        drawn: list[Any] = [("moveTo", (_pair(steps[-1][-1]),))]
        for step in steps:
            drawn.append(("qCurveTo" if len(step) > 1 else "lineTo", tuple(map(_pair, step))))
        return [*drawn, ("closePath", ())]


def draw_anew(parts: Sequence[Path], fineness: Fineness) -> list[Step]:
    """Return the cheapest steps around a closed contour; each joint is one of the source's.

    ``parts`` are lines [from, to] and cubic curves [from, control, control, to].
    """
    joints = [fineness.snap(part[0]) for part in parts]
    joints.append(joints[0])
    costs = [0.0] + [float("inf")] * len(parts)
    ways: list[tuple[int, Step]] = [(0, ())] * len(costs)
    for first in range(len(parts)):
        for last, cost, step in _steps_from(first, parts, joints, fineness):
            if costs[first] + cost < costs[last]:
                costs[last], ways[last] = costs[first] + cost, (first, step)
    found: list[Step] = []
    at = len(parts)
    while at:
        at, step = ways[at]
        found.append(step)
    return [step for step in reversed(found) if step]


def _steps_from(
    first: int, parts: Sequence[Path], joints: Sequence[complex], fineness: Fineness
) -> Iterator[tuple[int, float, Step]]:
    """Yield (joint reached, cost, step) for every line or curve that may start at a joint."""
    samples: Path = []
    misses = 0
    for last in range(first + 1, len(parts) + 1):
        part = parts[last - 1]
        samples += _sampled(part)
        fitted = _fitted([*samples, part[-1]], joints[first], joints[last], fineness)
        if fitted is not None:
            yield last, *fitted
        elif last == first + 1:
            step = _curves(part, joints[last], fineness)
            yield last, LINE + len(step), step
        else:
            misses += 1
            if misses == MISSES:
                return


def _fitted(
    samples: Path, start: complex, end: complex, fineness: Fineness
) -> tuple[float, Step] | None:
    """Return (cost, step) of the one line or curve that stays near the samples, if any does."""
    if start == end:
        near = all(abs(sample - start) <= fineness.tolerance for sample in samples)
        return (0.0, ()) if near else None
    distance = _distance(samples, [start, end], fineness.tolerance)
    if distance <= fineness.tolerance:
        return LINE + CLOSENESS * distance, (end,)
    control, distance = _curve(samples, start, end, fineness)
    if distance <= fineness.tolerance:
        return CURVE + CLOSENESS * distance, (control, end)
    return None


def _curve(
    samples: Path, start: complex, end: complex, fineness: Fineness
) -> tuple[complex, float]:
    """Return the control point of the nearest curve, by least squares, and its distance."""
    along = [0.0]
    for one, other in pairwise(samples):
        along.append(along[-1] + abs(other - one))
    places = [length / along[-1] for length in along]
    for _ in range(ROUNDS):
        control = fineness.snap(_control(samples, places, start, end))
        places = [
            _nearer(place, sample, start, control, end)
            for place, sample in zip(places, samples, strict=True)
        ]
    drawn = [_point(start, control, end, check / CHECKS) for check in range(CHECKS + 1)]
    return control, _distance(samples, drawn, fineness.tolerance)


def _control(samples: Path, places: Sequence[float], start: complex, end: complex) -> complex:
    total, weights = 0j, 0.0
    for sample, place in zip(samples, places, strict=True):
        rest = 1 - place
        weight = 2 * place * rest
        total += weight * (sample - rest * rest * start - place * place * end)
        weights += weight * weight
    return total / weights if weights else (start + end) / 2


def _nearer(place: float, sample: complex, start: complex, control: complex, end: complex) -> float:
    """Return a place on a curve that is nearer to a sample: one step of Newton's."""
    off = _point(start, control, end, place) - sample
    ahead = 2 * ((1 - place) * (control - start) + place * (end - control))
    length = abs(ahead) ** 2
    return min(1.0, max(0.0, place - (off * ahead.conjugate()).real / length)) if length else place


def _distance(one: Path, other: Path, most: float) -> float:
    """Return how far two paths lie apart at the most; any number over ``most`` means too far."""
    farthest = 0.0
    for points, path in ((one, other), (other, one)):
        for point in points:
            farthest = max(farthest, _distance_to_path(point, path))
            if farthest > most:
                return farthest
    return farthest


def _distance_to_path(point: complex, path: Path) -> float:
    nearest = float("inf")
    for start, end in pairwise(path):
        ahead, off = end - start, point - start
        length = ahead.real * ahead.real + ahead.imag * ahead.imag
        share = (off.real * ahead.real + off.imag * ahead.imag) / length if length else 0.0
        nearest = min(nearest, abs(off - min(1.0, max(0.0, share)) * ahead))
    return nearest


def _curves(part: Path, end: complex, fineness: Fineness) -> Step:
    """Return one part of the source in as many curves as it takes."""
    if len(part) == 2:
        return (end,)
    curves = curve_to_quadratic([_pair(point) for point in part], fineness.tolerance)
    return (*(fineness.snap(complex(*point)) for point in curves[1:-1]), end)


def _parts(contour: Sequence[Any]) -> Iterator[Path]:
    """Yield the lines and curves of a contour, the one that closes it among them."""
    start = at = complex(*contour[0][1][0])
    for operator, points in contour[1:]:
        if operator in ("lineTo", "curveTo"):
            part = [at, *(complex(*point) for point in points)]
            at = part[-1]
            if len(part) > 2 or part[0] != part[-1]:
                yield part
    if at != start:
        yield [at, start]


def _from_sharpest_corner(parts: list[Path]) -> list[Path]:
    """Return a contour from a point on that every drawing of it keeps."""

    def sharpness(number: int) -> float:
        before, after = parts[number - 1], parts[number]
        turn = cmath.phase((after[1] - after[0]) * (before[-1] - before[-2]).conjugate())
        return abs(turn) * min(abs(before[-1] - before[-2]), 50)

    first = max(range(len(parts)), key=sharpness, default=0)
    return parts[first:] + parts[:first]


def _sampled(part: Path) -> Path:
    """Return points along a line or a cubic curve, without its end."""
    if len(part) == 2:
        return [part[0] + (part[1] - part[0]) * step / STEPS for step in range(STEPS)]
    first, second, third, last = part
    found = []
    for step in range(STEPS):
        place = step / STEPS
        rest = 1 - place
        found.append(
            rest**3 * first + 3 * rest * place * (rest * second + place * third) + place**3 * last
        )
    return found


def _point(start: complex, control: complex, end: complex, place: float) -> complex:
    rest = 1 - place
    return rest * rest * start + 2 * rest * place * control + place * place * end


def _pair(point: complex) -> tuple[float, float]:
    return point.real, point.imag
