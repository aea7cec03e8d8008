"""The tagged PDF for reading and for office printers, as the engine makes it."""

from __future__ import annotations

from hongtou.outputs.output import Output

SCREEN = Output(
    name="screen",
    title="阅读与办公打印用 PDF",
    media_type="application/pdf",
    extension="pdf",
    finish=lambda content: content,
)
