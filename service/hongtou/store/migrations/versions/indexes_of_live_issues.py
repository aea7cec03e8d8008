"""Issues are listed newest first without a look at all others, those of a year or a state too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

LIVES = sa.text("deleted_at IS NULL")
LISTS = {
    "ix_issue_live": [],
    "ix_issue_live_of_publication": ["publication_id"],
    "ix_issue_live_of_year": ["year"],
    "ix_issue_live_of_state": ["state"],
}


def upgrade() -> None:
    """Add the indexes."""
    for name, columns in LISTS.items():
        every = [*columns, "listed_on", "id"]
        op.create_index(name, "issue", every, sqlite_where=LIVES, postgresql_where=LIVES)


def downgrade() -> None:
    """Drop the indexes."""
    for name in LISTS:
        op.drop_index(name, table_name="issue")
