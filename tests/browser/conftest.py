"""One service for all tests of the desk in a process, a desk for each file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.support.desk import DeskPage, opened_desk
from tests.support.mortal import Mortal
from tests.support.serving import free_port
from tests.support.shelf import Look, Shelf, looking, shelf_in
from tests.support.warm_start import warm_serving
from tests.support.ways import ISSUE as SMALL

ROOT = Path(__file__).parents[2]
REAL = json.loads((ROOT / "tests" / "issues" / "real-issue.json").read_bytes())


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that has turns as often as ``--repeat`` says."""
    if "turn" in metafunc.fixturenames:
        metafunc.parametrize("turn", range(metafunc.config.getoption("--repeat")), indirect=True)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with warm_serving() as service:
        yield f"http://127.0.0.1:{service.port}"


@pytest.fixture(scope="module")
def open_desk(chromium: Browser, address: str) -> Iterator[DeskPage]:
    with opened_desk(chromium, f"{address}/desk") as desk:
        yield desk


@pytest.fixture
def desk(open_desk: DeskPage) -> DeskPage:
    """A desk with the real issue on it, as it came."""
    open_desk.begin_with(REAL)
    return open_desk


@pytest.fixture
def small_desk(open_desk: DeskPage) -> DeskPage:
    """A desk with one article and one item of short news on it."""
    open_desk.page.evaluate("() => desk.pictures.blobs.clear()")
    open_desk.begin_with(SMALL)
    return open_desk


@pytest.fixture
def real() -> Any:
    return json.loads(json.dumps(REAL))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """A service with an empty database of its own."""
    with shelf_in(tmp_path_factory.mktemp("shelf") / "hongtou.db") as found:
        yield found


@pytest.fixture
def look(chromium: Browser, shelf: Shelf) -> Iterator[Look]:
    """A window in which pages of that service are opened."""
    with looking(chromium, shelf.address) as found:
        yield found


@pytest.fixture(scope="module")
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mortal]:
    """A service that a test may kill and start again."""
    found = Mortal(tmp_path_factory.mktemp("mortal") / "hongtou.db", free_port())
    found.start()
    try:
        yield found
    finally:
        found.kill()
