"""What is kept is set again to the same bytes: beside a desk or without one, and after a restore."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from hongtou.store.backup import back_up, restore
from tests.support.serving import Serving
from tests.support.shelf import REAL, Shelf
from tests.support.warm_start import warm_serving

pytestmark = pytest.mark.slow

PRESS = "/v1/render?purpose=press"


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def printed(service: Serving, document: bytes) -> str:
    answer = service.ask("POST", PRESS, document)
    assert answer.status == 200, answer.body.decode()
    return digest(answer.body)


def test_with_and_without_a_desk_and_from_a_copy_that_is_restored(tmp_path: Path) -> None:
    file, copy = tmp_path / "hongtou.db", tmp_path / "copy.db"
    with warm_serving(database=file) as service:
        shelf = Shelf(service)
        issue = shelf.issue(shelf.publication(), REAL)
        for step in ("submit", "finalize"):
            shelf.move(issue, step)
        (edition,) = shelf.call("GET", f"issues/{issue}/editions")["editions"]
        document = kept_document(service, issue)
        assert printed(service, document) == edition["sha256"]
        back_up(file, copy)  # while the service runs
    with warm_serving(database="none") as service:
        assert printed(service, document) == edition["sha256"]
    elsewhere = tmp_path / "elsewhere" / "hongtou.db"
    elsewhere.parent.mkdir()
    restore(copy, elsewhere)
    with warm_serving(database=elsewhere) as service:
        assert kept_document(service, issue) == document
        assert printed(service, kept_document(service, issue)) == edition["sha256"]
        path = f"/v1/issues/{issue}/editions/{edition['sha256']}"
        assert digest(service.ask("GET", path).body) == edition["sha256"]


def kept_document(service: Serving, issue: Any) -> bytes:
    return service.ask("GET", f"/v1/issues/{issue}").body
