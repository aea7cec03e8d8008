"""A publication takes no more than its quota: in words, without losing any, and less is always taken."""

from __future__ import annotations

import json

import pytest

from hongtou.bulletin.errors import OverQuota
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.sizes import shown_size
from hongtou.config import Config, read_config
from hongtou.desk import Desk
from hongtou.desk.event import WantedEvents
from hongtou.desk.holdings import Asset, blob_of
from hongtou.desk.quota import AGAIN_SECONDS, FRESH_SECONDS, Quota, Usage
from hongtou.keys import Scope
from hongtou.store import SqlArchive
from hongtou.web.app import create_app
from hongtou.web.routes import ROUTES
from tests.support.archives import WANG, Press, document, kept, later, move, publication, version
from tests.support.fakes import FakeTypesetter

pytestmark = pytest.mark.slow

MOST = 20_000
PICTURE = blob_of(b"\x89PNG" + bytes(5_000), "image/png")
LONG = document(body="长。" * 5_000)  # 30,000 bytes


@pytest.fixture
def desk(archive: SqlArchive) -> Desk:
    return Desk(archive, Limits(), Quota(MOST))


def asset(name: str = "现场.png") -> Asset:
    size = len(PICTURE.content)
    return Asset(name=name, sha256=PICTURE.sha256, media_type="image/png", size=size)


def of(desk: Desk, issue: int) -> int:
    return desk.issues.one(issue).record.publication_id


class TestUsage:
    def test_it_counts_bytes_of_all_that_is_kept(self, desk: Desk) -> None:
        one = kept(desk)
        desk.holding.put(one, asset(), PICTURE, WANG)
        move(desk, one, "submit", "finalize")
        kept(desk, 34)
        used = desk.publications.usage(of(desk, one))
        assert used.documents == len(document()) + len(document(34))
        assert used.pictures == len(PICTURE.content)
        assert used.editions == len(Press().print(document(), {}).content)
        assert 0 < used.revisions < 2 * len(document())  # two, packed
        assert used.bytes == used.documents + used.pictures + used.editions + used.revisions

    def test_another_publication_counts_for_itself(self, desk: Desk) -> None:
        kept(desk)
        assert desk.publications.usage(publication(desk, "另一种")) == Usage(0, 0, 0, 0)


class TestRefusal:
    def test_a_longer_document_is_refused_and_the_one_before_stays(self, desk: Desk) -> None:
        one = kept(desk)
        with pytest.raises(OverQuota, match=r"已占 .*字节，限额"):
            desk.issues.save(one, version(desk, one), LONG, WANG)
        assert desk.issues.one(one).document == document()

    def test_a_new_issue_is_refused(self, desk: Desk) -> None:
        owner = publication(desk)
        with pytest.raises(OverQuota):
            desk.issues.add(owner, LONG, WANG)

    def test_pictures_are_refused_from_the_one_that_is_too_much(self, desk: Desk) -> None:
        one = kept(desk)
        for number in range(3):
            desk.holding.put(one, asset(f"{number}.png"), PICTURE, WANG)
        with pytest.raises(OverQuota):
            desk.holding.put(one, asset("3.png"), PICTURE, WANG)
        assert len(desk.holding.assets(one)) == 3

    def test_an_edition_is_refused_and_the_issue_is_not_final(self, desk: Desk) -> None:
        class Thick(Press):
            def print(self, document: bytes, images: object) -> object:  # type: ignore[override]
                return super().print(document + bytes(MOST), images)

        one = kept(desk)
        move(desk, one, "submit")
        with pytest.raises(OverQuota):
            move(desk, one, "finalize", press=Thick())
        assert desk.issues.one(one).record.state.value == "review"

    def test_a_named_version_is_refused(self, desk: Desk) -> None:
        one = kept(desk)
        fill(desk, one)
        with pytest.raises(OverQuota):
            desk.history.name(one, version(desk, one), "送审前", WANG)

    def test_another_publication_goes_on(self, desk: Desk) -> None:
        fill(desk, kept(desk))
        owner = publication(desk, "另一种")
        assert desk.issues.add(owner, document(), WANG).record.publication_id == owner


class TestRoom:
    def test_a_shorter_document_is_taken_where_all_is_full(self, desk: Desk) -> None:
        one = kept(desk, body="一段长的。")
        fill(desk, one)
        desk.issues.save(one, version(desk, one), document(body="短。"), WANG)
        assert desk.issues.one(one).document == document(body="短。")

    def test_what_is_put_into_the_bin_counts_until_it_is_cleared(self, desk: Desk) -> None:
        one, other = kept(desk), kept(desk, 34)
        fill(desk, other)
        with pytest.raises(OverQuota):
            desk.holding.put(one, asset("more.png"), PICTURE, WANG)
        desk.issues.discard(other, version(desk, other), WANG)
        with pytest.raises(OverQuota):
            desk.holding.put(one, asset("more.png"), PICTURE, WANG)
        assert desk.issues.clear_bin(of(desk, one), later(WANG, seconds=1)) == 1
        desk.holding.put(one, asset("more.png"), PICTURE, WANG)

    def test_the_bin_of_another_publication_stays(self, desk: Desk) -> None:
        one = kept(desk)
        owner = publication(desk, "另一种")
        other = desk.issues.add(owner, document(), WANG).id
        for each in (one, other):
            desk.issues.discard(each, version(desk, each), WANG)
        assert desk.issues.clear_bin(owner, later(WANG, seconds=1)) == 1
        desk.issues.take_back(one, WANG)

    def test_a_picture_that_is_removed_makes_room_at_once(self, desk: Desk) -> None:
        one = kept(desk)
        fill(desk, one)
        desk.holding.drop(one, "0.png", WANG)
        desk.holding.put(one, asset("more.png"), PICTURE, WANG)

    def test_no_quota_is_no_limit(self, archive: SqlArchive) -> None:
        desk = Desk(archive, Limits(), Quota(0))
        one = kept(desk)
        desk.issues.save(one, 1, LONG, WANG)
        assert desk.issues.one(one).document == LONG


def fill(desk: Desk, issue: int) -> None:
    """Put pictures into an issue until no more go in."""
    number = 0
    with pytest.raises(OverQuota):
        while True:
            desk.holding.put(issue, asset(f"{number}.png"), PICTURE, WANG)
            number += 1
    desk.quota.most = desk.publications.usage(of(desk, issue)).bytes


class Counter:
    """Counts how often it is asked how much there is."""

    def __init__(self, size: int) -> None:
        self.size, self.asked = size, 0

    def usage(self, publication_id: int) -> Usage:
        self.asked += 1
        return Usage(self.size, 0, 0, 0)


class TestCounting:
    def test_it_is_counted_now_and_then_and_what_is_added_meanwhile_counts(self) -> None:
        now, records = [0.0], Counter(0)
        quota = Quota(100, lambda: now[0])
        for _ in range(100):
            quota.admit(records, 1, 1)
        assert (records.asked, quota.fullest()) == (1, 1.0)
        now[0] = FRESH_SECONDS
        quota.admit(records, 1, 1)
        assert records.asked == 2

    def test_nobody_is_refused_by_an_old_count(self) -> None:
        now, records = [0.0], Counter(100)
        quota = Quota(100, lambda: now[0])
        with pytest.raises(OverQuota):
            quota.admit(records, 1, 1)
        records.size, now[0] = 0, AGAIN_SECONDS
        quota.admit(records, 1, 1)

    def test_who_is_refused_again_and_again_has_it_counted_once_a_second(self) -> None:
        now, records = [0.0], Counter(100)
        quota = Quota(100, lambda: now[0])
        for _ in range(50):
            with pytest.raises(OverQuota):
                quota.admit(records, 1, 1)
        assert records.asked == 1


class TestOverHttp:
    def test_507_says_what_to_do_and_the_page_how_much_there_is(self, desk: Desk) -> None:
        one = kept(desk)
        client = create_app(Config(), FakeTypesetter(), desk=desk).test_client()
        answer = client.put(
            f"/v1/issues/{one}", data=LONG, content_type="application/json", headers={"If-Match": '"1"'}
        )  # fmt: skip
        problem = json.loads(answer.data)
        assert (answer.status_code, problem["type"]) == (507, "/problems/over-quota")
        assert "清空回收站" in problem["detail"]
        assert "管理员" in problem["detail"]
        usage = client.get(f"/v1/publications/{of(desk, one)}/usage").json
        assert usage == {
            "documents": len(document()), "revisions": 0, "pictures": 0, "editions": 0,
            "bytes": len(document()), "most": MOST,
        }  # fmt: skip
        page = client.get(f"/publications/{of(desk, one)}").text
        assert f"已占 {shown_size(len(document()))}，限额 {shown_size(MOST)}" in page
        ratio = len(document()) / MOST
        assert f"hongtou_fullest_publication_ratio {ratio}" in client.get("/metrics").text

    def test_only_who_may_review_clears_the_bin(self) -> None:
        assert next(one for one in ROUTES if one.endpoint == "api.clear_bin").scope is Scope.REVIEW

    def test_the_bin_is_cleared(self, desk: Desk) -> None:
        one = kept(desk)
        desk.issues.discard(one, 1, WANG)
        client = create_app(Config(), FakeTypesetter(), desk=desk).test_client()
        path = f"/v1/publications/{desk.publications.listed()[0].id}/bin"
        assert [client.delete(path).json for _ in range(2)] == [{"issues": 1}, {"issues": 0}]
        noted = desk.auditing.listed(WantedEvents(action="issue.delete")).noted
        assert [one.event.issue_id for one in noted] == [one]


def test_it_is_set_by_a_variable() -> None:
    assert read_config({"HONGTOU_PUBLICATION_BYTES": "0"}).publication_bytes == 0
