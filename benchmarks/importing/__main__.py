"""``python -m benchmarks.importing``: 20 issues as other files and back, the table of docs/importing.md."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from statistics import median

from benchmarks.importing.rounds import ISSUES, Round, docx_of, pdf_of, rounds, text_of
from benchmarks.service.record import ROOT, put
from hongtou.config import read_config
from hongtou.pipeline import Typesetter

PAGE = ROOT / "docs" / "importing.md"
HEAD = (
    f"{date.today().isoformat()}，{ISSUES} 期：\n\n"
    "| 写成 | 无一处不同的期 | 不同 | 未提示 | 一期的存疑（中位） |\n|---|---|---|---|---|\n"
)


def row(name: str, done: Iterable[Round]) -> tuple[str, int]:
    """Return the figures of some rounds as a row, and how many differences nobody was told of."""
    all_ = list(done)
    found = sum(len(one.found) for one in all_)
    silent = sum(len(one.silent) for one in all_)
    same = sum(not one.found for one in all_)
    doubts = median(len(one.imported.doubts) for one in all_)
    return f"| {name} | {same} | {found} | {silent} | {doubts:g} |\n", silent


def main() -> None:
    typesetter = Typesetter.open(read_config())
    rows = [
        row("文本", rounds(text_of, keeps_bold=False)),
        row("Word（.docx）", rounds(docx_of)),
        row("PDF", rounds(pdf_of(typesetter))),
    ]
    table = HEAD + "".join(text for text, _ in rows)
    put(PAGE, "rounds", table.rstrip())
    print(table)
    sys.exit(any(silent for _, silent in rows))


if __name__ == "__main__":
    main()
