"""Pictures of an issue over HTTP: kept only after a worker has read them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.editor import Editor, kind
from tests.support.fakes import NO_TITLE, FakeTypesetter

pytestmark = pytest.mark.slow
PICTURE = b"\x89PNG\r\n\x1a\n and more, which only a worker reads"


class TestPictures:
    def test_one_is_put_read_and_removed(self, editor: Editor, typesetter: FakeTypesetter) -> None:
        issue = editor.issue()
        path = f"/v1/issues/{issue}/assets"
        assert editor.ask("PUT", f"{path}/照片.png", PICTURE).status_code == 204
        (kept,) = editor.ask("GET", path).json["assets"]
        assert (kept["name"], kept["media_type"], kept["size"]) == (
            "照片.png",
            "image/png",
            len(PICTURE),
        )
        got = editor.client.get(f"{path}/照片.png")
        assert (got.data, got.mimetype) == (PICTURE, "image/png")
        assert got.headers["Content-Disposition"].startswith("attachment")
        editor.step(issue, "submit")
        assert typesetter.asked[-1][2] == {"照片.png": PICTURE}
        assert editor.ask("DELETE", f"{path}/照片.png").status_code == 204
        assert editor.ask("GET", path).json == {"assets": []}

    def test_a_worker_reads_it_and_tells_of_its_faults(
        self, editor: Editor, typesetter: FakeTypesetter
    ) -> None:
        issue = editor.issue()
        typesetter.findings = (replace(NO_TITLE, code="picture/unreadable"),)
        answer = editor.ask("PUT", f"/v1/issues/{issue}/assets/a.png", b"no picture")
        assert (answer.status_code, kind(answer)) == (422, "review-failed")
        assert typesetter.asked[-1][2] == {"a.png": b"no picture"}
        assert editor.ask("GET", f"/v1/issues/{issue}/assets").json == {"assets": []}
