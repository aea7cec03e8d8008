"""A finished file or a preview → a response."""

from __future__ import annotations

import hashlib
import json
import secrets
from base64 import b64encode
from urllib.parse import quote

from flask import Response

from hongtou.bulletin.order import FinishedFile
from hongtou.outputs.png import PNG
from hongtou.pages.preview import Preview
from hongtou.records import preview_record
from hongtou.web.schemas import FORM, JSON

# RFC 8187 §3.2.1, attr-char: characters that need no escape in an extended parameter value.
ATTR_CHARS = "!#$&+-.^_`|~"
PREVIEW_PART = "preview"
BOUNDARY_BYTES = 16  # of random: no picture holds it


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


def preview_answer(preview: Preview) -> Response:
    """Return a preview as a form: ``preview`` is JSON, the other parts are pictures by digest.

    A browser reads it with ``Response.formData()``.
    """
    record = json.dumps(preview_record(preview), ensure_ascii=False, separators=(",", ":"))
    parts = [_part(f'name="{PREVIEW_PART}"', JSON, record.encode())]
    for name, png in preview.view.pictures:
        parts.append(_part(f'name="{name}"; filename="{name}.png"', PNG.media_type, png))
    boundary = secrets.token_hex(BOUNDARY_BYTES).encode()
    content = b"".join(b"--%b\r\n%b\r\n" % (boundary, part) for part in parts)
    return Response(
        content + b"--%b--\r\n" % boundary, content_type=f"{FORM}; boundary={boundary.decode()}"
    )


def _part(disposition: str, media_type: str, content: bytes) -> bytes:
    head = f"Content-Disposition: form-data; {disposition}\r\nContent-Type: {media_type}\r\n\r\n"
    return head.encode() + content


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
