"""Findings and reports as JSON, the same for HTTP and the command line, and as lines of text."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from hongtou.bulletin.errors import ServiceError
from hongtou.bulletin.finding import Finding
from hongtou.bulletin.order import Order
from hongtou.layouts import Layout
from hongtou.outputs import OUTPUTS, Output
from hongtou.outputs.option import AnyOption
from hongtou.preflight.report import PreflightReport, preflight_report

if TYPE_CHECKING:
    from hongtou.importing import Doubt, Imported
    from hongtou.pages.preview import Preview
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


def order_preflight(order: Order, faults: Sequence[Finding] | None) -> dict[str, Any] | None:
    """Return what came of the preflight of an ordered file, None if no file was made.

    ``faults`` are those that were found in it, None if there is none to look at.
    """
    if faults is None:
        return None
    output = OUTPUTS[order.output]
    profile = output.profile_of(order)
    report = preflight_report(output.name, profile, dict(order.options), faults)
    return preflight_record(report)


def preflight_record(report: PreflightReport) -> dict[str, Any]:
    """Return what came of a preflight, rule by rule; a file that is refused is not written."""
    return {
        "profile": report.profile,
        "standard": report.standard,
        "passed": report.passed,
        "refused": not report.passed,
        "rules": [
            {
                "code": rule.code,
                "title": rule.standing.title,
                "strength": rule.standing.strength.value,
                "source": rule.standing.source,
                "outcome": rule.outcome.value,
                "faults": [_fault_record(fault) for fault in rule.faults],
            }
            for rule in report.rules
        ],
    }


def _fault_record(fault: Finding) -> dict[str, Any]:
    """Return a fault of a file; its page and box are null where it concerns the file as a whole."""
    box = None if fault.box_mm is None else asdict(fault.box_mm)
    return {"page": fault.page, "box_mm": box, "message": fault.message, "hint": fault.hint}


def preview_record(preview: Preview) -> dict[str, Any]:
    """Return a preview as JSON, without its pictures; ``pages`` is null if nothing can be set."""
    inspection = inspection_record(preview.findings, preview.page_count, preview.layout)
    return {
        **inspection,
        "drawn": preview.view.drawn,
        "places": preview.view.places,
        "last_page_lines": preview.last_page_lines,
    }


def import_record(imported: Imported, *, with_pictures: bool = False) -> dict[str, Any]:
    """Return an imported issue as JSON: ``{"issue", "lines": […], "doubts": […]}``.

    With pictures also ``"pictures"``, each in Base64 by its name.
    """
    record = asdict(replace(imported, pictures={}))
    del record["pictures"]
    if with_pictures:
        contents = imported.pictures.items()
        record["pictures"] = {name: b64encode(content).decode() for name, content in contents}
    return record


def doubt_line(doubt: Doubt) -> str:
    """Return ``line pointer message`` of a doubt; what is no line's or no place's is -."""
    return f"{doubt.line or '-'} {doubt.pointer or '-'} {doubt.message}"


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
            {"name": option.name, "title": option.title, **option.schema, **_needed(option)}
            for option in output.options
        ],
    }


def _needed(option: AnyOption) -> dict[str, Any]:
    """Return what an option needs to have an effect: the name of another and its value."""
    need = option.needs
    return {"needs": {"name": need.name, "value": need.value}} if need else {}
