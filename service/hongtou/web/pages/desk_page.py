"""The page of the desk, whichever issue is on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from hongtou.intake.building import DEFAULT_LAYOUT
from hongtou.outputs import OUTPUTS
from hongtou.outputs.ordering import PURPOSE
from hongtou.web.pages import form
from hongtou.web.pages.showing import page
from hongtou.web.services import Services


def desk_page(services: Services, opened: Mapping[str, Any], title: str, **values: Any) -> Response:
    """Return the desk with an issue: its id ("" if none is kept), version and document."""
    titles = {name: layout.title for name, layout in services.layouts.items()}
    usual = titles.get(DEFAULT_LAYOUT)  # an organisation's own layouts may lack it
    return page(
        "desk.html",
        title=title,
        opened=opened,
        layouts={"": f"默认（{usual}）" if usual else "请选择版式", **titles},
        purpose=PURPOSE,
        outputs=OUTPUTS.values(),
        nameplate=form.NAMEPLATE,
        issue_line=form.ISSUE_LINE,
        more=form.MORE_OF_MASTHEAD,
        note=form.NOTE,
        closing=[*form.closing_fields()],
        labels=[*form.label_fields()],
        picture_bytes=services.config.image_bytes,
        **{"lists": {}, **values},
    )
