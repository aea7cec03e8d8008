"""Layouts: every number of a page, read from `layouts/`.

layout.py   a layout as it is used
keys.py     every table and key of a layout.toml, declared once
styles.py   every type style, and the keys of one
read.py     layout.toml → Layout, merged over the shared file
check.py    names, units, types and bounds of a file
fitting.py  whether the values fit together
refusal.py  how a faulty layout is refused
"""

from hongtou.layouts.layout import FILE, SHARED, Layout, TypeStyle, Value
from hongtou.layouts.read import file_with, open_layouts, read_layout
from hongtou.layouts.refusal import refuse

__all__ = [
    "FILE",
    "SHARED",
    "Layout",
    "TypeStyle",
    "Value",
    "file_with",
    "open_layouts",
    "read_layout",
    "refuse",
]
