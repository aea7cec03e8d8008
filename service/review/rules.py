"""Every rule of review, in one list.

The standards on punctuation and figures are recommended ones (GB/T); how a bulletin numbers
and spaces its text is house style.
"""

from __future__ import annotations

from service.finding import Severity, Strength
from service.review import (
    contents,
    dates,
    document_numbers,
    duplicates,
    figures,
    numbering,
    pairs,
    paragraphs,
    punctuation,
    spacing,
)
from service.review.rule import Rule, each_text

RULES = (
    Rule(
        "punctuation/half-width",
        each_text(punctuation.half_width_marks),
        Strength.RECOMMENDED,
        "GB/T 15834-2011 §5.1",
        safe=True,
    ),
    Rule(
        "punctuation/half-width-beside-latin",
        each_text(punctuation.half_width_beside_latin),
        Strength.RECOMMENDED,
        "GB/T 15834-2011 §5.1",
    ),
    Rule(
        "punctuation/half-width-stop",
        each_text(punctuation.half_width_stops),
        Strength.RECOMMENDED,
        "GB/T 15834-2011 §4.1",
    ),
    Rule(
        "punctuation/half-width-bracket",
        each_text(punctuation.half_width_brackets),
        Strength.RECOMMENDED,
        "GB/T 15834-2011 §5.1",
        safe=True,
    ),
    Rule("punctuation/doubled", each_text(punctuation.doubled_marks)),
    Rule(
        "punctuation/ellipsis",
        each_text(punctuation.ellipses),
        Strength.RECOMMENDED,
        "GB/T 15834-2011 §4.11",
    ),
    Rule(
        "pairs/unpaired",
        each_text(pairs.unpaired),
        Strength.RECOMMENDED,
        "GB/T 15834-2011 §4.8, §4.9, §4.15",
    ),
    Rule(
        "pairs/nested-alike",
        each_text(pairs.nested_alike),
        Strength.RECOMMENDED,
        "GB/T 15834-2011 §4.8",
    ),
    Rule(
        "pairs/straight-quotes",
        each_text(pairs.straight_quotes),
        Strength.RECOMMENDED,
        "GB/T 15834-2011 §4.8",
    ),
    Rule("spacing/beside-digits", each_text(spacing.beside_digits), safe=True),
    Rule("spacing/beside-marks", each_text(spacing.beside_stops), safe=True),
    Rule("spacing/doubled", each_text(spacing.doubled), safe=True),
    Rule("spacing/between-han", each_text(spacing.between_han), severity=Severity.NOTE),
    Rule("figures/full-width", each_text(figures.full_width_figures), safe=True),
    Rule(
        "figures/hyphened-amounts",
        each_text(figures.hyphened_amounts),
        Strength.RECOMMENDED,
        "GB/T 15834-2011 §4.13.3.3",
    ),
    Rule(
        "figures/hyphened-times",
        each_text(figures.hyphened_times),
        Strength.RECOMMENDED,
        "GB/T 15834-2011 §4.13.3.2",
    ),
    Rule(
        "document-numbers/year-brackets",
        each_text(document_numbers.year_brackets),
        Strength.GENERAL,
        "GB/T 9704-2012 §7.2.5, by analogy",
        safe=True,
    ),
    Rule("numbering/gap", numbering.gaps),
    Rule(
        "numbering/mark-after-bracket",
        each_text(numbering.marks_after_brackets),
        Strength.RECOMMENDED,
        "GB/T 15834-2011 §4.5.3.3",
    ),
    Rule(
        "numbering/comma-for-point",
        each_text(numbering.commas_for_points),
        Strength.GENERAL,
        "GB/T 9704-2012 §7.3.3, by analogy",
    ),
    Rule("numbering/inline-gap", each_text(numbering.inline_gaps)),
    Rule("dates/impossible", each_text(dates.impossible)),
    Rule("dates/disagreeing", dates.disagreeing),
    Rule("contents/differing-title", contents.differing_titles),
    Rule("paragraphs/no-final-stop", paragraphs.no_final_stop),
    Rule("paragraphs/cut-in-two", paragraphs.cut_in_two),
    Rule("duplicates/brief", duplicates.duplicate_briefs),
)
