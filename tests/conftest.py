"""What all tests share."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that renews golden pictures after a look at them."""
    parser.addoption("--save-golden", action="store_true", help="renew tests/golden")
