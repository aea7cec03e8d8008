"""Whose word on its clients is taken: a proxy's that is named, however its address is written."""

from __future__ import annotations

import pytest

from hongtou.config import read_config
from hongtou.web.proxies import client_address, is_trusted, user_told, uses_tls

CONFIG = read_config(
    {
        "HONGTOU_PROXIES": "10.0.0.1, FD00:0:0::1",
        "HONGTOU_PROXY_USER": "X-Remote-User",
    }
)
TOLD = {
    "x-forwarded-for": "192.0.2.9, 192.0.2.7",
    "x-forwarded-proto": "https",
    "x-remote-user": "editor",
}


@pytest.mark.parametrize("peer", ["10.0.0.1", "::ffff:10.0.0.1", "fd00::1", "FD00::1"])
def test_a_proxy_is_believed_in_whatever_form_its_address_comes(peer: str) -> None:
    assert is_trusted(peer, CONFIG)
    assert client_address(peer, TOLD, CONFIG) == "192.0.2.7"
    assert uses_tls(peer, TOLD, CONFIG)
    assert user_told(peer, TOLD, CONFIG) == "editor"


@pytest.mark.parametrize("peer", ["10.0.0.2", "::ffff:10.0.0.2", "fd00::2", "::1", "localhost", ""])
def test_nobody_else_is(peer: str) -> None:
    assert not is_trusted(peer, CONFIG)
    assert client_address(peer, TOLD, CONFIG) == peer
    assert not uses_tls(peer, TOLD, CONFIG)
    assert user_told(peer, TOLD, CONFIG) == ""


def test_where_no_proxy_is_named_there_is_none() -> None:
    assert not is_trusted("127.0.0.1", read_config({}))
    assert not is_trusted("", read_config({}))


def test_a_proxy_in_front_of_a_proxy_is_no_client() -> None:
    told = {"x-forwarded-for": "192.0.2.7, ::ffff:10.0.0.1"}
    assert client_address("fd00::1", told, CONFIG) == "192.0.2.7"
