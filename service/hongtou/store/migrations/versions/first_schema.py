"""The first schema: publications, issues, their history, what is printed and who is here."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make all tables, and what finds words and guards events in each database."""
    _publications()
    _issues()
    _indexes_of_issues()
    _texts()
    _parts()
    _history()
    _editions()
    _company()
    if op.get_context().dialect.name == "sqlite":
        _run(SQLITE_WORDS, SQLITE_EVENTS)
    else:
        _run(POSTGRESQL_EVENTS)


def _run(*scripts: tuple[str, ...]) -> None:
    for script in scripts:
        for statement in script:
            op.execute(statement)


def _publications() -> None:
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nameplate", sa.String(length=200), nullable=False),
        sa.Column("layout", sa.String(length=100), nullable=False),
        sa.Column("issuing_body", sa.String(length=400), nullable=False),
        sa.Column("numbering", sa.String(length=20), nullable=False),
        sa.Column("first_total", sa.Integer()),
        sa.Column("defaults", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("changed_by", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_publication"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "skipped_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("made_by", sa.String(length=100), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name="fk_skipped_number_publication_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_skipped_number"),
        sa.UniqueConstraint(
            "publication_id",
            "year",
            "series",
            "number",
            name="uq_skipped_number_publication_id_year_series_number",
        ),
    )


def _issues() -> None:
    op.create_table(
        "issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer()),
        sa.Column("series", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer()),
        sa.Column("total_number", sa.Integer()),
        sa.Column("issue_date", sa.Date()),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("changed_by", sa.String(length=100), nullable=False),
        sa.Column("deleted_at", MOMENT),
        sa.Column("document", sa.Text(), nullable=False),
        sa.CheckConstraint("number >= 1", name="ck_issue_number"),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name="fk_issue_publication_id",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_issue"),
        sqlite_autoincrement=True,
    )


def _indexes_of_issues() -> None:
    op.create_index("ix_issue_list", "issue", ["deleted_at", "listed_on", "id"])
    op.create_index(
        "ix_issue_list_of_publication", "issue", ["publication_id", "deleted_at", "listed_on", "id"]
    )
    op.create_index(
        "uq_issue_number",
        "issue",
        ["publication_id", "year", "series", "number"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )


def _texts() -> None:
    op.create_table(
        "issue_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("pointer", sa.String(length=400), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("spaced", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issue.id"], name="fk_issue_text_issue_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_issue_text"),
    )
    op.create_index("ix_issue_text_issue_id", "issue_text", ["issue_id"])


def _history() -> None:
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("label", sa.String(length=100), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", sa.String(length=100), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issue.id"], name="fk_revision_issue_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_revision"),
        sa.UniqueConstraint("issue_id", "ordinal", name="uq_revision_issue_id_ordinal"),
    )
    op.create_index("ix_revision_issue_id_version", "revision", ["issue_id", "version"])
    op.create_index("ix_revision_made_at", "revision", ["made_at"])
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", sa.String(length=100), nullable=False),
        sa.Column("client", sa.String(length=100), nullable=False),
        sa.Column("action", sa.String(length=100), nullable=False),
        sa.Column("issue_id", sa.Integer()),
        sa.Column("publication_id", sa.Integer()),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        sa.UniqueConstraint("previous", name="uq_event_previous"),
    )
    op.create_index("ix_event_issue_id", "event", ["issue_id"])


def _editions() -> None:
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_blob"),
    )
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("output", sa.String(length=20), nullable=False),
        sa.Column("plan_digest", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("service_version", sa.String(length=40), nullable=False),
        sa.Column("file_name", sa.String(length=400), nullable=False),
        sa.Column("ascii_name", sa.String(length=200), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issue.id"], name="fk_edition_issue_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name="fk_edition_sha256"),
        sa.PrimaryKeyConstraint("id", name="pk_edition"),
    )
    op.create_index("ix_edition_issue_id", "edition", ["issue_id"])
    op.create_index("ix_edition_sha256", "edition", ["sha256"])


def _company() -> None:
    op.create_table(
        "asset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issue.id"], name="fk_asset_issue_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name="fk_asset_sha256"),
        sa.PrimaryKeyConstraint("id", name="pk_asset"),
        sa.UniqueConstraint("issue_id", "name", name="uq_asset_issue_id_name"),
    )
    op.create_index("ix_asset_sha256", "asset", ["sha256"])
    op.create_table(
        "presence",
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("tab", sa.String(length=100), nullable=False),
        sa.Column("who", sa.String(length=100), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issue.id"], name="fk_presence_issue_id", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("issue_id", "tab", name="uq_presence_issue_id_tab"),
    )
    op.create_index("ix_presence_seen_at", "presence", ["seen_at"])


def _parts() -> None:
    is_server = op.get_context().dialect.name == "postgresql"
    op.create_table(
        "issue_part",
        sa.Column("id", sa.BigInteger() if is_server else sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("grams", sa.ARRAY(sa.Text()) if is_server else sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issue.id"], name="fk_issue_part_issue_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_issue_part"),
    )
    op.create_index("ix_issue_part_issue_id", "issue_part", ["issue_id"])
    if is_server:
        op.create_index("ix_issue_part_grams", "issue_part", ["grams"], postgresql_using="gin")


# The index holds no text of its own; it is told what comes and goes.
# Source: SQLite documentation, FTS5, §4.4.3.
_ADDED = "INSERT INTO issue_grams(rowid, grams) VALUES (new.id, new.grams);"
_GONE = "INSERT INTO issue_grams(issue_grams, rowid, grams) VALUES ('delete', old.id, old.grams);"
SQLITE_WORDS = (
    """CREATE VIRTUAL TABLE issue_grams USING fts5(
        grams, content='issue_part', content_rowid='id', tokenize='unicode61', detail='none'
    )""",
    f"CREATE TRIGGER issue_part_added AFTER INSERT ON issue_part BEGIN {_ADDED} END",
    f"CREATE TRIGGER issue_part_gone AFTER DELETE ON issue_part BEGIN {_GONE} END",
    f"CREATE TRIGGER issue_part_changed AFTER UPDATE ON issue_part BEGIN {_GONE} {_ADDED} END",
)
SQLITE_EVENTS = tuple(
    f"""CREATE TRIGGER event_no_{action.lower()} BEFORE {action} ON event BEGIN
        SELECT RAISE(ABORT, 'events are only added to');
    END"""
    for action in ("UPDATE", "DELETE")
)
POSTGRESQL_EVENTS = (
    """CREATE FUNCTION event_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'events are only added to'; END $$""",
    """CREATE TRIGGER event_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON event
        FOR EACH STATEMENT EXECUTE FUNCTION event_is_only_added_to()""",
)
