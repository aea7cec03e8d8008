"""The desk of an organisation whose layouts or examples are not those that come along."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from hongtou.intake.building import DEFAULT_LAYOUT
from hongtou.layouts import Layout
from hongtou.web import services
from hongtou.web.app import create_app
from tests.support.answers import CONFIG
from tests.support.fakes import FakeTypesetter
from tests.support.shop import layouts


class OwnLayouts(FakeTypesetter):
    """One whose layouts have other names than that by default."""

    @property
    def layouts(self) -> Mapping[str, Layout]:
        return {name: one for name, one in super().layouts.items() if name != DEFAULT_LAYOUT}


def test_without_the_layout_by_default_one_has_to_be_chosen() -> None:
    usual = f"默认（{layouts()[DEFAULT_LAYOUT].title}）"
    assert usual in create_app(CONFIG, FakeTypesetter()).test_client().get("/desk").text
    page = create_app(CONFIG, OwnLayouts()).test_client().get("/desk")
    assert page.status_code == 200
    assert usual not in page.text
    assert "请选择版式" in page.text


def test_without_examples_it_begins_with_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "read_examples", dict)
    page = create_app(CONFIG, FakeTypesetter()).test_client().get("/desk")
    assert page.status_code == 200
