"""What the measurement at the desk makes of its figures."""

from __future__ import annotations

from benchmarks.desk.report import misses, plot, table
from benchmarks.desk.situations import SITUATIONS, Found

QUICK = {one: Found(9, [80.0, 90.0, 100.0], [24.0]) for one in SITUATIONS}
FIRST = SITUATIONS[0]


def test_a_quick_desk_misses_no_goal() -> None:
    assert misses(QUICK) == []


def test_a_goal_is_missed_by_the_middle_and_by_the_slowest() -> None:
    assert misses({**QUICK, FIRST: Found(9, [130.0, 131.0, 132.0])}) == [
        f"{FIRST.name} 131 / 132 ms"
    ]
    assert misses({**QUICK, FIRST: Found(9, [80.0] * 9 + [900.0])}) == [f"{FIRST.name} 80 / 900 ms"]


def test_a_long_input_event_is_a_miss() -> None:
    assert misses({**QUICK, FIRST: Found(9, [80.0], [24.0, 72.0])}) == ["最长的一次输入 72 ms"]


def test_every_situation_has_a_row_and_a_line() -> None:
    rows = table(QUICK, "一台机器").splitlines()
    assert rows[0] == "一台机器。"
    assert len(rows) == 2 + 2 + len(SITUATIONS) + 1
    assert "| 9 | 3 | 90 ms | 100 ms | 100 ms | 120 / 250 ms |" in rows[4]
    assert plot(QUICK, "一台机器").count("<polyline") == len(SITUATIONS)
