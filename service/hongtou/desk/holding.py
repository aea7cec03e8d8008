"""Pictures of an issue, and who has it open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from hongtou.bulletin.errors import Locked, NotKept
from hongtou.desk.event import Deed
from hongtou.desk.holdings import Asset, Blob, Presence
from hongtou.desk.issue import IssueRecord
from hongtou.desk.quota import Quota
from hongtou.desk.records import Archive, Records
from hongtou.desk.stamp import Stamp
from hongtou.desk.transaction import kept_issue, note

HERE = timedelta(seconds=30)  # three pings of ten seconds: one may be late


@dataclass(frozen=True, slots=True)
class Company:
    """The present version of an issue, and who else has it open."""

    record: IssueRecord
    others: tuple[Presence, ...]


class Holding:
    """The use cases of pictures and presence."""

    def __init__(self, archive: Archive, quota: Quota) -> None:
        self._archive = archive
        self._quota = quota

    def assets(self, issue_id: int) -> Sequence[Asset]:
        """Return the pictures of an issue.

        Raises:
            NotKept: there is no such issue.
        """
        with self._archive.reading() as records:
            kept_issue(records, issue_id)
            return records.assets(issue_id)

    def picture(self, issue_id: int, name: str) -> Blob:
        """Return the bytes of a picture.

        Raises:
            NotKept: there is no such issue or picture.
        """
        with self._archive.reading() as records:
            kept_issue(records, issue_id)
            asset = next((one for one in records.assets(issue_id) if one.name == name), None)
            blob = records.blob(asset.sha256) if asset else None
        if blob is None:
            raise NotKept(f"这一期没有图片“{name}”", hint="请核对图片名")
        return blob

    def put(self, issue_id: int, asset: Asset, blob: Blob, stamp: Stamp) -> None:
        """Keep a picture, in place of one of the same name.

        Raises:
            NotKept: there is no such issue.
            Locked: it is final.
            OverQuota: the publication may have no more.
        """
        with self._archive.writing() as records:
            publication_id = _open(records, issue_id).publication_id
            self._quota.admit(records, publication_id, asset.size)
            records.put_blob(blob)
            records.put_asset(issue_id, asset)
            detail = {"name": asset.name, "sha256": asset.sha256}
            note(records, stamp, Deed("asset.put", issue_id, detail=detail))

    def drop(self, issue_id: int, name: str, stamp: Stamp) -> None:
        """Remove a picture from an issue.

        Raises:
            NotKept: there is no such issue or picture.
            Locked: it is final.
        """
        with self._archive.writing() as records:
            publication_id = _open(records, issue_id).publication_id
            if not records.drop_asset(issue_id, name):
                raise NotKept(f"这一期没有图片“{name}”", hint="请核对图片名")
            note(records, stamp, Deed("asset.drop", issue_id, detail={"name": name}))
        self._quota.forget(publication_id)

    def meet(self, issue_id: int, tab: str, place: str, stamp: Stamp) -> Company:
        """Note that a tab is open; return who else is here. The document is never touched.

        Raises:
            NotKept: there is no such issue.
        """
        with self._archive.writing() as records:
            record = kept_issue(records, issue_id).record
            records.note_presence(issue_id, Presence(tab, stamp.who, place, stamp.at))
            present = records.present(issue_id, stamp.at - HERE)
        return Company(record, tuple(one for one in present if one.tab != tab))

    def leave(self, issue_id: int, tab: str) -> None:
        """Forget a tab that was closed; nothing happens if it was never here.

        Raises:
            NotKept: there is no such issue.
        """
        with self._archive.writing() as records:
            kept_issue(records, issue_id)
            records.leave(issue_id, tab)

    def sweep(self, stamp: Stamp) -> int:
        """Forget who was here, and the bytes that nothing refers to; return how many blobs."""
        with self._archive.writing() as records:
            records.drop_presence(stamp.at - HERE)
            return records.sweep_blobs()


def _open(records: Records, issue_id: int) -> IssueRecord:
    """Return the record of an issue whose pictures may be changed."""
    record = kept_issue(records, issue_id).record
    if record.state.is_locked:
        raise Locked(f"这一期{record.state.shown}，不能再改图片", hint="请审核人员先解锁")
    return record
