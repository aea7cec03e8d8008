"""An application whose typesetter does what a test tells it to."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from hongtou.web.app import create_app
from tests.support.answers import CONFIG
from tests.support.fakes import FakeTypesetter
from tests.support.house import cheap_hashes

__all__ = ["cheap_hashes"]


@pytest.fixture(autouse=True)
def bounded_boundary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Werkzeug writes boundaries of more than the 70 characters of RFC 2046, now and then."""
    monkeypatch.setattr("werkzeug.test.random", lambda: 0.5)


@pytest.fixture
def typesetter() -> FakeTypesetter:
    return FakeTypesetter()


@pytest.fixture
def client(typesetter: FakeTypesetter) -> FlaskClient:
    return create_app(CONFIG, typesetter).test_client()
