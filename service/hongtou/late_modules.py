"""Modules that are loaded when they are first asked for something.

`importlib.util.LazyLoader` is of no use here: an import statement alone has such a module loaded.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any


def load_late(name: str, functions: tuple[str, ...] = ()) -> None:
    """Have others that import a module, or these of its functions, load it when they use it."""
    if name in sys.modules:
        return
    parent, _, child = name.rpartition(".")
    sys.modules[name] = late_module(name, functions)
    setattr(importlib.import_module(parent), child, sys.modules[name])


def late_module(name: str, functions: tuple[str, ...] = ()) -> ModuleType:
    """Return a module that loads the one it stands for when it is first asked for something.

    ``functions`` are the functions and classes that others import from it without calling them.
    """

    def attribute(wanted: str) -> Any:
        if wanted.startswith("__"):  # asked for by the import itself
            raise AttributeError(wanted)
        leave(name, module)  # Python 3.12 asks http.client already while WeasyPrint is imported
        return getattr(importlib.import_module(name), wanted)

    def late(function: str) -> Callable[..., Any]:
        return lambda *given, **named: attribute(function)(*given, **named)

    module = ModuleType(name)
    module.__dict__.update({function: late(function) for function in functions})
    module.__dict__["__getattr__"] = attribute
    return module


def leave(name: str, stand_in: ModuleType) -> None:
    """Take a stand-in out of the way of the module it stands for, if it still is."""
    if sys.modules.get(name) is stand_in:
        del sys.modules[name]
