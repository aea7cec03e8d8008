"""A provider on loopback that a test lets do wrong, and a service that asks it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.house import House
from tests.support.provider import Provider, certify, identity_provider
from tests.support.sign_on import opened


@pytest.fixture(scope="session")
def running() -> Iterator[Provider]:
    with identity_provider() as found:
        yield found


@pytest.fixture
def provider(running: Provider) -> Provider:
    """The provider, which does right again."""
    vars(running).update(vars(Provider(running.port)))
    return running


@pytest.fixture(scope="module")
def house(running: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    made = opened(tmp_path_factory.mktemp("house"), oidc_issuer=running.issuer)
    yield made
    made.archive.close()


@pytest.fixture(autouse=True)
def _does_right_again(provider: Provider) -> None:
    """Whoever has only a house has a provider that does right, too."""


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("tls") / "sso.pem"
    certify(file)
    return file
