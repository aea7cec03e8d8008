"""Sizes are said to people in one way, the largest unit of which there is one."""

from __future__ import annotations

import pytest

from hongtou.bulletin.sizes import shown_size


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (0, "0 字节"),
        (1023, "1023 字节"),
        (1024, "1 KB"),
        (2 * 1024**2, "2 MB"),
        (1_572_864, "1.5 MB"),
        (10 * 1024**3, "10 GB"),
    ],
)
def test_sizes_are_shown_as_people_read_them(size: int, shown: str) -> None:
    assert shown_size(size) == shown
