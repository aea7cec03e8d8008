"""Services with accounts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.house import Browser, House
from tests.web.accounts.roles import BY_ROLE


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    made = House(tmp_path_factory.mktemp("house") / "hongtou.db")
    made.people()
    yield made
    made.archive.close()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[House]:
    """A house that a test may turn upside down."""
    made = House(tmp_path / "hongtou.db")
    made.people()
    yield made
    made.archive.close()


@pytest.fixture(scope="module")
def browsers(house: House) -> dict[str, Browser]:
    return {who: house.browser(who) for who in BY_ROLE}
