"""The alert rules and the dashboard: each rule fires when it should and at no other time, and all they name is there."""

from __future__ import annotations

import json
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.serving import ROOT
from tests.support.stand_in import OPENER
from tests.support.warm_start import warm_serving

RULES = ROOT / "deploy" / "prometheus" / "hongtou.rules.yml"
DASHBOARD = ROOT / "deploy" / "grafana" / "hongtou.json"
BOARD = json.loads(DASHBOARD.read_text(encoding="utf-8"))
SHOWN = [panel for panel in BOARD["panels"] if panel["type"] != "row"]
LABELS = 'job="hongtou", instance="a"'
MINUTES = 40
OF_PROMETHEUS = {"up"}  # made by whoever scrapes

# A quiet service, as promtool writes series: a+bxn is a, a+b, … so often, one each minute.
HEALTHY = {
    "up": "1x40",
    "hongtou_ready": "1x40",
    "hongtou_supervisor_beat_age_seconds": "0.5x40",
    "hongtou_loop_lag_seconds": "0.01x40",
    "hongtou_pool_lag_seconds": "0.01x40",
    'hongtou_refusals_total{reason="busy"}': "0+1x40",
    'hongtou_renders_total{outcome="done", task="produce"}': "0+1000x40",
    'hongtou_renders_total{outcome="render-limit", task="produce"}': "0x20 1x20",
    'hongtou_queue_wait_seconds_bucket{le="5"}': "0+1000x40",
    'hongtou_queue_wait_seconds_bucket{le="30"}': "0+1000x40",
    'hongtou_queue_wait_seconds_bucket{le="+Inf"}': "0+1000x40",
    'hongtou_http_answers_total{route="api.render", status="200"}': "0+1000x40",
    'hongtou_http_answers_total{route="api.render", status="500"}': "0x40",
    'hongtou_http_answers_total{route="api.render", status="503"}': "0+3x40",
    'hongtou_http_answers_total{route="api.render", status="401"}': "0+10x40",
    'hongtou_processes_ended_total{event="worker-ended", cause="exit-1"}': "0x20 2x20",
    "process_start_time_seconds": "1000x20 2000x20",
    "process_resident_memory_bytes": "150000000x40",
    "process_open_fds": "100x40",
    "process_max_fds": "5000x40",
    "hongtou_connections": "20x40",
    "hongtou_keys_faults": "0x40",
    "hongtou_fullest_publication_ratio": "0.2x40",
}

# What is otherwise where a rule fires.
FIRING = {
    "HongtouDown": {"up": "0x40"},
    "HongtouNotReady": {"hongtou_ready": "0x40"},
    "HongtouSupervisorSilent": {"hongtou_supervisor_beat_age_seconds": "0+60x40"},
    "HongtouLoopSlow": {"hongtou_loop_lag_seconds": "3x40"},
    "HongtouPoolBusy": {"hongtou_pool_lag_seconds": "8x40"},
    "HongtouRefusing": {'hongtou_refusals_total{reason="busy"}': "0+100x40"},
    "HongtouQueueSlow": {'hongtou_queue_wait_seconds_bucket{le="5"}': "0+500x40"},
    "HongtouServerErrors": {
        'hongtou_http_answers_total{route="api.render", status="500"}': "0x30 1x10"
    },
    "HongtouRendersTimeOut": {
        'hongtou_renders_total{outcome="render-limit", task="produce"}': "0+1x40"
    },
    "HongtouWorkersDying": {
        'hongtou_processes_ended_total{event="worker-ended", cause="exit-1"}': "0+1x40"
    },
    "HongtouRestarting": {"process_start_time_seconds": "0+60x40"},
    "HongtouMemoryHigh": {"process_resident_memory_bytes": "900000000x40"},
    "HongtouDescriptorsLow": {"process_open_fds": "4500x40"},
    "HongtouConnectionsFull": {"hongtou_connections": "990x40"},
    "HongtouKeysFaulty": {"hongtou_keys_faults": "1x40"},
    "HongtouPublicationNearlyFull": {"hongtou_fullest_publication_ratio": "0.95x40"},
    "HongtouStrangers": {
        'hongtou_http_answers_total{route="api.render", status="401"}': "0+120x40"
    },
}
# A moment of what fires only when it lasts, over before the end of its `for`.
BRIEF = {
    name: f"{HEALTHY[series].split('x')[0]}x38 {bad.split('x')[0]}x1"
    for name, ((series, bad),) in ((name, tuple(found.items())) for name, found in FIRING.items())
    if "+" not in bad and " " not in bad
}


@cache
def rules() -> dict[str, dict[str, Any]]:
    (group,) = yaml.safe_load(RULES.read_text(encoding="utf-8"))["groups"]
    return {rule["alert"]: rule for rule in group["rules"]}


def told(
    folder: Path, series: dict[str, str], expected: dict[str, bool]
) -> subprocess.CompletedProcess[str]:
    """Let promtool look at the rules with some series, for the alerts that should and should not fire."""
    test = {
        "interval": "1m",
        "input_series": [
            {"series": _labelled(name), "values": values} for name, values in series.items()
        ],
        "alert_rule_test": [
            {
                "eval_time": f"{MINUTES - 1}m",
                "alertname": name,
                "exp_alerts": [_alert(name)] if fires else [],
            }
            for name, fires in expected.items()
        ],
    }
    path = folder / "hongtou.test.yml"
    path.write_text(
        yaml.safe_dump({"rule_files": [str(RULES)], "evaluation_interval": "1m", "tests": [test]}),
        encoding="utf-8",
    )
    return subprocess.run(
        ["promtool", "test", "rules", str(path)], capture_output=True, text=True, check=False
    )


def _labelled(series: str) -> str:
    name, _, own = series.removesuffix("}").partition("{")
    return f"{name}{{{LABELS}{', ' if own else ''}{own}}}"


def _alert(name: str) -> dict[str, dict[str, str]]:
    found = rules()[name]
    return {
        "exp_labels": {**found["labels"], "job": "hongtou", "instance": "a"},
        "exp_annotations": found["annotations"],
    }


@pytest.mark.slow
def test_promtool_takes_the_rules() -> None:
    checked = subprocess.run(
        ["promtool", "check", "rules", str(RULES)], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert len(rules()) >= 8


@pytest.mark.slow
def test_nothing_fires_at_a_quiet_service(tmp_path: Path) -> None:
    looked = told(tmp_path, HEALTHY, dict.fromkeys(rules(), False))
    assert looked.returncode == 0, looked.stdout + looked.stderr


@pytest.mark.slow
@pytest.mark.parametrize("alert", list(rules()))
def test_each_rule_fires(tmp_path: Path, alert: str) -> None:
    looked = told(tmp_path, HEALTHY | FIRING[alert], {name: name == alert for name in rules()})
    assert looked.returncode == 0, looked.stdout + looked.stderr


@pytest.mark.slow
@pytest.mark.parametrize("alert", [name for name in BRIEF if "for" in rules()[name]])
def test_what_has_to_last_does_not_fire_at_once(tmp_path: Path, alert: str) -> None:
    (series,) = FIRING[alert]
    looked = told(tmp_path, HEALTHY | {series: BRIEF[alert]}, {alert: False})
    assert looked.returncode == 0, looked.stdout + looked.stderr


@pytest.mark.slow
def test_a_wrong_expectation_is_found_out(tmp_path: Path) -> None:
    assert told(tmp_path, HEALTHY, {"HongtouDown": True}).returncode == 1


@pytest.mark.parametrize("alert", list(rules()))
def test_each_rule_says_in_chinese_what_to_do_and_where_more_is_written(alert: str) -> None:
    annotations = rules()[alert]["annotations"]
    assert set(annotations) == {"summary", "action", "runbook"}
    assert all(re.search("[一-鿿]{4}", annotations[name]) for name in ("summary", "action"))
    page, _, section = annotations["runbook"].partition("#")
    headings = re.findall(r"^#+ (.+)$", (ROOT / page).read_text(encoding="utf-8"), re.M)
    assert section == alert.lower()
    assert alert in headings


@cache
def exposed() -> set[str]:
    """Return every metric that a running service shows, and those that it shows only in time."""
    with warm_serving(OPENER) as service:
        page = service.ask("GET", "/metrics").body.decode()
    declared = re.findall(r"^# TYPE (\S+) (\S+)$", page, re.M)
    names = {name for name, _ in declared}
    return names | {
        f"{name}_{part}"
        for name, kind in declared
        if kind == "histogram"
        for part in ("bucket", "sum", "count")
    }


def used(expression: str) -> set[str]:
    """Return the metrics that an expression of PromQL names."""
    return set(re.findall(r"\b(?:hongtou|process)_[a-z_]+\b|\bup\b", expression))


def expressions() -> list[str]:
    return [rule["expr"] for rule in rules().values()] + [
        target["expr"] for panel in SHOWN for target in panel["targets"]
    ]


def named() -> list[str]:
    """Return the metrics that rules and dashboard name."""
    return sorted(set().union(*map(used, expressions())) - OF_PROMETHEUS)


@pytest.mark.slow
@pytest.mark.parametrize("name", named())
def test_every_metric_that_is_named_is_one_that_the_service_shows(name: str) -> None:
    assert name in exposed()


@pytest.mark.slow
def test_every_metric_of_ours_is_explained_with_what_to_do() -> None:
    page = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    rows = [row for row in page.splitlines() if re.match(r"\| `hongtou_.*\| \S.* \| \S.* \|$", row)]
    explained = set(re.findall(r"`(hongtou_\w+)`", "\n".join(rows)))
    shown = {
        re.sub(r"_(?:bucket|sum|count)$", "", name)
        for name in exposed()
        if name.startswith("hongtou_")
    }
    assert shown - explained == set()


class TestDashboard:
    def test_it_can_be_put_into_any_grafana(self) -> None:
        assert BOARD["id"] is None
        assert [
            one["type"] for one in BOARD["templating"]["list"] if one["name"] == "datasource"
        ] == ["datasource"]
        sources = {
            json.dumps(one["datasource"]) for panel in SHOWN for one in (panel, *panel["targets"])
        }
        assert sources == {json.dumps({"type": "prometheus", "uid": "${datasource}"})}

    def test_its_panels_are_told_apart_and_lie_beside_one_another(self) -> None:
        places = [tuple(panel["gridPos"][side] for side in "xywh") for panel in BOARD["panels"]]
        taken = [
            (x, y)
            for left, top, width, height in places
            for x in range(left, left + width)
            for y in range(top, top + height)
        ]
        assert len(taken) == len(set(taken))
        assert max(x for x, _ in taken) < 24
        assert len({panel["id"] for panel in BOARD["panels"]}) == len(BOARD["panels"])

    def test_each_panel_has_a_title_a_unit_and_a_description(self) -> None:
        for panel in SHOWN:
            assert re.search("[一-鿿]", panel["title"] + panel["description"])
            assert panel["fieldConfig"]["defaults"]["unit"]

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "expression", [target["expr"] for panel in SHOWN for target in panel["targets"]]
    )
    def test_each_expression_is_promql(self, tmp_path: Path, expression: str) -> None:
        plain = expression.replace("$__rate_interval", "5m")
        path = tmp_path / "one.yml"
        path.write_text(
            yaml.safe_dump({"groups": [{"name": "a", "rules": [{"record": "a", "expr": plain}]}]}),
            encoding="utf-8",
        )
        checked = subprocess.run(
            ["promtool", "check", "rules", str(path)], capture_output=True, text=True, check=False
        )
        assert checked.returncode == 0, checked.stderr
