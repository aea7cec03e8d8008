"""Schemathesis asks the service whatever its own document allows, and more.

All of Schemathesis's checks are on, but for two that the contract answers otherwise (BY_CONTRACT).
``make fuzz`` runs the long form and writes what came of it into `docs/reliability.md`.
"""

from __future__ import annotations

import atexit
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from benchmarks.service.record import machine, write
from hongtou.bulletin.order import Order
from hongtou.outputs import OUTPUTS
from tests.support.serving import serving

pytestmark = pytest.mark.slow

HAN = "今年以来各区县坚持问题导向，推动城乡环境综合治理走深实。"
AS_THEY_ARE = {
    "layout",
    "date",
    "issue_date",
    "imprint_date",
    "series",
    "urgency",
    "class",
    "type",
    "align",
    "orientation",
}
IS_LONG = settings.get_current_profile_name() == "cases"  # see conftest.py
CASES = settings.default.max_examples if IS_LONG else 25

# A text may be what the schema allows and still not be fit to print: 422 with every reason.
# A check answers 200 and tells of faults as findings.
BY_CONTRACT = {"/v1/render": [positive_data_acceptance], "/v1/check": [negative_data_rejection]}


def in_print(value: Any, key: str = "") -> Any:
    """Return a body whose texts are Han that our faces have, as long as they were."""
    if isinstance(value, dict):
        return {name: in_print(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [in_print(one, key) for one in value]
    if isinstance(value, str) and key not in AS_THEY_ARE:
        return "".join(HAN[ord(char) % len(HAN)] for char in value) or "字"
    return value


def asks_for_what_another_output_offers(query: Mapping[str, Any]) -> bool:
    """Tell whether an option is sent that is not of the output: OpenAPI has no words for it."""
    output = OUTPUTS.get(str(query.get("output", Order().output)))
    options = {option.name for other in OUTPUTS.values() for option in other.options}
    return output is not None and not options & query.keys() <= {*output.option_names}


# Over HTTP: Werkzeug's test client writes names of form parts as no client would, quotes and all.
_running = ExitStack()
atexit.register(_running.close)
service = _running.enter_context(serving())
schema = schemathesis.openapi.from_url(f"http://127.0.0.1:{service.port}/v1/openapi.json")
answers: Counter[str] = Counter()


@pytest.fixture(scope="module", autouse=True)
def report() -> Iterator[None]:
    """Record how many answers of each status there were, after a long form."""
    run_on = machine()
    began = time.monotonic()
    yield
    if IS_LONG:
        statuses: Counter[str] = Counter()
        for answer, count in answers.items():
            statuses[answer[-3:]] += count
        write(
            "fuzz",
            run_on,
            {
                "请求": f"{answers.total()} 次，{time.monotonic() - began:.0f} 秒",
                "答复": "，".join(
                    f"{status} {count} 次" for status, count in sorted(statuses.items())
                ),
            },
            {
                "不少于 20,000 次": answers.total() >= 20_000,
                "没有一次是 500 以上": not any(status >= "500" for status in statuses),
            },
            dict(sorted(answers.items())),
        )


@schema.parametrize()
@settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
def test_answers_are_as_described(case: schemathesis.Case) -> None:
    if isinstance(case.body, dict) and len(repr(case.body)) % 3:
        case.body = in_print(case.body)  # few random texts could be printed
    answer = case.call()
    answers[f"{case.method} {case.path} {answer.status_code}"] += 1
    refused = [*BY_CONTRACT.get(case.path, [])]
    if asks_for_what_another_output_offers(case.query or {}):
        refused.append(positive_data_acceptance)
    if answer.status_code == 413:
        refused = [negative_data_rejection]  # a refusal, though not in Schemathesis's list
    case.validate_response(answer, excluded_checks=refused)
    if answer.status_code == 422:
        assert answer.json()["errors"]
