"""Import WeasyPrint 70.0 without what a bulletin never uses: in half the time it takes.

- Its own stylesheets are read; a bulletin brings its own (`pagination.Bulletin`).
- fontTools' subsetter and variable fonts come along; HarfBuzz subsets here (`pdf/subsets.py`).
- So does a parser of HTML; ours is XML (`pagination.py`).
- It can fetch over HTTP, draw pages and read SVG; none of this is done here.
- Pango, HarfBuzz and Fontconfig are looked for under the names of other systems, and their
  declarations parsed; set lines need none of them.

What is left out is loaded when somebody asks for it: WeasyPrint serves whoever else uses it in this
process as if nothing had been left out. With another release it is imported as it is.
"""

from __future__ import annotations

import http
import importlib
import importlib.resources
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import cssselect2

from hongtou.late_modules import late_module, leave
from hongtou.pins import require_pinned

MADE_FOR = "70.0"  # the release that this module and savings.py were made for
SHEETS = "weasyprint.css"
LATE_SHEETS = ("html5_ua.css", "html5_ua_form.css", "html5_ph.css")
SHEET_READERS = ("_ua_stylesheets", "_ua_counter_style", "_ph_stylesheets")  # of weasyprint.HTML
LATE_MODULES = {  # each with the functions and classes that others import from it
    "fontTools.subset": (),
    "http.client": ("HTTPSConnection",),  # of urllib.request
    "ssl": (),  # of http.client
    "fontTools.varLib.instancer": ("instantiateVariableFont",),
    "tinyhtml5": (),
    "weasyprint.draw": ("draw_page",),
    "weasyprint.pdf.anchors": (
        "add_annotations",
        "add_forms",
        "add_links",
        "add_outlines",
        "resolve_links",
        "write_pdf_attachment",
    ),
    "weasyprint.pdf.fonts": ("build_fonts_dictionary",),
    "weasyprint.pdf.stream": ("Stream",),
    "weasyprint.svg": ("SVG",),
    "weasyprint.text.constants": ("get_lang_quotes",),
    "weasyprint.text.fonts": ("FontConfiguration",),
    "weasyprint.text.line_break": (
        "can_break_text",
        "character_ratio",
        "create_layout",
        "split_first_line",
        "strut",
    ),
}


class _Sheets:
    """WeasyPrint's folder of stylesheets, where those that come late are empty."""

    def __init__(self, folder: Any) -> None:
        self._folder = folder

    def __truediv__(self, name: str) -> Any:
        return _Empty() if name in LATE_SHEETS else self._folder / name


class _Empty:
    def read_text(self, _encoding: str) -> str:
        return ""


def _import() -> ModuleType:
    if "weasyprint" in sys.modules or not _is_the_release():
        return importlib.import_module("weasyprint")
    stand_ins = {
        name: late_module(name, functions)
        for name, functions in LATE_MODULES.items()
        if name not in sys.modules
    }
    files = importlib.resources.files
    importlib.resources.files = _without_sheets(files)
    sys.modules.update(stand_ins)
    http.__dict__.update(client=sys.modules["http.client"])  # where urllib.request looks for it
    try:
        weasyprint = importlib.import_module("weasyprint")
    finally:
        importlib.resources.files = files
        for name, stand_in in stand_ins.items():
            leave(name, stand_in)
    _read_sheets_late(weasyprint)
    return weasyprint


def _is_the_release() -> bool:
    """Tell whether the release that would be imported is the one this was made for."""
    spec = find_spec("weasyprint")
    if spec is None or spec.origin is None:
        return False
    return Path(spec.origin).parents[1].joinpath(f"weasyprint-{MADE_FOR}.dist-info").is_dir()


def _without_sheets(files: Callable[..., Any]) -> Callable[..., Any]:
    def found(anchor: Any) -> Any:
        folder = files(anchor)
        return _Sheets(folder) if getattr(anchor, "__name__", "") == SHEETS else folder

    return found


def _read_sheets_late(weasyprint: Any) -> None:
    """Have WeasyPrint's own stylesheets read when a document first asks for one."""
    html = weasyprint.HTML
    readers = {name: getattr(html, name) for name in SHEET_READERS}

    def reading(name: str) -> Callable[..., Any]:
        def first(document: Any, *given: Any) -> Any:
            for reader, original in readers.items():
                setattr(html, reader, original)
            _read_sheets(sys.modules["weasyprint.html"])
            return getattr(document, name)(*given)

        return first

    for name in readers:
        setattr(html, name, reading(name))


def _read_sheets(html: Any) -> None:
    folder = importlib.resources.files(SHEETS)
    default, forms, hints = ((folder / name).read_text("utf-8") for name in LATE_SHEETS)
    html.UA_STYLESHEET.__init__(string=default, counter_style=html.UA_COUNTER_STYLE)
    html.UA_FORM_STYLESHEET.__init__(string=forms, counter_style=html.UA_COUNTER_STYLE)
    html.PH_STYLESHEET.__init__(string=hints)


require_pinned("weasyprint", _import().__version__)
require_pinned("cssselect2", cssselect2.__version__)
