"""Findings and reports as JSON, the same for HTTP and the command line, and as lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING, Any

from hongtou.bulletin.errors import ServiceError
from hongtou.bulletin.finding import Finding
from hongtou.layouts import Layout
from hongtou.outputs import Output

if TYPE_CHECKING:
    from hongtou.pages.report import PageReport  # importing it loads the plan


def finding_record(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON (contract §5), with its pointer, or its page and box."""
    place: dict[str, Any] = (
        {"pointer": finding.pointer} if finding.pointer is not None else {"page": finding.page}
    )
    if finding.box_mm is not None:
        place["box_mm"] = asdict(finding.box_mm)
    record = {
        "code": finding.code,
        "severity": finding.severity.value,
        **place,
        "message": finding.message,
        "hint": finding.hint,
        "strength": finding.strength.value,
        "source": finding.source,
    }
    if finding.suggestion is not None:
        record["suggestion"] = asdict(finding.suggestion)
    if finding.further:
        record["further"] = [asdict(suggestion) for suggestion in finding.further]
    return record


def inspection_record(
    findings: Iterable[Finding], pages: int | None, layout: Iterable[PageReport] = ()
) -> dict[str, Any]:
    """Return the result of a check: ``{"findings": […], "pages": N, "layout": […]}``.

    ``pages`` is null and ``layout`` empty if the issue cannot be set.
    """
    return {
        "findings": [finding_record(finding) for finding in findings],
        "pages": pages,
        "layout": [asdict(page) for page in layout],
    }


def finding_line(finding: Finding) -> str:
    """Return ``severity code pointer message``; the pointer of the whole document is -."""
    place = finding.pointer or (f"page:{finding.page}" if finding.page is not None else "-")
    hint = f"（{finding.hint}）" if finding.hint else ""
    return f"{finding.severity} {finding.code} {place} {finding.message}{hint}"


@cache
def _kebab(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def error_kind(error: type[ServiceError] | ServiceError) -> str:
    """Return the kind of an error in kebab-case, such as malformed-document."""
    kind = error if isinstance(error, type) else type(error)
    return _kebab(kind.__name__)


def error_record(error: ServiceError) -> dict[str, str]:
    """Return an error as JSON: ``{"kind", "message", "hint"}``."""
    return {"kind": error_kind(error), "message": error.message, "hint": error.hint}


def layout_record(layout: Layout) -> dict[str, str]:
    """Return the name, title and summary of a layout."""
    return {"name": layout.name, "title": layout.title, "summary": layout.summary}


def output_record(output: Output) -> dict[str, Any]:
    """Return the names of an output, the type of its file, and its options."""
    return {
        "name": output.name,
        "title": output.title,
        "media_type": output.media_type,
        "extension": output.extension,
        "options": [
            {"name": option.name, "title": option.title, **option.schema}
            for option in output.options
        ],
    }
