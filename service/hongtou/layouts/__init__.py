"""Layouts: every number of a page, read from `layouts/`.

layout.py   a layout as it is used
keys.py     every table and key of a layout.toml, declared once
styles.py   every type style, and the keys of one
read.py     layout.toml → Layout, merged over the shared file
check.py    names, units, types and bounds of a file
fitting.py  whether the values fit together
"""

from hongtou.layouts.layout import SHARED, Layout, TypeStyle, Value
from hongtou.layouts.read import open_layouts, read_layout

__all__ = ["SHARED", "Layout", "TypeStyle", "Value", "open_layouts", "read_layout"]
