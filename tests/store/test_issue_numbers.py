"""Numbers of issues: taken once, the next one found, gaps told."""

from __future__ import annotations

import json
from datetime import date

import pytest

from hongtou.bulletin.errors import NumberTaken
from hongtou.bulletin.issue import Series
from hongtou.bulletin.limits import Limits
from hongtou.desk import Desk
from hongtou.desk.event import WantedEvents
from hongtou.desk.facts import facts_of
from hongtou.desk.numbering import next_number
from hongtou.desk.publication import Numbering, PublicationPlan, Skipped
from hongtou.store import SqlArchive
from tests.support.archives import FRIDAY, NOON, WANG, document, kept, publication

pytestmark = pytest.mark.slow

REGULAR = Series.REGULAR


class TestNumbers:
    def test_a_taken_number_is_refused_and_a_free_one_named(self, desk: Desk) -> None:
        one = kept(desk)
        with pytest.raises(NumberTaken) as refused:
            kept(desk)
        assert refused.value.details == {"free": 34, "issue": one}

    def test_another_year_series_or_publication_has_its_own(self, desk: Desk) -> None:
        kept(desk)
        kept(desk, day="2018-01-05")
        other = publication(desk, "另一种")
        assert desk.issues.add(other, document(), WANG).record.publication_id == other

    def test_a_draft_without_a_number_takes_none(self, desk: Desk) -> None:
        owner = publication(desk)
        assert desk.issues.add(owner, document(None), WANG) != desk.issues.add(
            owner, document(None), WANG
        )

    def test_two_who_begin_at_the_same_time_get_different_numbers(
        self, archive: SqlArchive
    ) -> None:
        desk = Desk(archive, Limits())
        owner = publication(desk)
        with pytest.raises(NumberTaken), archive.writing() as records:
            for _ in range(2):  # past the check, as two transactions may be
                sent = document()
                records.add_issue(owner, sent, facts_of(json.loads(sent)), [], WANG)

    def test_where_numbers_go_ever_on_each_is_given_once(self, desk: Desk) -> None:
        plan = PublicationPlan(nameplate="要情", numbering=Numbering.CONTINUOUS)
        owner = desk.publications.add(plan, WANG).id
        first, second = (
            desk.issues.add(owner, document(number, day=day), WANG).id
            for number, day in ((33, "2017-12-22"), (35, "2018-01-05"))
        )
        with pytest.raises(NumberTaken) as refused:
            desk.issues.add(owner, document(33, day="2018-01-12"), WANG)
        assert refused.value.details == {"free": 36, "issue": first}
        assert "年" not in str(refused.value)
        with pytest.raises(NumberTaken):
            desk.issues.save(second, 1, document(33, day="2018-01-05"), WANG)
        assert desk.issues.save(second, 1, document(35, day="2019-01-04"), WANG).facts.year == 2019
        with pytest.raises(NumberTaken):
            desk.publications.skip(owner, Skipped(2019, REGULAR, 33, "", "", NOON), WANG)
        desk.publications.skip(owner, Skipped(2017, REGULAR, 34, "", "", NOON), WANG)
        with pytest.raises(NumberTaken):
            desk.publications.skip(owner, Skipped(2018, REGULAR, 34, "", "", NOON), WANG)

    def test_a_draft_without_a_number_is_not_the_last_of_its_day(
        self, archive: SqlArchive, desk: Desk
    ) -> None:
        owner = publication(desk)
        numbered = desk.issues.add(owner, document(33), WANG)
        desk.issues.add(owner, document(None, body="别的。"), WANG)
        with archive.reading() as records:
            assert records.latest(owner, REGULAR) == numbered

    def test_the_next_issue_is_like_the_last(self, desk: Desk) -> None:
        kept(desk, 32, day="2017-12-15")
        kept(desk)
        owner = desk.publications.listed()[0].id
        found = desk.publications.next(owner, FRIDAY, REGULAR)
        assert (found.number, found.total_number, found.gaps) == (34, 614, ())
        begun = json.loads(desk.issues.begin(owner, FRIDAY, REGULAR, WANG).document)
        assert begun["masthead"]["issue_number"] == 34
        assert begun["masthead"]["issue_date"] == "2017-12-29"
        assert begun["closing"] == {"report_to": "省文明办", "reviewers": ["杨春明"]}
        assert begun["articles"] == [{"headline": "", "body": [""]}]

    def test_the_first_one_and_a_blank_one_come_from_the_publication(self, desk: Desk) -> None:
        plan = PublicationPlan(nameplate="动态", defaults={"closing": {"report_to": "省办"}})
        owner = desk.publications.add(plan, WANG).id
        first = desk.issues.begin(owner, FRIDAY, REGULAR, WANG)
        desk.issues.save(first.id, 1, document(1, day="2017-12-29"), WANG)
        blank = json.loads(desk.issues.begin(owner, FRIDAY, REGULAR, WANG, blank=True).document)
        assert blank["closing"] == {"report_to": "省办"}
        like = json.loads(desk.issues.begin(owner, FRIDAY, REGULAR, WANG, first.id).document)
        assert like["closing"]["reviewers"] == ["杨春明"]
        assert [blank["masthead"]["issue_number"], like["masthead"]["issue_number"]] == [2, 3]

    def test_a_gap_is_told_until_it_is_meant(self, desk: Desk) -> None:
        kept(desk, 31)
        kept(desk, 33)
        owner = desk.publications.listed()[0].id
        assert desk.publications.next(owner, FRIDAY, REGULAR).gaps == (32,)
        meant = Skipped(2017, REGULAR, 32, "停刊一周", "王龙", NOON)
        desk.publications.skip(owner, meant, WANG)
        assert desk.publications.next(owner, FRIDAY, REGULAR).gaps == ()
        assert desk.publications.skipped(owner) == [meant]
        (noted,) = desk.auditing.listed(WantedEvents(action="number.skip")).noted
        assert noted.event.detail == {"year": 2017, "number": 32, "reason": "停刊一周"}
        for number in (32, 33, 35, 50):
            with pytest.raises(NumberTaken):
                desk.publications.skip(owner, Skipped(2017, REGULAR, number, "", "", NOON), WANG)

    @pytest.mark.parametrize("series", list(Series))
    @pytest.mark.parametrize("day", ["2016-06-03", "2017-12-29", "2018-01-05", "2019-01-04"])
    def test_the_numbers_of_a_year_give_the_next_as_all_do(
        self, archive: SqlArchive, desk: Desk, day: str, series: Series
    ) -> None:
        owner = publication(desk)
        for number, at in (
            (3, "2016-02-05"),
            (1, "2017-01-06"),
            (4, "2017-02-03"),
            (2, "2018-01-12"),
        ):
            kept(desk, number, day=at)
        desk.publications.skip(owner, Skipped(2017, REGULAR, 2, "停刊", "王龙", NOON), WANG)
        wanted = date.fromisoformat(day)
        with archive.reading() as records:
            plan = desk.publications.one(owner).plan
            every = next_number(plan, records.numbers(owner), wanted, series)
            few = next_number(
                plan, records.numbers_of_year(owner, wanted.year, series), wanted, series
            )
        assert few == every
