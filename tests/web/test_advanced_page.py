"""The page on which JSON is set: every output and option, and nothing from elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from hongtou.outputs import OUTPUTS
from hongtou.outputs.option import Choice, Switch, WholeNumber


class TestPage:
    def test_holds_no_script_or_style_of_its_own_and_nothing_from_elsewhere(
        self, client: FlaskClient
    ) -> None:
        page = client.get("/advanced").text
        assert "<style" not in page
        assert "style=" not in page
        assert not re.search(r"<script(?![^>]*src=)", page)
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page)

    @pytest.mark.slow
    def test_all_that_it_loads_is_there(self, client: FlaskClient) -> None:
        page = client.get("/advanced").text
        named = re.findall(r'(?:src|href|data-example)="(/[^"]*)"', page)
        assert len(named) > 5
        for path in named:
            with client.get(path) as answer:
                assert answer.status_code == 200, path

    @pytest.mark.slow
    def test_every_field_has_a_label(self, client: FlaskClient) -> None:
        page = client.get("/advanced").text
        for name in re.findall(r'<(?:textarea|input|select) id="([^"]+)"', page):
            labelled = f'for="{name}"' in page or re.search(rf'<label[^>]*>[^/]*id="{name}"', page)
            assert labelled, name

    @pytest.mark.slow
    def test_offers_every_output(self, client: FlaskClient) -> None:
        assert re.findall(r'<option value="([^"]+)"', client.get("/advanced").text)[
            : len(OUTPUTS)
        ] == list(OUTPUTS)

    @pytest.mark.slow
    def test_offers_what_may_be_chosen_of_an_output(self, client: FlaskClient) -> None:
        page = " ".join(client.get("/advanced").text.split())
        assert '<fieldset class="bar options" data-output="png" disabled hidden>' in page
        assert '<fieldset class="bar options" data-output="screen" disabled hidden>' in page
        numbers = [one for one in OUTPUTS["png"].options if isinstance(one, WholeNumber)]
        assert numbers
        for option in numbers:
            bounds = f'min="{option.schema["minimum"]}" max="{option.schema["maximum"]}"'
            assert f'name="{option.name}" value="{option.default}" {bounds}' in page
            assert f"<label>{option.title} <input" in page
        for choice in (one for one in OUTPUTS["png"].options if isinstance(one, Choice)):
            need = choice.needs
            told = f"（只用于{need.told}）" if need else ""
            needs = f' data-needs="{need.name}" data-needed="{need.value}"' if need else ""
            assert f'<label>{choice.title}{told} <select name="{choice.name}"{needs}>' in page
            for value, meaning in choice.values.items():
                assert re.search(rf'<option value="{value}" (?:selected)?>{meaning}<', page)

    @pytest.mark.slow
    def test_offers_each_kind_of_choice(
        self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        inks = Choice(
            name="inks", title="油墨", default="spot", values={"process": "四色", "spot": "专色"}
        )
        marks = Switch(name="marks", title="裁切线", default=True)
        press = replace(OUTPUTS["screen"], name="press", options=(inks, marks))
        monkeypatch.setitem(OUTPUTS, "press", press)
        page = " ".join(client.get("/advanced").text.split())
        assert '<select name="inks"> <option value="process" >四色</option>' in page
        assert '<option value="spot" selected>专色</option>' in page
        assert '<label><input type="checkbox" name="marks" checked>裁切线</label>' in page
