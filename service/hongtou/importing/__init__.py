"""A finished issue in another form (.txt, .docx, PDF) → issue JSON, with every doubt."""

from __future__ import annotations

from hongtou.importing.imported import Doubt, Imported, Line
from hongtou.importing.kinds import Kind

__all__ = ["Doubt", "Imported", "Kind", "Line"]
