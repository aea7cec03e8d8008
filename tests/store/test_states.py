"""The states of an issue: who may take which step, and what is kept of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from hongtou.bulletin.errors import Forbidden, Locked, NotKept, ReviewFailed, Stale, WrongState
from hongtou.bulletin.finding import Finding
from hongtou.bulletin.order import FinishedFile
from hongtou.desk import Desk, Stamp
from hongtou.desk.holdings import blob_of
from hongtou.desk.issue import State
from tests.support.archives import (
    BLOB,
    CHEN,
    NOON,
    PICTURE,
    WANG,
    Press,
    document,
    kept,
    move,
    version,
)
from tests.support.fakes import HALF_WIDTH, NO_TITLE

pytestmark = pytest.mark.slow


class TestStates:
    def test_the_way_to_print_is_kept_with_its_file(self, desk: Desk) -> None:
        one = kept(desk)
        move(desk, one, "submit", "finalize", "print")
        record = desk.issues.one(one).record
        assert (record.state, record.version) == (State.PRINTED, 4)
        (edition,) = desk.finishing.editions(one)
        assert (edition.pages, edition.plan_digest, edition.made_by) == (9, "ab" * 32, "王龙")
        assert desk.finishing.file(one, edition.sha256)[1].content == b"%PDF-1.7 " + document()
        labels = [found.label for found in desk.history.revisions(one)]
        assert labels == ["印发", "定稿", "送审"]
        said = [(found.action, found.who) for found in desk.history.events(one)]
        assert said == [
            ("issue.add", "王龙"), ("issue.submit", "王龙"),
            ("issue.finalize", "王龙"), ("issue.print", "王龙"),
        ]  # fmt: skip

    def test_errors_keep_it_from_being_sent_in_and_warnings_do_not(self, desk: Desk) -> None:
        one = kept(desk)
        with pytest.raises(ReviewFailed, match="有 1 处错误") as refused:
            move(desk, one, "submit", press=Press(NO_TITLE, HALF_WIDTH))
        assert refused.value.findings == (NO_TITLE, HALF_WIDTH)
        move(desk, one, "submit", press=Press(HALF_WIDTH))

    @pytest.mark.parametrize("step", ["submit", "finalize"])
    def test_no_step_is_taken_with_a_picture_that_is_another_by_then(
        self, desk: Desk, step: str
    ) -> None:
        one = kept(desk)
        desk.holding.put(one, PICTURE, BLOB, WANG)
        move(desk, one, *([] if step == "submit" else ["submit"]))
        other = blob_of(b"another", "image/png")

        class Slow(Press):
            def check(self, document: bytes, images: Any) -> tuple[Finding, ...]:
                desk.holding.put(one, replace(PICTURE, sha256=other.sha256), other, CHEN)
                return super().check(document, images)

            def print(self, document: bytes, images: Any) -> FinishedFile:
                self.check(document, images)
                return super().print(document, images)

        with pytest.raises(WrongState, match="有图片换过"):
            move(desk, one, step, press=Slow())
        assert desk.finishing.editions(one) == []
        move(desk, one, step)

    def test_a_final_issue_is_locked_until_it_is_unlocked(self, desk: Desk) -> None:
        one = kept(desk)
        move(desk, one, "submit", "finalize")
        with pytest.raises(Locked):
            desk.issues.save(one, version(desk, one), document(body="二。"), WANG)
        with pytest.raises(Locked):
            desk.holding.put(one, PICTURE, BLOB, WANG)
        move(desk, one, "unlock")
        desk.issues.save(one, version(desk, one), document(body="二。"), WANG)
        move(desk, one, "submit", "finalize")
        assert len({found.sha256 for found in desk.finishing.editions(one)}) == 2

    def test_a_step_of_another_version_is_not_taken(self, desk: Desk) -> None:
        one = kept(desk)
        with pytest.raises(Stale):
            desk.finishing.move(one, 7, "submit", WANG, Press())

    def test_what_was_changed_while_it_was_printed_is_not_final(self, desk: Desk) -> None:
        one = kept(desk)
        move(desk, one, "submit")

        class Slow(Press):
            def print(self, sent: bytes, images: Any) -> FinishedFile:
                desk.issues.save(one, 2, document(body="抢先改了。"), CHEN)
                return super().print(sent, images)

        with pytest.raises(Stale):
            move(desk, one, "finalize", press=Slow())
        assert desk.issues.one(one).record.state is State.REVIEW
        assert desk.finishing.editions(one) == []

    def test_a_clerk_cannot_finish(self, desk: Desk) -> None:
        one = kept(desk)
        move(desk, one, "submit")
        clerk = Stamp("陈炜", NOON, reviews=False)
        with pytest.raises(Forbidden):
            desk.finishing.move(one, 2, "finalize", clerk, Press())

    def test_a_file_of_another_issue_is_not_given_out(self, desk: Desk) -> None:
        one, other = kept(desk), kept(desk, 34)
        move(desk, one, "submit", "finalize")
        (edition,) = desk.finishing.editions(one)
        with pytest.raises(NotKept):
            desk.finishing.file(other, edition.sha256)
