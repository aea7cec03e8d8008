"""Issues of a year and of a state are listed without a look at all others."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the indexes."""
    order = ["deleted_at", "listed_on", "id"]
    op.create_index("ix_issue_list_of_year", "issue", ["year", *order])
    op.create_index("ix_issue_list_of_state", "issue", ["state", *order])


def downgrade() -> None:
    """Drop the indexes."""
    op.drop_index("ix_issue_list_of_state", table_name="issue")
    op.drop_index("ix_issue_list_of_year", table_name="issue")
