"""An edition → the response that carries it."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from urllib.parse import quote

from flask import Response

from service.order import Edition

# RFC 8187 §3.2.1, attr-char: what stands for itself in an extended parameter value.
ATTR_CHARS = "!#$&+-.^_`|~"


def edition_answer(edition: Edition) -> Response:
    """Return the file, with its digests, pages, number of findings and both its names."""
    answer = Response(edition.content, content_type=edition.media_type)
    answer.set_etag(edition.plan_digest)
    answer.headers["Repr-Digest"] = repr_digest(edition.content)
    answer.headers["X-Page-Count"] = str(edition.page_count)
    answer.headers["X-Findings"] = str(len(edition.findings))
    answer.headers["Content-Disposition"] = content_disposition(
        edition.file_name, edition.ascii_name
    )
    return answer


def unchanged_answer(plan_digest: str) -> Response:
    """Return 304: the client has this very file.

    No Repr-Digest: its bytes are not made again, and 304 carries little else (RFC 9110 §15.4.5).
    """
    answer = Response(status=304)
    answer.set_etag(plan_digest)
    return answer


def repr_digest(content: bytes) -> str:
    """Return the header by which a client holds the bytes it got against those we sent.

    Source: RFC 9530 §3.
    """
    return f"sha-256=:{b64encode(hashlib.sha256(content).digest()).decode()}:"


def content_disposition(file_name: str, ascii_name: str) -> str:
    """Return the header that names a download, for old and new clients.

    Source: RFC 6266 §5 and appendix D.
    """
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(file_name, ATTR_CHARS)}"
