"""Sizes of files as people read them, one way in all that is said to them."""

from __future__ import annotations

UNITS = ((1024**3, "GB"), (1024**2, "MB"), (1024, "KB"))


def shown_size(size: int) -> str:
    """Return a number of bytes in the largest unit of which there is one, e.g. 1.5 MB."""
    for unit, name in UNITS:
        if size >= unit:
            return f"{size / unit:.1f}".removesuffix(".0") + f" {name}"
    return f"{size} 字节"
