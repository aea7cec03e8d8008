"""Both databases, empty, for every test; PostgreSQL is started once."""

from tests.support.archives import archive, desk, place, server

__all__ = ["archive", "desk", "place", "server"]
