"""Functions of WeasyPrint that ours stand in for, in the one thread that lays out a bulletin.

Others in this process find WeasyPrint as it is, also while a bulletin is laid out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import get_ident
from typing import Any

Replaced = tuple[Any, str, Callable[..., Any]]  # module, name of its function, ours


@contextmanager
def replaced(functions: Iterable[Replaced]) -> Iterator[None]:
    """Let ours be called within the block, by this thread alone."""
    originals = [(module, name, getattr(module, name), ours) for module, name, ours in functions]
    for module, name, original, ours in originals:
        setattr(module, name, _for_this_thread(ours, original))
    try:
        yield
    finally:
        for module, name, original, _ in originals:
            setattr(module, name, original)


def _for_this_thread(ours: Callable[..., Any], original: Callable[..., Any]) -> Callable[..., Any]:
    thread = get_ident()

    @wraps(original)
    def either(*values: Any, **named: Any) -> Any:
        return (ours if get_ident() == thread else original)(*values, **named)

    return either
