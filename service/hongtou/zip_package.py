"""The zip of an OFD or Word file, or of several PDFs: members in fixed order, with a fixed date."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

OLDEST = (1980, 1, 1, 0, 0, 0)  # the first date that a zip can hold
READABLE = 0o644 << 16
COMPRESSION = 6


def packed(files: Mapping[str, bytes], first: str, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return the zip of these files by name, the ``first`` ahead of the others."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method, compresslevel=COMPRESSION) as package:
        for name in (first, *sorted(files.keys() - {first})):
            member = zipfile.ZipInfo(name, OLDEST)
            member.compress_type = method
            member.external_attr = READABLE
            package.writestr(member, files[name])
    return written.getvalue()
