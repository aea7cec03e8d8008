"""Whether an issue can be printed, at a glance: its pages, what was found, and the preflight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from hongtou.bulletin.errors import EngineFault
from hongtou.bulletin.file_names import file_name
from hongtou.bulletin.finding import MAX_FINDINGS, Finding, Severity, Strength, abridged
from hongtou.outputs.inking import INKS, PROCESS, inked_pages
from hongtou.outputs.output import Output, always
from hongtou.outputs.page_pictures import draw_overview
from hongtou.outputs.print import PRINT, press_pdf
from hongtou.preflight import Expectation, refuse_faulty
from hongtou.preflight.profiles import OVERVIEW_PICTURE
from hongtou.preflight.report import PreflightReport, RuleOutcome, preflight_report

if TYPE_CHECKING:
    from hongtou.bulletin.order import OptionValue
    from hongtou.outputs.commission import Commission
    from hongtou.pages.proof.frames import Numbered
    from hongtou.plan import Plan

TITLE = "付印检查"
BINDING = "proof.required"  # the colour of what must be mended
OUTCOMES = {
    RuleOutcome.PASSED: "合格",
    RuleOutcome.FAILED: "不合",
    RuleOutcome.SKIPPED: "没有查到",
}


def report_picture(commission: Commission) -> bytes:
    """Return a picture of all pages with what was found, and what came of the preflight.

    The file for the press is made and inspected as `print` makes it with the same options.
    """
    from hongtou.outputs.overview.sheet import Sentence, overview  # late, as it loads the plan

    preflight = _preflight(commission)
    found = _numbered(commission, preflight)
    plan, pages = commission.plan, inked_pages(commission)
    name = file_name(commission.accepted.issue, "").removesuffix(".")
    told, colour = verdict(preflight.passed, commission.findings)
    heading = Sentence(f"{TITLE}　{name}　{told}", colour)
    inks = INKS.values[commission.options[INKS]]
    said = map(Sentence, (f"{INKS.title}：{inks}", *_told(preflight, commission.findings)))
    sheet = overview(plan, pages.pages, found, heading, said, commission.accepted.faces)
    return draw_overview(_printed(plan, commission.options[INKS]), pages, sheet)


def _printed(plan: Plan, inks: OptionValue) -> Plan:
    """Return a plan with its pictures as they are printed: grey without plates for colours."""
    from hongtou.pictures.plates import plated

    if inks == PROCESS:
        return plan
    return replace(plan, pictures={name: plated(one, None) for name, one in plan.pictures.items()})


def verdict(is_sound: bool, findings: Iterable[Finding]) -> tuple[str, str]:
    """Return whether an issue can be printed, and the colour in which that is said.

    A sound file is not enough: what offends against a rule (规定) is mended first, and whatever
    else there is a reminder of is looked at. Notes ask for nothing.
    """
    strengths = [one.strength for one in findings if one.severity is not Severity.NOTE]
    if not is_sound:
        return "成品不合格，不能付印", BINDING
    if offences := strengths.count(Strength.REQUIRED):
        return f"成品合格，但有 {offences} 处不合规定，改好再付印", BINDING
    if strengths:
        return f"可以付印，但有 {len(strengths)} 处须看", "proof.general"
    return "成品合格，可以付印", "text"


def _preflight(commission: Commission) -> PreflightReport:
    """Make the file for the press and return what came of its inspection."""
    order, plan = commission.accepted.order, commission.plan
    faces = commission.accepted.faces.by_family()
    expectation = Expectation.of(order, len(commission.pages), faces, [plan.layout])
    faults: Sequence[Finding] = PRINT.misplaced(commission)
    try:
        if not faults:
            refuse_faulty(press_pdf(commission), PRINT.profile, expectation)
    except EngineFault as refused:
        faults = refused.findings
    return preflight_report(PRINT.name, PRINT.profile, expectation.options, faults)


def _numbered(commission: Commission, preflight: PreflightReport) -> list[Numbered]:
    """Return the faults of the file, as binding as their rules, and the findings of the issue."""
    from hongtou.pages.proof.frames import numbered
    from hongtou.pages.proof.places import finding_places

    faults = (
        replace(fault, strength=rule.standing.strength, source=rule.standing.source)
        for rule in preflight.rules
        for fault in rule.faults
    )
    places = finding_places(commission.plan, commission.pages, commission.accepted)
    return numbered((*faults, *abridged(commission.findings)[:MAX_FINDINGS]), places)


def _told(preflight: PreflightReport, findings: Sequence[Finding]) -> Iterator[str]:
    """Yield how many rules came to what, and how many findings there are."""
    outcomes = [rule.outcome for rule in preflight.rules]
    counts = "，".join(
        f"{word} {outcomes.count(outcome)} 条"
        for outcome, word in OUTCOMES.items()
        if outcome in outcomes
    )
    yield f"出厂检查　{preflight.standard}：{counts}"
    reminders = Counter(one.strength for one in findings if one.severity is Severity.WARNING)
    told = (
        f"检查结果 {len(findings)} 条，其中提醒 {reminders.total()} 条"
        if findings
        else "没有检查结果"
    )
    strengths = "、".join(f"{one.value} {reminders[one]}" for one in Strength if reminders[one])
    yield f"稿件与版面：{told}{f'（{strengths}）' if strengths else ''}"
    if len(findings) > MAX_FINDINGS:
        yield f"图上只有较要紧的 {MAX_FINDINGS} 条：看全部请用检查（check）"


REPORT = Output(
    name="report",
    title="付印检查（各页缩样，框出问题，一张图）",
    media_type="image/png",
    extension="png",
    mark="付印检查",
    options=PRINT.options,
    for_press=always,
    remarks=PRINT.remarks,
    profile=OVERVIEW_PICTURE,
    make=report_picture,
)
