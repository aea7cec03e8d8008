"""The tables. Migrations make them; a test holds what they made against this.

Whatever is derived from a document (number, day, title, words) is written in the transaction that
writes the document. Moments are in UTC.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from hongtou.store.columns import (
    DIGEST_CHARS,
    count_column,
    id_column,
    metadata,
    moment_column,
    refers_to,
    text_column,
)


def _blob() -> Column[str]:
    """Return the column that refers to bytes by their digest."""
    return Column("sha256", String(DIGEST_CHARS), ForeignKey("blob.sha256"), nullable=False)


publication = Table(
    "publication",
    metadata,
    id_column(),
    text_column("nameplate", 200),
    text_column("layout"),
    text_column("issuing_body", 400),
    text_column("numbering", 20),
    Column("first_total", Integer),
    Column("defaults", JSON, nullable=False),
    Column("lists", JSON, nullable=False, server_default=text("'{}'")),
    count_column("version"),
    moment_column("changed_at"),
    text_column("changed_by"),
    sqlite_autoincrement=True,
)

# The document stands last: a list reads rows only as far as it needs them.
issue = Table(
    "issue",
    metadata,
    id_column(),
    refers_to("publication", goes_with_it=False),
    Column("year", Integer),
    text_column("series", 20),
    Column("number", Integer),
    Column("total_number", Integer),
    Column("issue_date", Date),
    Column("listed_on", Date, nullable=False),  # the day, of a draft without one that of its making
    text_column("title", 200),
    text_column("state", 10),
    count_column("version"),
    moment_column("created_at"),
    moment_column("changed_at"),
    text_column("changed_by"),
    moment_column("deleted_at", nullable=True),
    Column("document", Text, nullable=False),
    CheckConstraint("number >= 1", name="number"),
    sqlite_autoincrement=True,  # an id is never given again: events name it
)
LIVES = issue.c.deleted_at.is_(None)
Index(
    "uq_issue_number",
    issue.c.publication_id,
    issue.c.year,
    issue.c.series,
    issue.c.number,
    unique=True,
    sqlite_where=LIVES,
    postgresql_where=LIVES,
)
Index("ix_issue_list", issue.c.deleted_at, issue.c.listed_on, issue.c.id)
# PostgreSQL keeps to the order of an index only where it leaves out what is in the bin.
for _name, _by in (
    ("", ()),
    ("_of_publication", (issue.c.publication_id,)),
    ("_of_year", (issue.c.year,)),
    ("_of_state", (issue.c.state,)),
):
    Index(
        f"ix_issue_live{_name}",
        *_by,
        issue.c.listed_on,
        issue.c.id,
        sqlite_where=LIVES,
        postgresql_where=LIVES,
    )
Index(
    "ix_issue_list_of_publication",
    issue.c.publication_id,
    issue.c.deleted_at,
    issue.c.listed_on,
    issue.c.id,
)

skipped_number = Table(
    "skipped_number",
    metadata,
    id_column(),
    refers_to("publication"),
    count_column("year"),
    text_column("series", 20),
    count_column("number"),
    text_column("reason", 400),
    text_column("made_by"),
    moment_column("made_at"),
    UniqueConstraint("publication_id", "year", "series", "number"),
)

revision = Table(
    "revision",
    metadata,
    id_column(),
    refers_to("issue"),
    count_column("ordinal"),
    count_column("version"),
    text_column("kind", 10),
    text_column("label"),
    moment_column("made_at"),
    text_column("made_by"),
    text_column("digest", DIGEST_CHARS),
    Column("document", LargeBinary, nullable=False),  # zlib
    UniqueConstraint("issue_id", "ordinal"),
    Index("ix_revision_issue_id_version", "issue_id", "version"),
    Index("ix_revision_made_at", "made_at"),
)

blob = Table(
    "blob",
    metadata,
    Column("sha256", String(DIGEST_CHARS), primary_key=True),
    text_column("media_type"),
    Column("content", LargeBinary, nullable=False),
)

edition = Table(
    "edition",
    metadata,
    id_column(),
    refers_to("issue"),
    count_column("revision"),
    text_column("output", 20),
    text_column("plan_digest", DIGEST_CHARS),
    _blob(),
    count_column("size"),
    count_column("pages"),
    text_column("service_version", 40),
    text_column("file_name", 400),
    text_column("ascii_name", 200),
    moment_column("made_at"),
    text_column("made_by"),
    Index("ix_edition_issue_id", "issue_id"),
    Index("ix_edition_sha256", "sha256"),
)

asset = Table(
    "asset",
    metadata,
    id_column(),
    refers_to("issue"),
    text_column("name", 200),
    _blob(),
    text_column("media_type"),
    count_column("size"),
    UniqueConstraint("issue_id", "name"),
    Index("ix_asset_sha256", "sha256"),
)

presence = Table(
    "presence",
    metadata,
    refers_to("issue"),
    text_column("tab"),
    text_column("who"),
    text_column("place", 200),
    moment_column("seen_at"),
    UniqueConstraint("issue_id", "tab"),
    Index("ix_presence_seen_at", "seen_at"),
)

event = Table(
    "event",
    metadata,
    id_column(),
    moment_column("at"),
    text_column("who"),
    text_column("client"),
    text_column("action"),
    Column("issue_id", Integer),  # without a reference: an event outlives its issue
    Column("publication_id", Integer),
    Column("detail", JSON, nullable=False),
    text_column("previous", DIGEST_CHARS),
    text_column("digest", DIGEST_CHARS),
    UniqueConstraint("previous"),  # two successors of one event would be two chains
    Index("ix_event_issue_id", "issue_id"),
    Index("ix_event_at", "at"),
    Index("ix_event_action", "action"),
)

# A passage as it stands, and its characters with spaces between (words.py).
issue_text = Table(
    "issue_text",
    metadata,
    id_column(),
    refers_to("issue"),
    text_column("pointer", 400),
    Column("words", Text, nullable=False),
    Column("spaced", Text, nullable=False),
    Index("ix_issue_text_issue_id_id", "issue_id", "id"),  # the first passage without the others
)

# What is looked for first: which characters and pairs of characters stand in an article or in a
# group of short news. Its id holds that of the issue above PART_BITS, so that SQLite's full-text
# index names issues by itself.
PART_BITS = 10
issue_part = Table(
    "issue_part",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    refers_to("issue"),
    text_column("digest", DIGEST_CHARS),
    Column("grams", Text().with_variant(ARRAY(Text), "postgresql"), nullable=False),
    Index("ix_issue_part_issue_id", "issue_id"),
)
Index("ix_issue_part_grams", issue_part.c.grams, postgresql_using="gin").ddl_if("postgresql")

# SQLite's full-text index over issue_part.grams, kept by triggers: no table of ours to make. The
# column of its own name stands for all of it.
issue_grams = Table(
    "issue_grams",
    MetaData(),
    Column("rowid", Integer, primary_key=True),
    Column("issue_grams", Text),
)
