"""What an open desk costs the service: ``python -m benchmarks.desk.memory``.

Two services set the same issue: one without a database, and one at whose desk somebody writes it in
a browser, with all pages looked at. Of both, what all processes hold together is added up, each page
of memory that several share counted once. Then both render in turns, and their processor time is
compared. Writes `docs/preview.md`; exits with 1 where a promise is broken.
"""

from __future__ import annotations

import hashlib
import json
import statistics
import tempfile
from pathlib import Path

from benchmarks.service.processes import descendants, processor_seconds
from benchmarks.service.record import ROOT, machine, mebibytes, write
from tests.support.desk import browser
from tests.support.serving import Serving, serving
from tests.support.shelf import Look, Shelf, looking

ISSUE = ROOT / "tests" / "issues" / "real-issue.json"
MOST_BYTES = 60 * 1024 * 1024
MOST_CPU = 0.02
WARMING, TURNS, RENDERS, CHARACTERS = 40, 12, 20, 60


def held_bytes(service: Serving) -> int:
    """Return the memory of all processes of a service (proportional set size)."""
    web = service.process.pid
    return sum(map(_proportional, (web, *descendants(web))))


def _proportional(process: int) -> int:
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    line = next(one for one in rollup.splitlines() if one.startswith("Pss:"))
    return int(line.split()[1]) * 1024


def write_at_the_desk(look: Look, issue: int) -> None:
    """Look at every page, and write."""
    desk = look.desk(issue)
    pages = desk.page.evaluate("() => document.querySelectorAll('[data-page]').length")
    for number in range(1, pages + 1):
        desk.page.evaluate("number => window.desk.goToPage(number)", number)
        desk.wait_for_pages()
    desk.put_caret("paragraph", 2, 3)
    for _ in range(CHARACTERS):
        desk.type("字")
        desk.page.wait_for_timeout(200)
    desk.wait_for_pages()
    look.wait_until_kept()


def render(service: Serving, document: bytes, count: int) -> str:
    """Render so often; return the digest of the file, which is always the same."""
    digests = {hashlib.sha256(service.render(document).body).hexdigest() for _ in range(count)}
    (digest,) = digests
    return digest


def cpu_of(service: Serving, document: bytes) -> float:
    """Return the processor seconds that renders take, of all processes."""
    before = sum(processor_seconds(service.process.pid)[:2])
    render(service, document, RENDERS)
    return sum(processor_seconds(service.process.pid)[:2]) - before


def main() -> None:
    document, run_on = ISSUE.read_bytes(), machine()
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(database="none") as plain,
        serving(database=Path(folder) / "hongtou.db") as desk,
        browser() as opened,
        looking(opened, Shelf(desk).address) as look,
    ):
        shelf = Shelf(desk)
        issue = shelf.issue(shelf.publication(), json.loads(document))
        digests = [render(one, document, WARMING) for one in (plain, desk)]
        write_at_the_desk(look, issue)
        held = [held_bytes(one) for one in (plain, desk)]
        pairs = [(cpu_of(plain, document), cpu_of(desk, document)) for _ in range(TURNS)]
    of_plain, of_desk = (statistics.median(one) / RENDERS for one in zip(*pairs, strict=True))
    growth = of_desk / of_plain - 1
    figures = {
        "只排版的服务": mebibytes(held[0]),
        f"有数据库、编辑台开着（看过各页，敲 {CHARACTERS} 字）的服务": mebibytes(held[1]),
        "排一期的处理器时间（轮流，中位）": f"{of_plain * 1000:.1f} ms，{of_desk * 1000:.1f} ms，{growth:+.1%}",
    }
    promises = {
        "编辑台开着，内存多不到 60 MiB": held[1] - held[0] <= MOST_BYTES,
        "有没有数据库，成品逐字节相同": digests[0] == digests[1],
        "处理器时间多不到 2%": growth <= MOST_CPU,
    }
    page = ROOT / "docs" / "preview.md"
    write("desk-memory", run_on, figures, promises, {"held": held, "cpu": pairs}, page)


if __name__ == "__main__":
    main()
