"""The migrations, one module for each change of the schema since the first release with one.

A migration is never changed once it was released. A new one is added by
``alembic revision --autogenerate`` in spirit: written by hand, held against `schema.py` by a test.
"""
