"""What all tests share."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.support.order import places_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# A container may forbid it: then every process of a run compiles all tests and the whole program anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# Processes that tests start open what stands in `tests.support`, which is not installed.
os.environ["PYTHONPATH"] = str(Path(__file__).parents[1])
# Services that tests start keep their database apart from that of whoever runs the tests.
os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(prefix="hongtou-state-")
atexit.register(shutil.rmtree, os.environ["XDG_STATE_HOME"], ignore_errors=True)

OBJECTS_BETWEEN = 10_000  # looks for garbage: 700 of Python's make a twentieth of the time
# The marks of what a run leaves out, by its expression; a whole file of it is not even loaded.
LEFT_OUT = {"not slow": ("slow", "long"), "not long": ("long",)}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that renews golden pictures after a look at them."""
    parser.addoption("--save-golden", action="store_true", help="renew tests/golden")
    parser.addoption(
        "--cases",
        type=int,
        help="cases of each property and of each route in tests/test_contract.py",
    )
    parser.addoption(
        "--repeat",
        type=int,
        default=1,
        help="times that each test of tests/browser/test_keeping.py, turns of tests/test_two_releases.py",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Try properties with the same examples each time, or with as many as ``--cases`` says.

    A commit is as good on another machine as on this; `make fuzz` looks for what nobody has seen.
    """
    gc.disable()  # until all is collected: to look through it again and again is a third of that
    settings.register_profile("same", derandomize=True, deadline=None)  # a busy machine is no fault
    settings.load_profile("same")
    cases = config.getoption("--cases")
    if cases:
        settings.register_profile(
            "cases",
            settings.get_profile("default"),
            max_examples=cases,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        settings.load_profile("cases")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Load no file that is slow or long as a whole where that is left out."""
    marks = LEFT_OUT.get(config.option.markexpr)
    if not marks or collection_path.suffix != ".py":
        return None
    text = collection_path.read_text(encoding="utf-8")
    return any(f"\npytestmark = pytest.mark.{mark}\n" in text for mark in marks) or None


@pytest.hookimpl(tryfirst=True)  # before what is slow is left out
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Call slow what is long or has a browser, and put files in the order in which they are run."""
    kinds: dict[Path, str] = {}
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.slow)
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)
            kinds[item.path] = "browser"
        elif item.get_closest_marker("slow"):
            kinds.setdefault(item.path, "slow")
    places = places_of({item.path: kinds.get(item.path, "quick") for item in items})
    items.sort(key=lambda item: places[item.path])


def pytest_collection_finish() -> None:
    """Look for no garbage in what was collected, as it stays until the end.

    Nor let a run of `hongtou render` in this process keep all that there is, as it does before it ends.
    """
    gc.freeze()
    gc.freeze = lambda: None
    gc.set_threshold(OBJECTS_BETWEEN)
    gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run in a thread of its own what starts an event loop: Playwright has one in the main thread."""
    if not pyfuncitem.get_closest_marker("own_loop"):
        return None
    names = pyfuncitem._fixtureinfo.argnames
    given = {name: pyfuncitem.funcargs[name] for name in names}
    with ThreadPoolExecutor(1) as threads:
        threads.submit(pyfuncitem.obj, **given).result()
    return True


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The one browser of a process: Playwright does not start twice in it."""
    from tests.support.desk import browser

    with browser() as opened:
        yield opened


@pytest.fixture
def in_china() -> Iterator[None]:
    """The clock of this process is that of China, eight hours before UTC."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "CST-8")
        time.tzset()
        yield
    time.tzset()
