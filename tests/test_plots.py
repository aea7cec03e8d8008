"""The charts that the benchmarks draw: every point on the paper, every line labelled."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from benchmarks.plots import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Axis, Series, line_chart

SVG = "{http://www.w3.org/2000/svg}"


def drawn(x: Axis, y: Axis, *series: Series) -> ElementTree.Element:
    return ElementTree.fromstring(line_chart("用时 < 一秒", "说明", x, y, series))


def texts(chart: ElementTree.Element) -> list[str]:
    return [one.text or "" for one in chart.iter(f"{SVG}text")]


def places(chart: ElementTree.Element) -> list[tuple[float, float]]:
    lines = [one.get("points", "") for one in chart.iter(f"{SVG}polyline")]
    return [
        (float(x), float(y)) for line in lines for x, y in re.findall(r"([\d.]+),([\d.]+)", line)
    ]


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("most", [0.07, 3, 499, 1_000_000])
def test_every_point_is_inside_the_axes(log: bool, most: float) -> None:
    points = [(most * share, most * share**2) for share in (0.01, 0.3, 1)]
    found = places(drawn(Axis("页", log), Axis("毫秒", log), Series("甲", points)))
    assert len(found) == 3
    for x, y in found:
        assert LEFT <= x <= WIDTH - RIGHT
        assert TOP <= y <= HEIGHT - BOTTOM
    assert found == sorted(found, key=lambda place: (place[0], -place[1]))


def test_titles_units_and_labels_are_written() -> None:
    chart = drawn(
        Axis("页数"), Axis("用时（毫秒）"), Series("甲", [(1, 50)]), Series("乙", [(1, 50)])
    )
    assert {"用时 < 一秒", "说明", "页数", "用时（毫秒）", "甲", "乙", "0", "50"} <= set(
        texts(chart)
    )
    labels = [
        float(one.get("y", "0")) for one in chart.iter(f"{SVG}text") if one.text in ("甲", "乙")
    ]
    assert abs(labels[0] - labels[1]) >= 12  # the same place, yet both can be read


def test_ticks_are_round() -> None:
    chart = drawn(
        Axis("页数", log=True), Axis("毫秒", log=True), Series("甲", [(9, 54), (500, 8800)])
    )
    assert {"5", "10", "100", "500", "50", "1,000", "10,000"} <= set(texts(chart))


def test_what_a_logarithm_does_not_know_is_left_out() -> None:
    assert (
        len(places(drawn(Axis("页", log=True), Axis("毫秒"), Series("甲", [(0, 1), (2, 3)])))) == 1
    )
