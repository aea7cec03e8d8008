"""veraPDF: rules of standards, run over files; by default those of every standard they claim."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from scripts.judges.jars import Jar, fetched

VERAPDF = Jar(
    "org.verapdf.apps",
    "cli",
    "1.30.2",
    "287cc9c9757f99dcff4a2d39b68268245b48103fb6af443162d5a29df2afa332",
)
Results = Sequence[Mapping[str, Any]]


def judged(files: Sequence[Path], rules: Path | None = None) -> Mapping[str, Results]:
    """Return the results by file name, one for each standard, or for these ``rules`` alone."""
    options = ["--profile", str(rules)] if rules else []
    command = ["java", "-jar", str(fetched(VERAPDF)), "--format", "json", *options]
    run = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=False)
    jobs = json.loads(run.stdout)["report"]["jobs"]
    return {
        Path(job["itemDetails"]["name"]).name: job.get("validationResult") or () for job in jobs
    }


def faults(expected: set[str], results: Results) -> Iterator[str]:
    """Yield what is wrong with a file: rules that were not looked at, and all that it breaks.

    A file that has lost a claim is judged by the others alone, so that who judged is looked at too.
    """
    names = {result["profileName"] for result in results}
    yield from (f"没有按 {name} 核对" for name in sorted(expected - names))
    yield from (f"自称 {name}" for name in sorted(names - expected))
    for result in results:
        for rule in result["details"]["ruleSummaries"]:
            if rule["status"] == "failed":
                clause = f"{rule['specification']} §{rule['clause']}-{rule['testNumber']}"
                yield f"{clause}：{rule['description']}"
