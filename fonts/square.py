"""The square that every face is built to, as `layouts/_shared/layout.toml` says where it stands."""

from __future__ import annotations

import tomllib
from pathlib import Path

UNITS = 1000  # of an em
LAYOUT = Path(__file__).parents[1] / "layouts" / "_shared" / "layout.toml"

_values = tomllib.loads(LAYOUT.read_text(encoding="utf-8"))
ASCENT = round(UNITS * _values["composition"]["baseline"]["em"])
DESCENT = ASCENT - UNITS
MIDDLE = (UNITS // 2, ASCENT - UNITS // 2)
