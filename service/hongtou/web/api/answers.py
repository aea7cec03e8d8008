"""A finished file → a response."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from urllib.parse import quote

from flask import Response

from hongtou.bulletin.order import FinishedFile

# RFC 8187 §3.2.1, attr-char: characters that need no escape in an extended parameter value.
ATTR_CHARS = "!#$&+-.^_`|~"


def file_answer(file: FinishedFile, media_type: str) -> Response:
    """Return the file with headers for its digests, pages, findings and names."""
    answer = Response(file.content, content_type=media_type)
    answer.set_etag(file.plan_digest)
    answer.headers["Repr-Digest"] = repr_digest(file.content)
    answer.headers["X-Page-Count"] = str(file.page_count)
    answer.headers["X-Findings"] = str(file.finding_count)
    answer.headers["Content-Disposition"] = content_disposition(file.file_name, file.ascii_name)
    return answer


def unchanged_answer(plan_digest: str) -> Response:
    """Return 304, as the client has the file already.

    There is no Repr-Digest, as the file is not made again; a 304 needs none (RFC 9110 §15.4.5).
    """
    answer = Response(status=304)
    answer.set_etag(plan_digest)
    return answer


def repr_digest(content: bytes) -> str:
    """Return the header by which a client can verify the bytes it received.

    Source: RFC 9530 §3.
    """
    return f"sha-256=:{b64encode(hashlib.sha256(content).digest()).decode()}:"


def content_disposition(file_name: str, ascii_name: str) -> str:
    """Return the header that names a download, in a form for old and one for new clients.

    Source: RFC 6266 §5 and appendix D.
    """
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(file_name, ATTR_CHARS)}"
