"""A service that asks nobody who they are says so when a proxy offers it to others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hongtou.config import Config
from hongtou.keys import OF_KEYS, key_line
from hongtou.web.app import Application, create_app
from tests.support.fakes import FakeTypesetter

FORWARDED = {"X-Forwarded-For": "10.0.0.9"}


def told(capfd: pytest.CaptureFixture[str]) -> list[str]:
    lines = (json.loads(line) for line in capfd.readouterr().err.splitlines())
    return [str(line["cause"]) for line in lines if line["event"] == "open-behind-proxy"]


def app(**config: object) -> Application:
    return create_app(Config(**config), FakeTypesetter())  # type: ignore[arg-type]


def test_a_header_of_a_proxy_is_told_once(capfd: pytest.CaptureFixture[str]) -> None:
    client = app().test_client()
    for _ in range(3):
        assert client.get("/healthz", headers=FORWARDED).status_code == 200
    (cause,) = told(capfd)
    assert "X-Forwarded-For" in cause
    assert "hongtou accounts link" in cause


def test_who_connects_without_a_proxy_is_not_told(capfd: pytest.CaptureFixture[str]) -> None:
    app().test_client().get("/healthz")
    assert told(capfd) == []


@pytest.mark.parametrize(
    "settings", [{"hosts": "a.gov.cn"}, {"prefix": "/hongtou"}, {"proxies": "127.0.0.1"}]
)
def test_settings_of_a_proxy_are_told_at_start(
    capfd: pytest.CaptureFixture[str], settings: dict[str, str]
) -> None:
    app(**settings).exposure.look_at_settings()
    assert "HONGTOU_PROXIES" in told(capfd)[0]


def test_others_are_not(capfd: pytest.CaptureFixture[str]) -> None:
    app().exposure.look_at_settings()
    assert told(capfd) == []


def test_a_service_with_keys_is_not_open(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    keys = tmp_path / "keys"
    keys.write_text(key_line("secret", OF_KEYS, "a"))
    guarded = app(keys=keys, proxies="127.0.0.1")
    guarded.exposure.look_at_settings()
    guarded.test_client().get("/healthz", headers=FORWARDED)
    assert told(capfd) == []
