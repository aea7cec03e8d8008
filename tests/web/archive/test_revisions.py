"""Revisions over HTTP: compared and restored."""

from __future__ import annotations

import pytest

from tests.support.archives import document
from tests.support.editor import Editor

pytestmark = pytest.mark.slow


class TestHistory:
    def test_revisions_compared_and_restored(self, editor: Editor) -> None:
        issue = editor.issue()
        path = f"/v1/issues/{issue}"
        named = editor.ask("POST", f"{path}/revisions", {"label": "送主任看的"}, 1)
        assert (named.status_code, named.headers["Location"]) == (201, f"{path}/revisions/1")
        editor.ask("PUT", path, document(body="一段，改了。"), 1)
        (listed,) = editor.ask("GET", f"{path}/revisions").json["revisions"]
        assert (listed["number"], listed["kind"], listed["label"]) == (1, "named", "送主任看的")
        differences = editor.ask("GET", f"{path}/compare?from=1&to=head").json["differences"]
        assert [one["kind"] for one in differences] == ["same", "changed"]
        assert differences[1]["pieces"] == [["same", "一段"], ["new", "，改了"], ["same", "。"]]
        back = editor.ask("POST", f"{path}/revisions/1/restore", version=2)
        assert back.headers["ETag"] == '"3"'
        assert editor.ask("GET", path).data == editor.ask("GET", f"{path}/revisions/1").data
