"""The press of the desk: the renders of the service, in the name of whoever asks."""

from __future__ import annotations

from collections.abc import Sequence

from flask import g

from hongtou.bulletin.errors import EngineFault, ReviewFailed
from hongtou.bulletin.finding import Finding, Severity
from hongtou.bulletin.order import FinishedFile, Order, Purpose
from hongtou.desk.document import write_document
from hongtou.desk.finishing import OUTPUT, Images
from hongtou.pages.edition import Unchanged
from hongtou.web.api.views import caller_of
from hongtou.web.services import Services

ORDER = Order(output=OUTPUT, purpose=Purpose.PRESS)
ABOUT_PICTURES = "picture/"


class RenderPress:
    """Implements `Press`; it waits its turn among all renders."""

    def __init__(self, services: Services) -> None:
        self._renders = services.renders
        self._caller = caller_of(g.arrival)

    def check(self, document: bytes, images: Images) -> Sequence[Finding]:
        """Return all findings of an issue.

        Raises:
            ServiceError: it cannot be checked now.
        """
        return self._renders.check(document, ORDER, images, self._caller, None).findings

    def print(self, document: bytes, images: Images) -> FinishedFile:
        """Return the edition of an issue for the press.

        Raises:
            ReviewFailed: the issue has errors.
            ServiceError: it cannot be set now.
        """
        made = self._renders.produce(document, ORDER, images, self._caller, None)
        if isinstance(made, Unchanged):  # no digest was given
            raise EngineFault("没有排出文件", hint="请重试")
        return made

    def refuse_picture(self, name: str, content: bytes) -> None:
        """Check that a picture can be printed, as a worker reads it: never in this process.

        Raises:
            ReviewFailed: it cannot.
            ServiceError: it cannot be checked now.
        """
        findings = self.check(_issue_with(name), {name: content})
        faults = [
            one
            for one in findings
            if one.severity is Severity.ERROR and one.code.startswith(ABOUT_PICTURES)
        ]
        if faults:
            raise ReviewFailed(f"图片“{name}”用不了", hint=faults[0].hint, findings=faults)


def _issue_with(name: str) -> bytes:
    """Return the smallest issue that shows a picture."""
    return write_document(
        {
            "masthead": {
                "nameplate": "图片",
                "issue_number": 1,
                "issuing_body": "图片",
                "issue_date": "2000-01-01",
            },
            "articles": [{"headline": "图片", "body": ["图。", {"type": "figure", "image": name}]}],
            "closing": {},
        }
    )
