"""A finished file → the response that carries it."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from urllib.parse import quote

from flask import Response

from hongtou.bulletin.order import FinishedFile

# RFC 8187 §3.2.1, attr-char: what stands for itself in an extended parameter value.
ATTR_CHARS = "!#$&+-.^_`|~"


def file_answer(file: FinishedFile, media_type: str) -> Response:
    """Return the file, with its digests, pages, number of findings and both its names."""
    answer = Response(file.content, content_type=media_type)
    answer.set_etag(file.plan_digest)
    answer.headers["Repr-Digest"] = repr_digest(file.content)
    answer.headers["X-Page-Count"] = str(file.page_count)
    answer.headers["X-Findings"] = str(file.finding_count)
    answer.headers["Content-Disposition"] = content_disposition(file.file_name, file.ascii_name)
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
