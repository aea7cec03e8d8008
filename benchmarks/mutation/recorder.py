"""A plugin of pytest that writes down which functions each test makes run: ``record`` beside it.

What runs while tests are collected, or while a fixture is set up that later tests may share, is
what all tests of the file may see.
"""

import json
import time
from collections.abc import Iterator
from importlib import import_module
from mmap import mmap
from pathlib import Path

import pytest

from benchmarks.mutation import watcher as places
from benchmarks.mutation.places import functions

RECORD = "mutation-record.json"


class Recorder:
    """What each test of one file makes run."""

    def __init__(self, seen: mmap, record: Path) -> None:
        self.seen, self.record = seen, record
        self.known = [(name, places.place_of(name)) for name in sorted(functions())]
        self.shared: set[str] = set()
        self.tests: dict[str, tuple[float, list[str]]] = {}

    def _taken(self) -> list[str]:
        """Return what has run since the last time."""
        bits = self.seen[:]
        self.seen[:] = bytes(places.SIZE)
        return [name for name, place in self.known if bits[place]]

    @pytest.hookimpl(wrapper=True)
    def pytest_collection(self) -> Iterator[None]:
        yield
        self.shared |= {*self._taken()}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self) -> Iterator[None]:
        self._taken()  # what processes of the test before have done since
        try:
            return (yield)
        finally:
            self.shared |= {*self._taken()}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        began = time.monotonic()
        try:
            return (yield)
        finally:
            self.tests[item.nodeid] = (round(time.monotonic() - began, 3), self._taken())

    def pytest_sessionfinish(self) -> None:
        record = {"shared": sorted(self.shared), "tests": self.tests}
        self.record.write_text(json.dumps(record), encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Record, where the tests are watched."""
    seen = import_module("mutation_watcher").shared  # of the environment of a tree
    assert seen is not None, "to be run in a tree that is watched"
    record = config.rootpath / RECORD
    config.pluginmanager.register(Recorder(seen, record))
