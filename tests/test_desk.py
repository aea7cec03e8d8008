"""The workplace's knowledge of numbers, states, revisions and events."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongtou.bulletin.closing_block import FIELDS
from hongtou.bulletin.errors import Forbidden, MalformedDocument, WrongState
from hongtou.bulletin.issue import Series
from hongtou.bulletin.limits import Limits
from hongtou.desk.document import read_document, write_document
from hongtou.desk.event import START, Chain, Deed, Event, Noted, event_of, walk
from hongtou.desk.facts import Facts, facts_of, passages_of
from hongtou.desk.following import first_issue, following
from hongtou.desk.issue import IssueRecord, State
from hongtou.desk.numbering import MOST_GAPS, NextNumber, Number, gaps, gaps_before, next_number
from hongtou.desk.publication import Numbering, PublicationPlan
from hongtou.desk.revision import Kind, Revision, is_due, thinned
from hongtou.desk.stamp import Stamp
from hongtou.desk.states import STEPS, step_from
from hongtou.web.pages import form

NOON = datetime(2017, 12, 22, 12, tzinfo=UTC)
WANG = Stamp("王龙", NOON)
WEEKLY = PublicationPlan(nameplate="创建工作动态", issuing_body="毕节市创建办")
EVER_ON = PublicationPlan(nameplate="要情", numbering=Numbering.CONTINUOUS)
REGULAR = Series.REGULAR
EXAMPLE = json.loads((Path(__file__).parents[1] / "examples" / "dongtai.json").read_bytes())


def taken(*numbers: int, year: int = 2017, totals: int | None = None) -> list[Number]:
    return [Number(year, REGULAR, one, totals + one if totals else None) for one in numbers]


def skipped_number(number: int) -> Number:
    return Number(2017, REGULAR, number, is_skipped=True)


class TestNumbers:
    def test_the_next_is_one_above_the_highest_of_its_year(self) -> None:
        found = next_number(WEEKLY, taken(31, 32, 33, totals=580), date(2017, 12, 29), REGULAR)
        assert (found.year, found.number, found.total_number) == (2017, 34, 614)

    def test_a_year_begins_with_one_and_the_total_goes_on(self) -> None:
        found = next_number(WEEKLY, taken(33, totals=580), date(2018, 1, 5), REGULAR)
        assert (found.year, found.number, found.total_number) == (2018, 1, 614)

    def test_a_publication_may_count_ever_on(self) -> None:
        assert next_number(EVER_ON, taken(33), date(2018, 1, 5)).number == 34

    def test_the_first_total_is_that_of_the_plan(self) -> None:
        plan = PublicationPlan(nameplate="动态", first_total=612)
        assert next_number(plan, [], date(2018, 1, 5)).total_number == 612
        assert next_number(WEEKLY, [], date(2018, 1, 5)).total_number is None

    def test_supplements_count_by_themselves_and_have_no_total(self) -> None:
        found = next_number(WEEKLY, taken(33, totals=580), date(2017, 12, 29), Series.SUPPLEMENT)
        assert (found.number, found.total_number) == (1, None)

    def test_gaps_are_told_until_somebody_says_that_they_are_meant(self) -> None:
        numbers = taken(1, year=2016) + taken(1, 2, 4, 6)
        found = next_number(WEEKLY, numbers, date(2017, 12, 29))
        assert found.gaps == (3, 5)
        assert found.warnings == ("本年还缺第3期、第5期，请补录，或确认跳号",)
        meant = [*numbers, *map(skipped_number, (3, 5))]
        assert next_number(WEEKLY, meant, date(2017, 12, 29)).warnings == ()

    def test_a_mistyped_number_leaves_no_millions_of_gaps(self) -> None:
        found = gaps(WEEKLY, taken(1, 2, 5, 99_999_999), 2017, REGULAR)
        assert (len(found), found[-1]) == (MOST_GAPS, 99_999_998)
        assert gaps(WEEKLY, taken(1, 4, 203, 205), 2017, REGULAR)[-4:] == (200, 201, 202, 204)
        assert len(gaps(WEEKLY, taken(1, 4, 203, 205), 2017, REGULAR)) == MOST_GAPS

    def test_what_came_before_the_archive_is_no_gap(self) -> None:
        assert gaps(WEEKLY, taken(32, 33), 2017, REGULAR) == ()
        assert gaps(WEEKLY, taken(33) + taken(2, year=2018), 2018, REGULAR) == (1,)

    def test_of_numbers_that_go_ever_on_none_is_missing_in_a_year(self) -> None:
        numbers = taken(9, 11, year=2016) + taken(12)
        (warning,) = next_number(EVER_ON, numbers, date(2017, 12, 29)).warnings
        assert warning == "还缺第10期，请补录，或确认跳号"

    def test_a_gap_stands_before_the_issue_that_comes_next_of_its_year(self) -> None:
        numbers = taken(18, 21, 23, year=2016) + taken(2, 5)
        assert gaps_before(WEEKLY, numbers, 2016, REGULAR) == {(2016, 21): [19, 20], (2016, 23): [22]}  # fmt: skip
        assert gaps_before(WEEKLY, numbers, 2017, REGULAR) == {(2017, 2): [1], (2017, 5): [3, 4]}

    def test_a_gap_stands_once_where_numbers_go_ever_on(self) -> None:
        numbers = [*taken(48, 49, 51, year=2016), *taken(53, 56), skipped_number(54)]
        for year in (2016, 2017):
            found = gaps_before(EVER_ON, numbers, year, REGULAR)
            assert found == {(2016, 51): [50], (2017, 53): [52], (2017, 56): [55]}

    def test_a_skipped_number_at_the_end_is_not_given_again(self) -> None:
        numbers = [*taken(32), skipped_number(33)]
        assert next_number(WEEKLY, numbers, date(2017, 12, 29)).number == 34

    def test_a_date_before_the_last_one_is_told(self) -> None:
        found = next_number(WEEKLY, [], date(2017, 1, 5), REGULAR, date(2017, 1, 12))
        assert found.warnings == ("日期早于上一期的 2017年1月12日，请核对",)


class TestFacts:
    def test_those_of_an_issue(self) -> None:
        assert facts_of(EXAMPLE) == Facts(
            2026, REGULAR, 18, 246, date(2026, 10, 16), EXAMPLE["articles"][0]["headline"]
        )

    @pytest.mark.parametrize(
        ("masthead", "facts"),
        [
            ({}, Facts(None, REGULAR, None, None, None, "")),
            ({"issue_date": "2017-12", "year": 2016}, Facts(2016, REGULAR, None, None, date(2017, 12, 1), "")),
            ({"issue_number": 0, "issue_date": "2017-13-01"}, Facts(None, REGULAR, None, None, None, "")),
            ({"issue_number": True, "series": "extra"}, Facts(None, REGULAR, None, None, None, "")),
            ({"series": "special", "issue_number": 2}, Facts(None, Series.SPECIAL, 2, None, None, "")),
            ("报头", Facts(None, REGULAR, None, None, None, "")),
        ],
    )  # fmt: skip
    def test_a_draft_may_lack_them(self, masthead: object, facts: Facts) -> None:
        assert facts_of({"masthead": masthead, "articles": "无"}) == facts

    def test_passages_have_their_places_and_no_choices(self) -> None:
        found = {one.pointer: one.text for one in passages_of(EXAMPLE)}
        table = next(one for one, text in found.items() if text == "首批攻坚小区整改情况")
        table = table.removesuffix("/caption")
        assert found[f"{table}/rows/0/0"] == "垃圾收集点改造（处）"
        assert found["/articles/0/headline"] == EXAMPLE["articles"][0]["headline"]
        assert not {"/masthead/nameplate", f"{table}/type"} & found.keys()

    def test_what_a_database_refuses_is_left_out(self) -> None:
        (found,) = passages_of({"articles": [{"headline": "甲\x00\ud800乙"}]})
        assert found.text == "甲乙"

    @pytest.mark.parametrize("document", [b"", b"[]", b"{", b'"x"', b"\xff", b"{}{}"])
    def test_what_is_no_json_object_is_not_kept(self, document: bytes) -> None:
        with pytest.raises(MalformedDocument):
            read_document(document, Limits())

    def test_half_a_surrogate_pair_comes_back(self) -> None:
        fields = {"articles": [{"headline": "甲\ud800"}]}
        assert read_document(write_document(fields), Limits()) == fields


class TestTheNextIssue:
    NUMBER = NextNumber(2026, 19, 247, ())

    def test_it_is_like_the_last_without_its_texts(self) -> None:
        last = {**EXAMPLE, "briefs": {"heading": "工作简讯", "mark": "■", "items": ["一。"]}}
        found = following(last, self.NUMBER, date(2026, 10, 23), REGULAR)
        assert found["masthead"] == {
            **EXAMPLE["masthead"], "issue_number": 19, "total_number": 247, "issue_date": "2026-10-23"
        }  # fmt: skip
        assert found["contents"] == EXAMPLE["contents"]
        assert found["articles"] == [{"headline": "", "body": [""]}]
        assert found["briefs"] == {"heading": "工作简讯", "mark": "■", "items": []}
        assert "editors_note" not in found
        kept = {"report_to", "send_to", "issue_to", "reviewers", "editors", "print_run"}
        for name in kept & EXAMPLE["closing"].keys():
            assert found["closing"][name] == EXAMPLE["closing"][name]

    @pytest.mark.parametrize("once", ["issue_label", "urgency", "security", "copy_number"])
    def test_what_was_of_one_issue_alone_does_not_go_on(self, once: str) -> None:
        last = {
            "masthead": {once: "特急", "notice": "内部资料"},
            "closing": {"imprint_date": "2026-01-01", "recipients": ["市委办公室"]},
        }
        found = following(last, self.NUMBER, date(2026, 10, 23), REGULAR)
        assert once not in found["masthead"]
        assert (found["masthead"]["notice"], found["closing"]) == ("内部资料", {})

    def test_what_is_no_default_of_a_publication_does_not_go_on(self) -> None:
        offered = {one.pointer for one in form.default_fields(form.closing_fields())}
        closing = dict.fromkeys(FIELDS, "…")
        found = following({"closing": closing}, self.NUMBER, date(2026, 10, 23), REGULAR)
        assert {f"/defaults/closing/{key}" for key in found["closing"]} == offered
        assert "recipients" not in found["closing"]

    def test_a_year_in_the_number_goes_on_as_the_new_one(self) -> None:
        found = following({"masthead": {"year": 2025}}, self.NUMBER, date(2026, 1, 2), REGULAR)
        assert found["masthead"]["year"] == 2026

    def test_the_first_one_comes_from_the_publication(self) -> None:
        plan = PublicationPlan(
            nameplate="动态", layout="jianbao", issuing_body="办公室",
            defaults={"masthead": {"notice": "内部资料"}, "closing": {"report_to": "省办"}},
        )  # fmt: skip
        found = first_issue(plan, NextNumber(2026, 1, None, ()), date(2026, 1, 2), Series.SPECIAL)
        assert found["layout"] == "jianbao"
        assert found["masthead"] == {
            "nameplate": "动态", "issuing_body": "办公室", "notice": "内部资料",
            "issue_number": 1, "issue_date": "2026-01-02", "series": "special",
        }  # fmt: skip
        assert found["closing"] == {"report_to": "省办"}


class TestStates:
    def test_the_way_to_print(self) -> None:
        state = State.DRAFT
        for name in ("submit", "finalize", "print"):
            state = step_from(state, name, WANG, "").end
        assert state is State.PRINTED

    @pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.name}-{step.start}")
    def test_who_may_and_what_is_asked(self, step: Any) -> None:
        clerk = Stamp("陈炜", NOON, reviews=False)
        if step.by_reviewer:
            with pytest.raises(Forbidden):
                step_from(step.start, step.name, clerk, "改期号")
        else:
            assert step_from(step.start, step.name, clerk, "") is step
        if step.needs_note:
            with pytest.raises(WrongState, match="须写明理由"):
                step_from(step.start, step.name, WANG, "  ")

    @pytest.mark.parametrize(
        ("state", "name", "told"),
        [
            (State.DRAFT, "print", "草稿的一期不能印发"),
            (State.FINAL, "submit", "定稿的一期不能送审"),
            (State.PRINTED, "burn", "已印发的一期不能burn"),
        ],
    )
    def test_a_step_from_elsewhere_is_refused(self, state: State, name: str, told: str) -> None:
        with pytest.raises(WrongState) as refused:
            step_from(state, name, WANG, "")
        assert refused.value.message == told
        assert refused.value.hint.startswith("现在可以：")


def record(version: int, at: datetime, by: str = "王龙") -> IssueRecord:
    return IssueRecord(
        id=1, publication_id=1, facts=facts_of({}), state=State.DRAFT, version=version,
        created_at=NOON, changed_at=at, changed_by=by,
    )  # fmt: skip


def revision(number: int, at: datetime, by: str = "王龙", kind: Kind = Kind.WORK) -> Revision:
    return Revision(
        id=number, issue_id=1, ordinal=number, version=number, kind=kind, label="",
        made_at=at, made_by=by, digest="",
    )  # fmt: skip


def after(**amount: float) -> datetime:
    return NOON + timedelta(**amount)


class TestRevisions:
    @pytest.mark.parametrize(
        ("head", "latest", "who", "minutes", "due"),
        [
            (record(1, NOON), None, "王龙", 1, True),
            (record(5, after(minutes=5)), revision(1, NOON), "王龙", 6, False),
            (record(5, after(minutes=10)), revision(1, NOON), "王龙", 11, True),
            (record(5, after(minutes=5)), revision(1, NOON), "陈炜", 6, True),
            (record(5, after(minutes=5)), revision(1, NOON), "王龙", 36, True),
            (record(5, after(minutes=5)), revision(5, NOON), "陈炜", 90, False),
        ],
        ids=["first", "working", "ten minutes", "another author", "opened anew", "kept already"],
    )
    def test_when_one_is_kept(
        self, head: IssueRecord, latest: Revision | None, who: str, minutes: int, due: bool
    ) -> None:
        assert is_due(head, latest, Stamp(who, after(minutes=minutes))) is due

    def test_after_a_week_one_a_day_and_author_stays(self) -> None:
        made = [
            revision(1, NOON),
            revision(2, after(hours=1)),
            revision(3, after(hours=1), "陈炜"),
            revision(4, after(hours=2), kind=Kind.NAMED),
            revision(5, after(hours=3), kind=Kind.STATE),
            revision(6, after(days=1)),
            revision(7, after(days=5)),
            revision(8, after(days=5, hours=1)),
        ]
        assert [one.id for one in thinned(made, after(days=9))] == [1]
        assert [one.id for one in thinned(made, after(days=20))] == [1, 7]
        assert thinned(made, after(days=7)) == []

    @pytest.mark.usefixtures("in_china")
    def test_a_day_is_that_of_the_clock_on_the_wall(self) -> None:
        midnight = datetime(2017, 12, 22, 16, tzinfo=UTC)  # 12月23日 in China
        evening, morning = midnight - timedelta(hours=1), midnight + timedelta(hours=7)
        made = [revision(1, evening), revision(2, morning), revision(3, midnight)]
        assert [one.id for one in thinned(made, after(days=20))] == [3]


def chain(count: int) -> list[Noted]:
    noted: list[Noted] = []
    for number in range(count):
        previous = noted[-1].event.digest if noted else START
        deed = Deed("issue.add", number, 1, {"number": number})
        event = event_of(deed, Stamp("王龙", after(seconds=number)), previous)
        noted.append(Noted(number + 1, event))
    return noted


class TestEvents:
    def test_a_chain_that_nobody_touched_is_whole(self) -> None:
        assert walk([]) == Chain(0, START)
        assert walk(chain(5)) == Chain(5, chain(5)[-1].event.digest)

    @given(st.integers(0, 3), st.sampled_from(["who", "action", "detail", "at"]))
    def test_a_change_shows(self, place: int, name: str) -> None:
        noted = chain(5)
        values = {one: getattr(noted[place].event, one) for one in Event.__slots__}
        other = {"who": "某人", "action": "issue.drop", "detail": {}, "at": after(days=1)}
        noted[place] = Noted(place + 1, Event(**{**values, name: other[name]}))
        told = walk(noted)
        assert (told.count, told.fault) == (place, f"第 {place + 1} 号操作记录被改动过")

    def test_one_that_was_taken_out_shows_at_the_one_behind_it(self) -> None:
        noted = chain(5)
        del noted[2]
        assert walk(noted).fault.startswith("第 4 号操作记录与前一条不相接")
