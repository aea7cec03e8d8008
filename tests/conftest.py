"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Processes that tests start open what stands in `tests.support`, which is not installed.
os.environ["PYTHONPATH"] = str(Path(__file__).parents[1])


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that renews golden pictures after a look at them."""
    parser.addoption("--save-golden", action="store_true", help="renew tests/golden")
    parser.addoption(
        "--cases",
        type=int,
        help="cases of each property and of each route in tests/test_contract.py",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Let ``--cases`` decide how many examples a property is tried with."""
    cases = config.getoption("--cases")
    if cases:
        settings.register_profile(
            "cases", max_examples=cases, deadline=None, suppress_health_check=list(HealthCheck)
        )
        settings.load_profile("cases")
