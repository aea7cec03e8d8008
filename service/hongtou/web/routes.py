"""All routes of the service."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hongtou.web.api.accounts import ROUTES as ACCOUNTS
from hongtou.web.api.archive import ROUTES as ARCHIVE
from hongtou.web.api.routes import ROUTES as API
from hongtou.web.operations import ROUTES as OPERATIONS
from hongtou.web.pages.routes import ROUTES as PAGES
from hongtou.web.route import Route


def _of_archive(routes: Iterable[Route]) -> tuple[Route, ...]:
    return tuple(replace(one, uses_archive=True) for one in routes)


ROUTES: tuple[Route, ...] = (
    *API,
    *_of_archive((*ARCHIVE, *ACCOUNTS)),
    *OPERATIONS,
    *PAGES,
)
