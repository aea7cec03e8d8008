"""Publications and issues in a database: SQLite in a file, or PostgreSQL.

    schema.py, account_schema.py   all tables, declared nowhere else       columns.py  their columns
    migrations/    how a database of an older release becomes one of this; applied.py applies them
    opening.py     a setting → an archive      connecting.py  connections and transactions
    database_errors.py  what errors mean, and whether it answers at all
    patience.py  server_connection.py   how long a transaction waits for PostgreSQL
    files.py       the lock and the file system of SQLite's file
    publications.py  issues.py  history.py  holdings.py   the records of `hongtou.desk.records`
    accounts.py    the records of `hongtou.accounts.records`
    words.py       how Chinese is found by one or two characters
    backup.py      copies, and how one is put back
    trying.py  examining.py  whether it takes what is written, for operators

Statements are made with SQLAlchemy's expressions. SQL as text stands only where there are none: in
`migrations/` for SQLite's full-text index and the rule that events are only added to, and in
`backup.py`, which copies files.
"""

from hongtou.store.opening import SqlArchive, open_archive, open_beside, read_archive

__all__ = ["SqlArchive", "open_archive", "open_beside", "read_archive"]
