"""An application that keeps issues in an empty database, and somebody who edits them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hongtou.bulletin.limits import Limits
from hongtou.config import Config
from hongtou.desk import Desk
from hongtou.store import SqlArchive
from hongtou.web.app import Application, create_app
from tests.support.archives import fresh_archive
from tests.support.editor import Editor
from tests.support.fakes import FakeTypesetter


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    opened = fresh_archive(str(tmp_path / "hongtou.db"))
    yield opened
    opened.close()


@pytest.fixture
def app(archive: SqlArchive, typesetter: FakeTypesetter) -> Application:
    return create_app(Config(), typesetter, desk=Desk(archive, Limits()))


@pytest.fixture
def client(app: Application) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def editor(client: FlaskClient) -> Editor:
    return Editor(client)
