"""The view of the screen on which the import of an old issue is confirmed."""

from __future__ import annotations

from flask import Response

from hongtou.bulletin.limits import MAX_SOURCE_BYTES
from hongtou.importing.kinds import GROUPS
from hongtou.web.pages import form
from hongtou.web.pages.kept import desk_of
from hongtou.web.pages.showing import page
from hongtou.web.services import Services


def importing(services: Services, publication: int) -> Response:
    """Show the screen: a file is chosen, its lines are looked at, an issue is made of them."""
    found = desk_of(services).publications.one(publication)
    return page(
        "import.html",
        publication=found,
        accepted=form.ACCEPTED,
        opened={
            "publication": found.id,
            "layout": found.plan.layout,
            "limit": MAX_SOURCE_BYTES,
            "kinds": [[title, [*kinds.items()]] for title, kinds in GROUPS.items()],
            "closing": {one.pointer: one.title for one in form.closing_fields()},
        },
    )
