"""From draft to print: the steps of an issue, and the files that are kept when it is final."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol

from hongtou import __version__
from hongtou.bulletin.errors import NotKept, ReviewFailed, WrongState
from hongtou.bulletin.finding import Finding, Severity
from hongtou.bulletin.order import FinishedFile
from hongtou.desk.event import Deed
from hongtou.desk.holdings import Asset, Blob, Edition, blob_of
from hongtou.desk.issue import IssueRecord, KeptIssue, State
from hongtou.desk.quota import Quota
from hongtou.desk.records import Archive, Records
from hongtou.desk.revision import Kind
from hongtou.desk.stamp import Stamp
from hongtou.desk.states import Step, StepName, step_from
from hongtou.desk.transaction import kept_issue, note, require_version, stale

OUTPUT, MEDIA_TYPE = "screen", "application/pdf"

Images = Mapping[str, bytes]


class Press(Protocol):
    """Checks and prints an issue, whoever does it."""

    def check(self, document: bytes, images: Images) -> Sequence[Finding]: ...

    def print(self, document: bytes, images: Images) -> FinishedFile:
        """Return the edition for the press; ReviewFailed if the issue has errors."""


class Finishing:
    """The use cases of states and editions."""

    def __init__(self, archive: Archive, quota: Quota) -> None:
        self._archive = archive
        self._quota = quota

    def move(
        self,
        issue_id: int,
        version: int,
        step_name: str,
        stamp: Stamp,
        press: Press,
        remarks: str = "",
        detail: Mapping[str, Any] | None = None,
    ) -> IssueRecord:
        """Return the record of an issue that has taken a step.

        An issue is set outside of the transaction, so that nobody waits for it to be saved; if it
        or a picture of it was changed meanwhile, the step is not taken.

        Raises:
            NotKept: there is no such issue.
            Stale: this is not its version.
            WrongState: the step does not begin in its state, or a picture was changed meanwhile.
            Forbidden: only a reviewer may take it.
            ReviewFailed: it has errors.
            OverQuota: the publication may have no more, and the step makes a file.
            ServiceError: it cannot be set now.
        """
        with self._archive.reading() as records:
            kept = kept_issue(records, issue_id)
            require_version(kept.record, version)
            step = step_from(kept.record.state, step_name, stamp, remarks)
            assets = _pictures_for(step, records, issue_id)
            images = _images(records, assets)
        if step.name is StepName.SUBMIT:
            _refuse_errors(press.check(kept.document, images))
        file = press.print(kept.document, images) if step.end is State.FINAL else None
        with self._archive.writing() as records:
            require_version(kept_issue(records, issue_id).record, version)  # and nobody else's now
            if _pictures_for(step, records, issue_id) != assets:
                raise WrongState(f"{step.title}时有图片换过", hint="请看过版面，再做一次")
            size = len(file.content) if file else 0
            self._quota.admit(records, kept.record.publication_id, size)
            return _moved(records, kept, step, stamp, file, {"note": remarks, **(detail or {})})

    def editions(self, issue_id: int) -> Sequence[Edition]:
        """Return the files that were made of an issue, newest first.

        Raises:
            NotKept: there is no such issue.
        """
        with self._archive.reading() as records:
            kept_issue(records, issue_id)
            return records.editions(issue_id)

    def newest(self, issue_ids: Collection[int]) -> Mapping[int, Edition]:
        """Return the newest file of each of these issues that has one, by the issue's id."""
        with self._archive.reading() as records:
            return {one.issue_id: one for one in records.newest_editions(issue_ids)}

    def file(self, issue_id: int, sha256: str) -> tuple[Edition, Blob]:
        """Return an edition of an issue with its bytes.

        Raises:
            NotKept: there is none with this digest.
        """
        with self._archive.reading() as records:
            kept_issue(records, issue_id)
            every = records.editions(issue_id)
            edition = next((one for one in every if one.sha256 == sha256), None)
            blob = records.blob(sha256) if edition else None
        if edition is None or blob is None:
            raise NotKept("这一期没有这份文件", hint="请从成品的列表里选")
        return edition, blob


def _pictures_for(step: Step, records: Records, issue_id: int) -> Sequence[Asset]:
    """Return the pictures that a step sets; they have no version of the issue."""
    is_set = step.name in (StepName.SUBMIT, StepName.FINALIZE)
    return records.assets(issue_id) if is_set else ()


def _images(records: Records, assets: Sequence[Asset]) -> dict[str, bytes]:
    blobs = {asset.name: records.blob(asset.sha256) for asset in assets}
    return {name: blob.content for name, blob in blobs.items() if blob}


def _refuse_errors(findings: Sequence[Finding]) -> None:
    errors = [one for one in findings if one.severity is Severity.ERROR]
    if errors:
        raise ReviewFailed(
            f"稿件有 {len(errors)} 处错误，不能送审", hint="请逐条改正后重试", findings=findings
        )


def _moved(
    records: Records,
    kept: KeptIssue,
    step: Step,
    stamp: Stamp,
    file: FinishedFile | None,
    detail: dict[str, Any],
) -> IssueRecord:
    if not records.move_issue(kept.id, kept.record.version, step.end, stamp):
        raise stale(kept_issue(records, kept.id).record)
    moved = kept_issue(records, kept.id)
    ordinal = records.add_revision(moved, Kind.STATE, step.title)
    if file is not None:
        edition, blob = _edition(kept.id, ordinal, file, stamp)
        records.put_blob(blob)
        records.add_edition(edition)
        detail["sha256"] = edition.sha256
    said = {"from": step.start.value, "to": step.end.value, "revision": ordinal}
    deed = Deed(f"issue.{step.name}", kept.id, kept.record.publication_id, {**said, **detail})
    note(records, stamp, deed)
    return moved.record


def _edition(issue_id: int, ordinal: int, file: FinishedFile, stamp: Stamp) -> tuple[Edition, Blob]:
    blob = blob_of(file.content, MEDIA_TYPE)
    edition = Edition(
        issue_id=issue_id,
        revision=ordinal,
        output=OUTPUT,
        plan_digest=file.plan_digest,
        sha256=blob.sha256,
        size=len(file.content),
        pages=file.page_count,
        service_version=__version__,
        file_name=file.file_name,
        ascii_name=file.ascii_name,
        made_at=stamp.at,
        made_by=stamp.who,
    )
    return edition, blob
