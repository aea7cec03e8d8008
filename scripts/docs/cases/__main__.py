"""``python -m scripts.docs.cases FOLDER``: try every input, write ``docs/cases.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from hongtou.pipeline import Typesetter
from scripts.docs.cases.expected import HERE, Case, Expectation, read_cases
from scripts.docs.cases.table import Row, page
from scripts.docs.cases.trial import Outcome, try_input
from scripts.docs.cases.verdict import Verdict, faults_of, judge
from scripts.docs.findings import open_typesetter

PAGE = Path(__file__).parents[3] / "docs" / "cases.md"
SOURCES = ("users", "engines", "typography")
UNKNOWN = Case(then="", expected=Expectation())


def rows_of(typesetter: Typesetter, folder: Path, table: Path) -> Iterator[Row]:
    """Try every input of a folder; an input or a case that stands alone is a fault."""
    cases = read_cases(table)
    sources = {
        path.relative_to(folder).with_suffix("").as_posix(): path
        for path in sorted(folder.rglob("*.json"))
    }
    for name, source in sources.items():
        yield _row(typesetter, name, source, cases.get(name, UNKNOWN))
    for name in cases.keys() - sources.keys():
        nothing = Outcome(None, (), ())
        yield Row(name, cases[name], nothing, ["没有这份稿件"], Verdict.FAILED)


def _row(typesetter: Typesetter, name: str, source: Path, case: Case) -> Row:
    outcome = try_input(typesetter, source, case.pictures)
    faults = faults_of(case.expected, outcome)
    if case.retold is not None:
        again = try_input(typesetter, source, case.pictures, case.retold)
        faults += [f"改写：{fault}" for fault in faults_of(case.retold.expected, again)]
    return Row(name, case, outcome, faults, judge(case, outcome, faults))


def main(arguments: list[str]) -> int:
    """Write the page; return 1 if an input is not as expected, 2 if there is no folder."""
    folder = Path(*arguments[:1])
    if not arguments or not all((folder / source).is_dir() for source in SOURCES):
        print(f"请给出稿件所在的文件夹，内有 {'、'.join(SOURCES)}：make cases CASES=文件夹")
        return 2
    typesetter = open_typesetter()
    tables = [
        (source, list(rows_of(typesetter, folder / source, HERE / f"{source}.toml")))
        for source in SOURCES
    ]
    PAGE.write_text(page(tables), encoding="utf-8")
    failed = [(source, row) for source, rows in tables for row in rows if row.faults]
    for source, row in failed:
        print(f"✗ {source}/{row.name}：{'；'.join(row.faults)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
