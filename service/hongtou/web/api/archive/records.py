"""What is kept → JSON; `schemas.py` describes it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from hongtou.desk.comparing import Difference
from hongtou.desk.event import Event, Noted
from hongtou.desk.holdings import Asset, Edition, Presence
from hongtou.desk.issue import Found, IssueRecord
from hongtou.desk.merging import Clash
from hongtou.desk.numbering import NextNumber
from hongtou.desk.publication import Publication, Skipped
from hongtou.desk.quota import Usage
from hongtou.desk.revision import Revision


def publication_record(publication: Publication) -> dict[str, Any]:
    """Return a publication as JSON."""
    return {
        "id": publication.id,
        **asdict(publication.plan),
        "version": publication.version,
        "changed_at": _moment(publication.changed_at),
        "changed_by": publication.changed_by,
    }


def usage_record(usage: Usage, most: int) -> dict[str, Any]:
    """Return how much is kept of a publication as JSON; without a limit ``most`` is null."""
    return {**asdict(usage), "bytes": usage.bytes, "most": most or None}


def issue_record(record: IssueRecord) -> dict[str, Any]:
    """Return what the list shows of an issue as JSON."""
    facts = record.facts
    return {
        "id": record.id,
        "publication": record.publication_id,
        "state": record.state.value,
        "version": record.version,
        "year": facts.year,
        "series": facts.series.value,
        "number": facts.number,
        "total_number": facts.total_number,
        "date": facts.day.isoformat() if facts.day else None,
        "title": facts.title,
        "created_at": _moment(record.created_at),
        "changed_at": _moment(record.changed_at),
        "changed_by": record.changed_by,
        "deleted_at": _moment(record.deleted_at) if record.deleted_at else None,
    }


def found_record(found: Found) -> dict[str, Any]:
    """Return an issue of a list as JSON."""
    return {**issue_record(found.record), "pointer": found.pointer, "snippet": found.snippet}


def next_record(number: NextNumber) -> dict[str, Any]:
    """Return the number of the next issue as JSON."""
    return asdict(number)


def skipped_record(skipped: Skipped) -> dict[str, Any]:
    """Return a number that is left out as JSON."""
    return {**asdict(skipped), "at": _moment(skipped.at)}


def revision_record(revision: Revision) -> dict[str, Any]:
    """Return a revision as JSON."""
    return {
        "number": revision.ordinal,
        "version": revision.version,
        "kind": revision.kind.value,
        "label": revision.label,
        "made_at": _moment(revision.made_at),
        "made_by": revision.made_by,
        "digest": revision.digest,
    }


def difference_record(difference: Difference) -> dict[str, Any]:
    """Return a difference as JSON; pieces are pairs of kind and text."""
    return {**asdict(difference), "pieces": [list(piece) for piece in difference.pieces]}


def clash_record(clash: Clash) -> dict[str, Any]:
    """Return a clash as JSON."""
    return asdict(clash)


def event_record(event: Event) -> dict[str, Any]:
    """Return an event as JSON, without the digests of the chain."""
    return {
        "at": _moment(event.at),
        "who": event.who,
        "action": event.action,
        "detail": dict(event.detail),
    }


def noted_record(noted: Noted) -> dict[str, Any]:
    """Return an event of the whole chain as JSON."""
    return {
        "number": noted.number,
        **event_record(noted.event),
        "client": noted.event.client,
        "issue": noted.event.issue_id,
        "publication": noted.event.publication_id,
        "digest": noted.event.digest,
    }


def edition_record(edition: Edition) -> dict[str, Any]:
    """Return an edition as JSON, without its bytes."""
    record = {**asdict(edition), "made_at": _moment(edition.made_at)}
    del record["issue_id"], record["ascii_name"]
    return record


def asset_record(asset: Asset) -> dict[str, Any]:
    """Return a picture as JSON, without its bytes."""
    return asdict(asset)


def presence_record(presence: Presence) -> dict[str, Any]:
    """Return who has an issue open as JSON."""
    return {**asdict(presence), "seen_at": _moment(presence.seen_at)}


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
