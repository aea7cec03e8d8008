"""A rule on attachments: a bulletin has none."""

from __future__ import annotations

from collections.abc import Iterator

from hongtou.preflight.inspected_pdf import InspectedPdf
from hongtou.preflight.rule import Rule

# ISO 32000-2 §7.11.4 (embedded files), §12.5.6.15 (annotations), §14.13 (associated files).
# A /Filespec may name a file on the reader's machine even if nothing is embedded.
ATTACHMENTS = frozenset({"AF", "EF", "EmbeddedFile", "EmbeddedFiles", "FileAttachment", "Filespec"})


def _attachments(inspected: InspectedPdf) -> Iterator[str]:
    for name in sorted(inspected.names & ATTACHMENTS):
        yield f"含有附件 /{name}"


NO_ATTACHMENTS = Rule("preflight/attachment", _attachments)
