"""A publication has distribution lists (常用名单)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column, empty where publications are already there."""
    lists = sa.Column("lists", sa.JSON(), nullable=False, server_default=sa.text("'{}'"))
    op.add_column("publication", lists)


def downgrade() -> None:
    """Drop the column, with the lists in it."""
    op.drop_column("publication", "lists")
