"""Rules on scripts and actions: no script, and no action that leads out of the file."""

from __future__ import annotations

from collections.abc import Iterator

from hongtou.preflight.inspected_pdf import InspectedPdf
from hongtou.preflight.rule import Rule

SCRIPTS = frozenset({"JavaScript", "JS", "XFA"})
# ISO 32000-2 §12.6.4 without GoTo, Named and Thread, which stay within the file.
ACTIONS = frozenset(
    {
        "AA",
        "AcroForm",
        "GoTo3DView",
        "GoToDp",
        "GoToE",
        "GoToR",
        "Hide",
        "ImportData",
        "Launch",
        "Movie",
        "OpenAction",
        "Rendition",
        "ResetForm",
        "RichMedia",
        "RichMediaExecute",
        "SetOCGState",
        "Sound",
        "SubmitForm",
        "URI",
    }
)


def _scripts(inspected: InspectedPdf) -> Iterator[str]:
    for name in sorted(inspected.names & SCRIPTS):
        yield f"含有脚本 /{name}"


def _actions(inspected: InspectedPdf) -> Iterator[str]:
    for name in sorted(inspected.names & ACTIONS):
        yield f"含有动作 /{name}"


NO_SCRIPTS = Rule("preflight/script", _scripts)
NO_ACTIONS = Rule("preflight/action", _actions)
