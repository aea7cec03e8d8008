"""Alter the code in many places, each time see whether a test fails, and report."""

from __future__ import annotations

import argparse
import json
import random
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar

from benchmarks.mutation.killers import keep_killers, kept_killers
from benchmarks.mutation.mutant import ROOT, Mutant, all_mutants
from benchmarks.mutation.report import report
from benchmarks.mutation.sampling import sample
from benchmarks.mutation.sight import ALL, QUICK, sight
from benchmarks.mutation.tree import Tree
from benchmarks.mutation.verdict import HERE, SURVIVED, Verdict, judge, judge_soon

OUT = ROOT / "out" / "mutation"
SHORT, LONG = 240.0, 1200.0  # seconds, watched, of the tests that one mutant is tried with
GOAL = 0.9
Found = TypeVar("Found")


def main() -> int:
    """Return 0 where enough mutants were killed."""
    options = _options()
    OUT.mkdir(parents=True, exist_ok=True)
    results = OUT / f"{'review' if options.review else f'seed-{options.seed}'}.jsonl"
    if not (options.resume or options.again):
        results.unlink(missing_ok=True)
    done = [one for one in _read(results) if not (options.again and one.what == SURVIVED)]
    every = [*all_mutants()]
    chosen = {mutant.name: mutant for mutant in _chosen(every, options)}
    known = {verdict.name for verdict in done}
    todo = [mutant for name, mutant in chosen.items() if name not in known]
    random.Random(options.seed).shuffle(todo)  # a run that is cut short tells of all rooms
    _say(f"{len(chosen)} mutants, {len(todo)} to be tried; {results}")
    try:
        _try(todo, options, results)
    finally:  # also of a run that is cut short
        verdicts = [verdict for verdict in _read(results) if verdict.name in chosen]
        if not options.review:
            keep_killers(verdicts, {mutant.name for mutant in every})
    share, told = report(verdicts)
    _say(told)
    return int(share < GOAL)


def _try(mutants: Sequence[Mutant], options: argparse.Namespace, results: Path) -> None:
    """Write what comes of mutants, each at once."""
    with results.open("a", encoding="utf-8") as written:
        for verdict in _judged(mutants, options):
            written.write(json.dumps(verdict.as_json(), ensure_ascii=False) + "\n")
            written.flush()
            _say(f"{verdict.what:10} {verdict.name}   [{verdict.why}]")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutation", description=__doc__)
    parser.add_argument("--count", type=int, default=180, help="about how many mutants")
    parser.add_argument("--seed", type=int, default=1, help="which mutants")
    parser.add_argument("--rooms", nargs="*", help="only of these rooms, e.g. compose plan")
    parser.add_argument("--resume", action="store_true", help="go on where a run was ended")
    parser.add_argument("--again", action="store_true", help="try survivors with more tests")
    parser.add_argument("--quick", action="store_true", help="with quick tests alone")
    parser.add_argument("--processes", type=int, default=2, help="how many at a time")
    parser.add_argument("--review", action="store_true", help="only the twelve of review.toml")
    return parser.parse_args()


def _chosen(every: Sequence[Mutant], options: argparse.Namespace) -> list[Mutant]:
    if options.review:
        return list(mutants_of_the_review())
    chosen = sample(every, options.count, options.seed)
    return [mutant for mutant in chosen if not options.rooms or mutant.room in options.rooms]


def mutants_of_the_review() -> Iterable[Mutant]:
    """Yield the mutants that once survived, by their names; LookupError where one is gone."""
    listed = tomllib.loads((HERE / "review.toml").read_text(encoding="utf-8"))
    for entry in listed["mutant"]:
        source = (ROOT / entry["path"]).read_text(encoding="utf-8")
        if source.count(entry["before"]) != 1:
            raise LookupError(f"{entry['name']}: {entry['path']} has changed")
        start = len(source.partition(entry["before"])[0].encode())
        end = start + len(entry["before"].encode())
        yield Mutant(entry["path"], start, end, "", entry["after"], name=entry["name"])


def _judged(mutants: Sequence[Mutant], options: argparse.Namespace) -> Iterable[Verdict]:
    """Yield the verdicts as they come: first by the tests that killed before, then by all."""
    trees = [Tree(OUT / f"tree-{number}") for number in range(options.processes)]
    killers = {} if options.review else kept_killers()
    left = []
    for mutant, verdict in _at_once(mutants, trees, partial(judge_soon, killers=killers)):
        if verdict:
            yield verdict
        else:
            left.append(mutant)
    if not left:
        return
    _say(f"{len(left)} mutants that no test is known to kill")
    kept, marks = ("sight-quick.jsonl", QUICK) if options.quick else ("sight.jsonl", ALL)
    seen = sight(OUT / kept, marks, trees, _say)
    seconds = LONG if options.again else SHORT
    for _, verdict in _at_once(left, trees, partial(judge, sight=seen, seconds=seconds)):
        yield verdict


def _at_once(
    mutants: Iterable[Mutant], trees: Sequence[Tree], judged: Callable[[Mutant, Tree], Found]
) -> Iterator[tuple[Mutant, Found]]:
    """Yield what is found of each mutant, of as many at a time as there are trees."""
    idle: SimpleQueue[Tree] = SimpleQueue()
    for tree in trees:
        idle.put(tree)

    def work(mutant: Mutant) -> tuple[Mutant, Found]:
        tree = idle.get()
        try:
            return mutant, judged(mutant, tree)
        finally:
            idle.put(tree)

    with ThreadPoolExecutor(len(trees)) as threads:
        try:
            for future in as_completed([threads.submit(work, mutant) for mutant in mutants]):
                yield future.result()
        finally:
            threads.shutdown(cancel_futures=True)  # or who ends a run waits for all of it


def _read(results: Path) -> list[Verdict]:
    lines = results.read_text(encoding="utf-8").splitlines() if results.exists() else []
    verdicts = [Verdict(**json.loads(line)) for line in lines]
    return [*{verdict.name: verdict for verdict in verdicts}.values()]  # the last of each


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
