"""What came of all mutants: how many each room has, and of each that was not killed why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from benchmarks.mutation.verdict import (
    EQUIVALENT,
    KILLED,
    SAVES_TIME,
    SURVIVED,
    Verdict,
    told_of,
)

COLUMNS = (KILLED, SURVIVED, SAVES_TIME, EQUIVALENT)
UNEXPLAINED = "not explained yet: a rule without a test, or an entry that known.toml lacks"


def report(verdicts: Sequence[Verdict]) -> tuple[float, str]:
    """Return the share that was killed of those that could be seen, and the whole report."""
    verdicts = [*map(_as_known, verdicts)]
    total = Counter(verdict.what for verdict in verdicts)
    counted = total[KILLED] + total[SURVIVED]
    share = total[KILLED] / max(1, counted)
    last = (
        f"{total[KILLED]} of {counted} killed: {share:.1%} "
        f"(not counted: {total[SAVES_TIME]} that only save time, {total[EQUIVALENT]} equivalent)"
    )
    return share, "\n".join(["", *_table(verdicts), "", *_explained(verdicts), last])


def _as_known(verdict: Verdict) -> Verdict:
    """Return what is known of a survivor by now: an entry may be added after the run."""
    known = told_of(verdict.name) if verdict.what == SURVIVED else None
    return replace(verdict, what=known.what) if known else verdict


def _table(verdicts: Sequence[Verdict]) -> Iterator[str]:
    rooms = Counter((verdict.room, verdict.what) for verdict in verdicts)
    yield f"{'room':12}" + "".join(f"{what:>12}" for what in COLUMNS)
    for room in sorted({verdict.room for verdict in verdicts}):
        yield f"{room:12}" + "".join(f"{rooms[room, what]:12}" for what in COLUMNS)


def _explained(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Yield each mutant that was not killed, and why it is borne."""
    for what in COLUMNS[1:]:
        for verdict in verdicts:
            if verdict.what == what:
                known = told_of(verdict.name)
                yield f"{what}: {verdict.name}"
                yield f"    {known.why if known else UNEXPLAINED}"
                yield f"    {verdict.why}" if what == SURVIVED else ""
    yield ""
