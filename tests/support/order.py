"""The order in which files of tests are run, several at a time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

# Those that take the most processor time, half a minute and more, the longest first.
LONGEST = (
    *("test_doctor", "test_contract", "test_determinism", "test_faults_of_the_machine"),
    *("test_growth", "test_keeping", "test_durability", "test_package"),
)


def places_of(kinds: Mapping[Path, str]) -> dict[Path, float]:
    """Return the place of each file: the longest first, then some of each kind at any time.

    The longest are not left for the end, alone. What has a browser or a service waits much of its
    time: what only computes beside it fills that.
    """
    places: dict[Path, float] = {}
    for kind in set(kinds.values()):
        files = [path for path, its in kinds.items() if its == kind]
        places |= {path: (at + 0.5) / len(files) for at, path in enumerate(files)}
    first = {path: LONGEST.index(path.stem) for path in kinds if path.stem in LONGEST}
    return places | {path: at - len(LONGEST) for path, at in first.items()}
