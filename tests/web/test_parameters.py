"""What is chosen in the query: ordered, or refused with the nearest name."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from hongtou.bulletin.order import Order
from tests.support.answers import post
from tests.support.fakes import FakeTypesetter


def test_a_parameter_that_is_given_twice_is_refused(client: FlaskClient) -> None:
    answer = post(client, "/v1/render?output=png&output=screen")
    assert answer.status_code == 400
    assert "output 写了 2 次" in answer.json["detail"]


def test_what_is_chosen_of_an_output_is_ordered(
    client: FlaskClient, typesetter: FakeTypesetter
) -> None:
    assert post(client, "/v1/render?dpi=72&page=2&output=png").status_code == 200
    assert typesetter.asked[-1][1] == Order("png", options=(("dpi", 72), ("page", 2)))


@pytest.mark.parametrize(
    ("query", "told", "hint"),
    [
        ("output=png&pgae=2", "没有名为“pgae”的参数", "是否指 page？可选：output"),
        ("output=png&page=0", "参数 page 不能是“0”", "可为：1–9999 的整数"),
        ("output=png&dpi=high", "参数 dpi 不能是“high”", "可为：36–300 的整数"),
        (
            "page=2",
            "输出 screen 没有参数 page，png 才有",
            "可选：output、purpose、normalize、even_pages",
        ),
        ("output=png&page=1&page=1", "page 写了 2 次", "请只写一次"),
    ],
)
@pytest.mark.parametrize("path", ["/v1/render", "/v1/check"])
def test_what_no_output_offers_is_refused(
    client: FlaskClient, path: str, query: str, told: str, hint: str
) -> None:
    answer = post(client, f"{path}?{query}")
    assert answer.status_code == 400
    assert told in answer.json["detail"]
    assert hint in answer.json["detail"]


def test_a_near_name_is_offered(client: FlaskClient) -> None:
    answer = post(client, "/v1/render?outputt=png")
    assert "没有名为“outputt”的参数" in answer.json["detail"]
    assert "是否指 output？可选：output、purpose、normalize" in answer.json["detail"]
