"""Schemathesis asks the service whatever its own document allows, and more.

All of Schemathesis's checks are on, but for two that the contract answers otherwise (BY_CONTRACT).
``make fuzz`` runs the long form and writes what came of it into `docs/reliability.md`.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    missing_required_header,
    negative_data_rejection,
    positive_data_acceptance,
)

from benchmarks.service.record import machine, write
from hongtou.bulletin.order import Order
from hongtou.outputs import OUTPUTS
from tests.support.warm_start import warm_serving

pytestmark = pytest.mark.long

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
    "step",
    "from",
    "numbering",
    "align",
    "orientation",
}
IS_LONG = settings.get_current_profile_name() == "cases"  # see conftest.py
CASES = settings.default.max_examples if IS_LONG else 25

# A text may be what the schema allows and still not be fit to print: 422 with every reason.
# A check and a preview answer 200 and tell of faults as findings.
# Where a version is not named, 428 says so. A document has limits that no schema tells: of nesting, of
# the length of names.
OF_THE_ARCHIVE = [missing_required_header, positive_data_acceptance]
BY_CONTRACT = {
    "/v1/render": [positive_data_acceptance],
    "/v1/check": [negative_data_rejection],
    "/v1/preview": [negative_data_rejection],
    "/v1/imports": [positive_data_acceptance],  # a file may be none that can be read
}


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


def asks_for_what_has_no_effect(query: Mapping[str, Any]) -> bool:
    """Tell whether an option is sent that needs another value of another: no words for it, either."""
    output = OUTPUTS.get(str(query.get("output", Order().output)))
    values = {"purpose": Order().purpose.value} | {
        option.name: option.default for option in (output.options if output else ())
    }
    needs = [one.needs for one in (output.options if output else ()) if one.name in query]
    return any(need and (values | query)[need.name] != need.value for need in needs)


# Some 3,000 cases cover every keyword of the schema. These routes read an issue as /v1/check
# does, by the same function: those cases are asked of them in the long form alone.
ASKED_LESS = [] if IS_LONG else ["/v1/render", "/v1/preview"]
PLAN = SchemathesisConfig.from_dict(
    {
        "operations": [
            {"include-path": path, "phases": {"coverage": {"enabled": False}}}
            for path in ASKED_LESS
        ]
    }
)

# Loaded by the test itself: what is asked of 50 operations takes ten seconds to think out, which each
# process would spend as it collects.
described = schemathesis.pytest.from_fixture("document")
answers: Counter[str] = Counter()


@pytest.fixture(scope="module")
def document() -> Iterator[BaseSchema]:
    """The document of a running service: over HTTP, as Werkzeug's test client writes names of form parts as no client would, quotes and all."""
    with warm_serving() as service:
        address = f"http://127.0.0.1:{service.port}/v1/openapi.json"
        yield schemathesis.openapi.from_url(address, config=PLAN)


@pytest.fixture(scope="module", autouse=True)
def no_proxy() -> Iterator[None]:
    """Say at once that none is asked: else each call looks through the whole environment for one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_PROXY", "127.0.0.1")
        yield


@pytest.fixture(autouse=True)
def named(request: pytest.FixtureRequest) -> None:
    """Name the test as it was before pytest 9.2: Schemathesis 4.32 still reads that name."""
    request.node._nodeid = request.node.nodeid


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


@settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
@described.parametrize()
def test_answers_are_as_described(case: schemathesis.Case) -> None:
    if isinstance(case.body, dict) and len(repr(case.body)) % 3:
        case.body = in_print(case.body)  # few random texts could be printed
    answer = case.call()
    answers[f"{case.method} {case.path} {answer.status_code}"] += 1
    refused = [*BY_CONTRACT.get(case.path, [])]
    if case.path.startswith(("/v1/publications", "/v1/issues")):
        refused += OF_THE_ARCHIVE
    asked = case.query or {}
    if asks_for_what_another_output_offers(asked) or asks_for_what_has_no_effect(asked):
        refused.append(positive_data_acceptance)
    if answer.status_code in (412, 413, 414, 423):
        refused += [negative_data_rejection]  # a refusal, though not in Schemathesis's list
    case.validate_response(answer, excluded_checks=refused)
    if answer.status_code == 422:
        # A file that cannot be imported is refused as a whole, by its detail.
        assert answer.json()["errors"] or case.path == "/v1/imports"
