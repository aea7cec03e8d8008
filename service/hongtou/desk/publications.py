"""Publications: made, changed, and asked for the number of their next issue."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from hongtou.bulletin.errors import NumberTaken, Stale, WrongState
from hongtou.bulletin.issue import Series
from hongtou.desk.event import Deed
from hongtou.desk.numbering import NextNumber, Number, gaps_before, is_missing, next_number
from hongtou.desk.publication import Numbering, Publication, PublicationPlan, Skipped
from hongtou.desk.quota import Usage
from hongtou.desk.records import Archive, Records
from hongtou.desk.stamp import Stamp
from hongtou.desk.transaction import kept_publication, note


class Publications:
    """The use cases of publications."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def listed(self) -> Sequence[Publication]:
        """Return all publications by their nameplate."""
        with self._archive.reading() as records:
            return records.publications()

    def one(self, publication_id: int) -> Publication:
        """Return a publication.

        Raises:
            NotKept: there is none.
        """
        with self._archive.reading() as records:
            return kept_publication(records, publication_id)

    def usage(self, publication_id: int) -> Usage:
        """Return how much is kept of a publication.

        Raises:
            NotKept: there is no such publication.
        """
        with self._archive.reading() as records:
            kept_publication(records, publication_id)
            return records.usage(publication_id)

    def add(self, plan: PublicationPlan, stamp: Stamp) -> Publication:
        """Return a new publication."""
        with self._archive.writing() as records:
            added = kept_publication(records, records.add_publication(plan, stamp))
            note(records, stamp, Deed("publication.add", publication_id=added.id))
            return added

    def change(
        self, publication_id: int, version: int, plan: PublicationPlan, stamp: Stamp
    ) -> Publication:
        """Return a publication with another plan.

        Raises:
            NotKept: there is none.
            Stale: this is not its version.
        """
        with self._archive.writing() as records:
            present = kept_publication(records, publication_id)
            if not records.change_publication(publication_id, version, plan, stamp):
                raise _stale(present)
            note(records, stamp, Deed("publication.change", publication_id=publication_id))
            return kept_publication(records, publication_id)

    def remove(self, publication_id: int, version: int, stamp: Stamp) -> None:
        """Delete a publication that has no issues, with its lists and the numbers left out.

        Raises:
            NotKept: there is none.
            Stale: this is not its version.
            WrongState: issues of it are kept, be it in the bin.
        """
        with self._archive.writing() as records:
            present = kept_publication(records, publication_id)
            live, binned = records.issue_counts(publication_id)
            if live or binned:
                kept = f"{live} 期" if live else f"{binned} 期在回收站里"
                hint = "请先删除各期，再清空回收站" if live else "请先清空回收站"
                raise WrongState(f"“{present.plan.nameplate}”还有 {kept}，不能删除", hint=hint)
            if not records.drop_publication(publication_id, version):
                raise _stale(present)
            detail = {"nameplate": present.plan.nameplate}
            note(records, stamp, Deed("publication.delete", None, publication_id, detail))

    def next(self, publication_id: int, day: date, series: Series) -> NextNumber:
        """Return the number of an issue of this day.

        Raises:
            NotKept: there is no such publication.
        """
        with self._archive.reading() as records:
            return number_for(records, kept_publication(records, publication_id), day, series)

    def gaps_before(
        self, publication_id: int, years: Collection[int], series: Series
    ) -> Mapping[tuple[int, int], Sequence[int]]:
        """Return the numbers missing in these years, by year and number of the issue after them.

        Those of a publication that counts ever on are of no year: all are returned for any.

        Raises:
            NotKept: there is no such publication.
        """
        with self._archive.reading() as records:
            publication = kept_publication(records, publication_id)
            plan, before = publication.plan, dict[tuple[int, int], Sequence[int]]()
            apart = sorted(years) if plan.numbering is Numbering.YEARLY else [*years][:1]
            for year in apart:
                numbers = _numbers(records, publication, year, series)
                before |= gaps_before(plan, numbers, year, series)
            return before

    def skip(self, publication_id: int, skipped: Skipped, stamp: Stamp) -> None:
        """Note that a number is left out on purpose (跳号).

        Raises:
            NotKept: there is no such publication.
            NumberTaken: the number is not missing.
        """
        with self._archive.writing() as records:
            publication = kept_publication(records, publication_id)
            wanted = Number(skipped.year, skipped.series, skipped.number)
            if not is_missing(publication.plan, records.numbers(publication.id), wanted):
                raise NumberTaken(f"第{skipped.number}期没有空缺", hint="请从列出的空缺里选")
            records.skip(publication_id, skipped)
            detail = {"year": skipped.year, "number": skipped.number, "reason": skipped.reason}
            note(records, stamp, Deed("number.skip", None, publication_id, detail))

    def skipped(self, publication_id: int) -> Sequence[Skipped]:
        """Return the numbers that were left out on purpose.

        Raises:
            NotKept: there is no such publication.
        """
        with self._archive.reading() as records:
            kept_publication(records, publication_id)
            return records.skipped(publication_id)


def _stale(present: Publication) -> Stale:
    return Stale(
        f"{present.changed_by}已改过这个刊物",
        hint="请重新打开再改",
        details={"version": present.version, "by": present.changed_by},
    )


def number_for(records: Records, publication: Publication, day: date, series: Series) -> NextNumber:
    """Return the number of a publication's issue of this day."""
    last = records.latest(publication.id, series)
    numbers = _numbers(records, publication, day.year, series)
    return next_number(
        publication.plan, numbers, day, series, last.record.facts.day if last else None
    )


def _numbers(
    records: Records, publication: Publication, year: int, series: Series
) -> Sequence[Number]:
    """Return the numbers on which those of a year hang."""
    if publication.plan.numbering is Numbering.YEARLY:
        return records.numbers_of_year(publication.id, year, series)
    return records.numbers(publication.id)
