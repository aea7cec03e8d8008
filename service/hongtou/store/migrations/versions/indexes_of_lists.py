"""Events are found by day and action, the passages of an issue in their order."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0001"


def upgrade() -> None:
    """Add the indexes."""
    op.create_index("ix_event_at", "event", ["at"])
    op.create_index("ix_event_action", "event", ["action"])
    op.create_index("ix_issue_text_issue_id_id", "issue_text", ["issue_id", "id"])
    op.drop_index("ix_issue_text_issue_id", table_name="issue_text")


def downgrade() -> None:
    """Drop the indexes."""
    op.create_index("ix_issue_text_issue_id", "issue_text", ["issue_id"])
    for name, table in (
        ("ix_issue_text_issue_id_id", "issue_text"),
        ("ix_event_action", "event"),
        ("ix_event_at", "event"),
    ):
        op.drop_index(name, table_name=table)
