"""Import WeasyPrint 70.0 without what a bulletin never uses: in a third of the time it takes.

- It looks for each library under the names of other systems first, and each of these asks
  ldconfig, gcc and ld. The name that this system has comes last and needs no search.
- Its own stylesheets are parsed; a bulletin brings its own (`typesetting.Bulletin`).
- fontTools' subsetter and variable fonts come along; HarfBuzz subsets here (`fonts.py`).
"""

from __future__ import annotations

import ctypes.util
import importlib
import importlib.resources
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import cssselect2

from hongtou.pins import require_pinned

SHEETS = "weasyprint.css"
UNUSED_SHEETS = ("html5_ua.css", "html5_ua_form.css", "html5_ph.css")
UNUSED_MODULES = {
    "fontTools.subset": (),
    "fontTools.varLib.instancer": ("instantiateVariableFont",),
}


class _Sheets:
    """WeasyPrint's folder of stylesheets, where those that are not used are empty."""

    def __init__(self, folder: Any) -> None:
        self._folder = folder

    def __truediv__(self, name: str) -> Any:
        return _Empty() if name in UNUSED_SHEETS else self._folder / name


class _Empty:
    def read_text(self, _encoding: str) -> str:
        return ""


def _refuse(*_unused: Any, **_named: Any) -> Any:
    raise NotImplementedError("left out when WeasyPrint was imported")


def _import() -> ModuleType:
    stand_ins = {
        name: _stand_in(name, functions)
        for name, functions in UNUSED_MODULES.items()
        if name not in sys.modules
    }
    search, files = ctypes.util.find_library, importlib.resources.files
    ctypes.util.find_library = lambda name: None
    importlib.resources.files = _without_sheets(files)
    sys.modules.update(stand_ins)
    try:
        return importlib.import_module("weasyprint")
    finally:
        ctypes.util.find_library, importlib.resources.files = search, files
        for name in stand_ins:
            del sys.modules[name]


def _without_sheets(files: Callable[..., Any]) -> Callable[..., Any]:
    def found(anchor: Any) -> Any:
        folder = files(anchor)
        return _Sheets(folder) if getattr(anchor, "__name__", "") == SHEETS else folder

    return found


def _stand_in(name: str, functions: tuple[str, ...]) -> ModuleType:
    module = ModuleType(name)
    for function in functions:
        setattr(module, function, _refuse)
    return module


require_pinned("weasyprint", _import().__version__)
require_pinned("cssselect2", cssselect2.__version__)
