"""Measure whole issues against every goal, and write the table into docs/typography.md.

usage: python -m benchmarks.typography.table [FOLDER]          (make typography CASES=FOLDER)

FOLDER holds ``typography/``, issues that a proof reader marked; where it is not given, the sample,
the examples and the generated issues are measured. Every fault is listed by place in
``out/typography/faults.json``.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.typography.bulletins import bulletin, pictures
from benchmarks.typography.goals import GOALS, TWO_CHARACTERS, TWO_LINES, Found, Goal, pages_of
from benchmarks.typography.measured import Measured, Pair, Sent, measured
from benchmarks.typography.unlike_lines import why_unlike

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "typography.md"
SAMPLE = ROOT / "tests" / "issues" / "real-issue.json"
FAULTS = ROOT / "out" / "typography" / "faults.json"
GENERATED = 40
PROOF_READ, COUNT = "typography", 14  # from 01; what is beside them tests lines alone
BEGIN, END = "<!-- goals: begin, by make typography -->", "<!-- goals: end -->"
LISTED = ("torn_heads", "off_centre", "kinsoku", "split_number", "split_measure", "lonely")


def main() -> None:
    """Measure, and write the table between its marks."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path)
    folder = there(parser.parse_args().folder)
    given = list(issues(folder))
    with ProcessPoolExecutor() as pool:
        pairs = list(pool.map(measured, given))
    told = section(f"{len(given)} issues ({sources(folder)})", pairs)
    sys.stdout.write(f"{told}\n")
    FAULTS.parent.mkdir(parents=True, exist_ok=True)
    FAULTS.write_text(json.dumps(list(map(faults_of, pairs)), ensure_ascii=False, indent=1))
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), told), encoding="utf-8")


def there(folder: Path | None) -> Path | None:
    """Return the folder if it holds such issues, else say what is measured without them."""
    if folder and (folder / PROOF_READ).is_dir():
        return folder
    sys.stderr.write(f"no folder {PROOF_READ}/ given: measuring {sources(None)} issues\n")
    return None


def issues(folder: Path | None) -> Iterator[Sent]:
    """Yield the issues that are measured."""
    files = [SAMPLE]
    if folder is None:
        files += sorted((ROOT / "examples").glob("*.json"))
    else:
        files += sorted((folder / PROOF_READ).glob("[0-9][0-9]-*.json"))[:COUNT]
    for file in files:
        yield _sent(file.stem, json.loads(file.read_text(encoding="utf-8")), _beside(file))
    for seed in range(1, GENERATED + 1):
        yield _sent(f"generated-{seed}", bulletin(seed), dict(pictures()))


def _beside(file: Path) -> dict[str, bytes]:
    suffixes = {".png", ".jpg"}
    return {one.name: one.read_bytes() for one in file.parent.iterdir() if one.suffix in suffixes}


def _sent(name: str, issue: dict[str, Any], images: dict[str, bytes]) -> Sent:
    told = json.dumps(issue, ensure_ascii=False)
    return Sent(name, issue, {name: image for name, image in images.items() if f'"{name}"' in told})


def sources(folder: Path | None) -> str:
    """Return which issues are measured, in words."""
    others = f"{COUNT} of a proof reader's" if folder else "the examples"
    return f"the sample, {others}, {GENERATED} generated"


def section(given: str, pairs: Sequence[Pair]) -> str:
    """Return what stands between the marks."""
    ours = [pair.hongtou for pair in pairs]
    both = [pair for pair in pairs if pair.typst]
    theirs = [pair.typst for pair in both if pair.typst]
    pages, rival = _pages(ours), _pages(theirs)
    alike = [pair.hongtou for pair in both]
    heads = (
        f"{given}: {pages} pages. Typst sets the {len(both)} that are text alone, {rival} pages; "
        "hongtou's figures for these stand beside its own.\n\n"
        f"| | goal | hongtou | | hongtou, {len(both)} issues | Typst, {len(both)} issues | by |\n"
        "|---|---|---|---|---|---|---|"
    )
    rows = (row(goal, ours, alike, theirs) for goal in GOALS)
    return "\n".join([heads, *rows, "", reasons(ours), "", unlike(ours)])


def reasons(issues: Sequence[Measured]) -> str:
    """Return why pages end short, with how many end more than two lines short."""
    feet = [foot for pages in pages_of(issues) for foot in pages.feet]
    every = Counter(why for _, _, why in feet)
    more = Counter(why for _, lines, why in feet if lines > TWO_LINES)
    told = (f"{why} {count} ({more[why]})" for why, count in every.most_common())
    return f"Why pages end short, and how many by more than two lines: {'; '.join(told)}."


def unlike(issues: Sequence[Measured]) -> str:
    """Return why lines of headlines are more than two characters apart, each with an example."""
    apart = [one for issue in issues for one in issue.headlines if one.apart > TWO_CHARACTERS]
    kept: dict[str, list[str]] = {}
    for headline in apart:
        shown = "／".join(headline.lines)
        kept.setdefault(why_unlike(headline.lines).value, []).append(shown)
    told = (f"{why} {len(each)} ({each[0]})" for why, each in sorted(kept.items()))
    return f"Of headlines with lines further apart, what nearer ones would part: {'; '.join(told)}."


def row(
    goal: Goal, ours: Sequence[Measured], alike: Sequence[Measured], theirs: Sequence[Measured]
) -> str:
    """Return the row of a goal."""
    found = goal.measure(ours)
    rival = goal.of_typst(theirs)
    cells = (
        goal.title,
        limit(goal),
        shown(goal, found),
        "✓" if goal.is_met(found) else "✗",
        shown(goal, goal.measure(alike)) if alike else "–",
        shown(goal, rival) if rival else "–",
        "pages and plan" if goal.by_plan else "PDF",
    )
    return f"| {' | '.join(cells)} |"


def limit(goal: Goal) -> str:
    """Return the limit of a goal as it is printed."""
    sign = "≥" if goal.is_least else "≤"
    return f"{sign} {goal.limit:g} {goal.unit}" if goal.limit else "0"


def shown(goal: Goal, found: Found) -> str:
    """Return a measure as it is printed."""
    if found.of == 0:
        return "–"
    of = f"{found.value:g} of {found.of:,}" if found.of is not None else f"{found.value:g}"
    if goal.unit == "%":
        return f"{found.percent:.1f} % ({of})"
    return f"{found.value:.2f} {goal.unit}" if goal.unit else of


def _pages(issues: Sequence[Measured]) -> int:
    return sum(issue.pdf["pages"] for issue in issues)


def faults_of(pair: Pair) -> dict[str, Any]:
    """Return every fault of an issue by its place."""
    ours = asdict(pair.hongtou.ours) if pair.hongtou.ours else {}
    return {
        "issue": pair.hongtou.name,
        **{name: pair.hongtou.pdf[name] for name in LISTED},
        "apart": [
            {"lines": one.lines, "apart": round(one.apart, 2), "kept": why_unlike(one.lines).name}
            for one in pair.hongtou.headlines
            if one.apart > TWO_CHARACTERS
        ],
        **{name: ours[name] for name in ("feet", "last_lines", "torn_words", "torn_figures")},
        "columns": [table for table in ours["column_lines"] if table[0] > table[1]],
    }


def renewed(page: str, told: str) -> str:
    """Return a page with this between the marks."""
    between = re.compile(f"(?<={re.escape(BEGIN)}\n).*?(?={re.escape(END)})", re.S)
    return between.sub(lambda _: f"\n{told}\n\n", page)


if __name__ == "__main__":
    main()
