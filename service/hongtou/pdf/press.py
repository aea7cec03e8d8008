"""What makes a PDF one for the press: ISO 15930-7 (PDF/X-4) and ISO 15930-4 (PDF/X-1a:2003)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from hongtou.bulletin.month import first_day
from hongtou.layouts import Layout
from hongtou.pages.page import PlacedLine
from hongtou.pdf.file import FileForm
from hongtou.pdf.inks import Inks, black_ink, process_inks, spot_inks
from hongtou.pdf.intent import OutputIntent
from hongtou.pdf.medium import Medium
from hongtou.pdf.metadata import Dated, description
from hongtou.pdf.separations import EVERY_PLATE, red_plate
from hongtou.pdf.sheet import sheet_of
from hongtou.pdf.syntax import string
from hongtou.pictures.condition import PrintingCondition
from hongtou.pictures.plates import plated
from hongtou.plan import Plan

REGISTRY = "http://www.color.org"
PLATES = 4
XMP_PREFIX = {"pdfxid": "http://www.npes.org/pdfx/ns/id/", "pdfx": "http://ns.adobe.com/pdfx/1.3/"}


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard of PDF/X: the name by which a file claims it, where, and its form.

    One of blind exchange is printed by the name of its condition alone; the other ``has_profile``.
    """

    name: str
    prefix: str
    form: FileForm
    has_profile: bool
    is_in_information: bool


STANDARDS = {
    "x4": Standard("PDF/X-4", "pdfxid", FileForm("1.6"), True, False),
    "x1a": Standard("PDF/X-1a:2003", "pdfx", FileForm("1.4", object_streams=False), False, True),
}


@dataclass(frozen=True, slots=True)
class Inking:
    """Which inks print: those of texts and rules, whether red has a plate, and pictures colour."""

    inks: Callable[[Layout], Inks]
    has_red_plate: bool = False
    has_colours: bool = False


INKINGS = {
    "process": Inking(process_inks, has_colours=True),
    "spot": Inking(spot_inks, has_red_plate=True),
    "black_only": Inking(black_ink),
}


def press_medium(
    plan: Plan,
    standard: Standard,
    inking: Inking,
    condition: PrintingCondition,
    slugs: Sequence[Sequence[PlacedLine]],
) -> Medium:
    """Return the medium of a press; marks and ``slugs`` stand around pages if there are any."""
    layout = plan.layout
    plates = [red_plate(layout)] if inking.has_red_plate else []
    plates += [EVERY_PLATE] if slugs else []
    return Medium(
        inks=inking.inks(layout),
        form=standard.form,
        descriptions=(_claims(plan, standard),),
        intent=_intent(condition, standard),
        to_read=False,
        information=_information(standard),
        has_times=True,
        plates=plates,
        sheet=sheet_of(layout, slugs) if slugs else None,
        adapted_picture=partial(plated, condition=condition if inking.has_colours else None),
    )


def _intent(condition: PrintingCondition, standard: Standard) -> OutputIntent:
    """Return the intent; a house's own condition is registered nowhere, and needs its profile."""
    profile = condition.profile if standard.has_profile or condition.is_own else None
    registry = None if condition.is_own else REGISTRY
    return OutputIntent(
        "GTS_PDFX", condition.name, registry, profile, PLATES, condition.description
    )


def _information(standard: Standard) -> str:
    name = string(standard.name)
    claim = f"/GTS_PDFXVersion{name}/GTS_PDFXConformance{name}"
    return f"/Trapped/False{claim if standard.is_in_information else ''}"


def _claims(plan: Plan, standard: Standard) -> str:
    """Return the XMP: the standard, that nothing is trapped, and which document this is."""
    identifier = f"uuid:{UUID(plan.digest[:32])}"
    date = Dated(first_day(plan.issue_date), has_time=True).in_xmp
    prefix = standard.prefix
    return description(
        f"<{prefix}:GTS_PDFXVersion>{standard.name}</{prefix}:GTS_PDFXVersion>\n"
        f"<pdf:Trapped>False</pdf:Trapped><xmp:MetadataDate>{date}</xmp:MetadataDate>\n"
        f"<xmpMM:DocumentID>{identifier}</xmpMM:DocumentID>"
        f"<xmpMM:InstanceID>{identifier}</xmpMM:InstanceID>\n"
        "<xmpMM:VersionID>1</xmpMM:VersionID>"
        "<xmpMM:RenditionClass>default</xmpMM:RenditionClass>",
        **{prefix: XMP_PREFIX[prefix]},
        pdf="http://ns.adobe.com/pdf/1.3/",
        xmp="http://ns.adobe.com/xap/1.0/",
        xmpMM="http://ns.adobe.com/xap/1.0/mm/",
    )
