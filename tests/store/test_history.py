"""Revisions of an issue: kept, compared, gone back to, thinned."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from hongtou.bulletin.errors import NotKept, Stale
from hongtou.bulletin.limits import Limits
from hongtou.desk import Desk
from hongtou.desk.revision import Kind
from hongtou.store import SqlArchive
from hongtou.store.schema import revision
from tests.support.archives import CHEN, WANG, document, kept, later

pytestmark = pytest.mark.slow


class TestHistory:
    def test_revisions_of_work_and_going_back(self, desk: Desk) -> None:
        one = kept(desk)
        desk.issues.save(one, 1, document(body="二。"), later(WANG, minutes=1))
        desk.issues.save(one, 2, document(body="三。"), later(WANG, minutes=2))
        desk.issues.save(one, 3, document(body="四。"), later(CHEN, minutes=3))
        assert [(found.ordinal, found.version, found.made_by) for found in desk.history.revisions(one)] == [
            (2, 3, "王龙"), (1, 1, "王龙"),
        ]  # fmt: skip
        assert desk.history.document(one, 1) == document()
        record = desk.history.restore(one, 1, 4, later(WANG, minutes=4))
        assert (record.version, desk.issues.one(one).document) == (5, document())
        newest_, *_ = desk.history.revisions(one)
        assert (newest_.kind, desk.history.document(one, newest_.ordinal)) == (
            Kind.RESTORE, document(body="四。"),
        )  # fmt: skip

    def test_two_revisions_compared(self, desk: Desk) -> None:
        one = kept(desk)
        desk.issues.save(one, 1, document(body="一段，改了。"), CHEN)
        (change,) = [found for found in desk.history.compare(one, 1, None) if found.kind != "same"]
        assert change.pieces == (("same", "一段"), ("new", "，改了"), ("same", "。"))
        with pytest.raises(NotKept, match="没有第 9 个版本"):
            desk.history.compare(one, 9, None)

    def test_a_named_version_stays(self, desk: Desk) -> None:
        one = kept(desk)
        named = desk.history.name(one, 1, "送主任看的", WANG)
        assert (named.kind, named.label) == (Kind.NAMED, "送主任看的")
        assert desk.history.thin(later(WANG, days=99)) == 0
        with pytest.raises(Stale):
            desk.history.name(one, 9, "", WANG)

    def test_old_ones_are_thinned(self, desk: Desk) -> None:
        one = kept(desk)
        for turn in range(1, 5):
            saved = later(WANG, minutes=40 * turn)
            desk.issues.save(one, turn, document(body=f"{turn}。"), saved)
        assert len(desk.history.revisions(one)) == 4
        assert desk.history.thin(later(WANG, days=8)) == 3

    def test_documents_are_packed(self, archive: SqlArchive) -> None:
        desk = Desk(archive, Limits())
        one = kept(desk, body="环境卫生整治。" * 500)
        desk.history.name(one, 1, "", WANG)
        with archive.engine.connect() as connection:
            packed = connection.execute(select(revision.c.document)).scalar_one()
        assert len(packed) < len(desk.history.document(one, 1)) / 5
