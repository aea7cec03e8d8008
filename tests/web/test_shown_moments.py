"""Moments as lists and histories show them: as short as they can be told."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from hongtou.web.pages import listing
from hongtou.web.pages.listing import shown_moment

NOON = datetime(2026, 11, 28, 12, 0).astimezone()


@pytest.mark.parametrize(
    ("before", "shown"),
    [
        (timedelta(0), "12:00"),
        (timedelta(hours=11, minutes=59), "00:01"),
        (timedelta(hours=12, minutes=1), "昨天 23:59"),
        (timedelta(hours=36), "昨天 00:00"),
        (timedelta(days=2), "2026年11月26日 12:00"),
    ],
)
def test_a_moment_is_told_by_its_clock_today_and_by_its_day_before_yesterday(
    monkeypatch: pytest.MonkeyPatch, before: timedelta, shown: str
) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return NOON

    monkeypatch.setattr(listing, "datetime", Clock)
    assert shown_moment(NOON - before) == shown
