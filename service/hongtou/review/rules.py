"""Every rule of review, in one list.

The standards on punctuation and numerals are recommended ones (GB/T); how a bulletin numbers
and spaces its text is house style.
"""

from __future__ import annotations

from hongtou.bulletin.equivalents import EQUIVALENTS, Origin
from hongtou.bulletin.finding import Severity, Strength
from hongtou.review import (
    characters,
    contents,
    dates,
    document_numbers,
    duplicates,
    fields,
    labels,
    letters,
    mastheads,
    numbering,
    numerals,
    pairs,
    paragraphs,
    punctuation,
    scripts,
    sections,
    spacing,
    typed_tables,
)
from hongtou.review.foreign_rules import FOREIGN
from hongtou.review.patterns import SPACE
from hongtou.review.rule import EachText, Rule, WholeCopy

OF_QUOTES = (Strength.RECOMMENDED, "GB/T 15834-2011 §4.8")

RULES = (
    *(
        Rule(
            code,
            EachText(characters.Replaced(origin), "".join(EQUIVALENTS[origin])),
            safe=True,
            grouped=True,
        )
        for code, origin in {
            "text/radical": Origin.RADICAL,
            "text/private-use": Origin.PRIVATE_USE,
            "text/compatibility-form": Origin.COMPATIBILITY,
        }.items()
    ),
    *FOREIGN,
    Rule("labels/colon", labels.colons_in_labels, safe=True),
    Rule("closing/label-twice", labels.closing_labels_twice, safe=True),
    Rule("closing/label-in-text", labels.closing_labels_in_texts),
    Rule("closing/same-label", labels.labels_alike),
    Rule("closing/contact-unlabelled", labels.contacts_without_labels, severity=Severity.NOTE),
    Rule("table/unit-unlabelled", labels.units_without_labels, severity=Severity.NOTE),
    Rule("closing/recipients", fields.recipients_without_copies),
    Rule("editors-note/label-twice", labels.note_labels_twice, safe=True),
    Rule("annex/label-twice", labels.annex_labels_twice, safe=True),
    Rule("masthead/bodies-in-one-line", mastheads.bodies_in_one_line),
    Rule("masthead/number-differs", mastheads.numbers_that_differ),
    Rule("masthead/label-repeats", mastheads.labels_that_repeat),
    Rule("masthead/year-differs", mastheads.years_that_differ),
    Rule("masthead/year-in-nameplate", mastheads.years_in_nameplates),
    Rule("section/apart", sections.sections_apart),
    Rule("section/left-open", sections.sections_left_open),
    Rule("section/alone", sections.sections_alone, severity=Severity.NOTE),
    Rule("section/kicker", sections.kickers_as_sections),
    Rule("briefs/heading-twice", fields.headings_twice),
    Rule(
        "salutation/no-colon",
        fields.salutations_without_colon,
        Strength.GENERAL,
        "GB/T 9704-2012 §7.3.2, by analogy",
    ),
    Rule("signoff/date-among-bodies", fields.dates_among_signers),
    Rule("security/star-twice", fields.stars_twice, safe=True),
    Rule("attachments/number-twice", fields.attachments_numbered, safe=True),
    Rule(
        "attachments/behind-signers",
        fields.attachments_behind_signers,
        Strength.GENERAL,
        "GB/T 9704-2012 §7.3.4, by analogy",
    ),
    Rule(
        "punctuation/half-width",
        EachText(punctuation.half_width_marks, punctuation.HALF_WIDTH),
        Strength.RECOMMENDED,
        "GB/T 15834-2011 §5.1",
        safe=True,
    ),
    Rule(
        "punctuation/half-width-beside-latin",
        EachText(punctuation.half_width_beside_latin, punctuation.HALF_WIDTH),
        Strength.RECOMMENDED,
        "GB/T 15834-2011 §5.1",
    ),
    Rule(
        "punctuation/half-width-stop",
        EachText(punctuation.half_width_stops, "."),
        Strength.RECOMMENDED,
        "GB/T 15834-2011 §4.1",
    ),
    Rule(
        "punctuation/half-width-bracket",
        EachText(punctuation.half_width_brackets, "()"),
        Strength.RECOMMENDED,
        "GB/T 15834-2011 §5.1",
        safe=True,
    ),
    Rule("punctuation/colliding", EachText(punctuation.colliding_stops, "，、；：")),
    Rule(
        "punctuation/enumeration-comma",
        EachText(punctuation.commas_between_quotes, "”》"),
        severity=Severity.NOTE,
    ),
    Rule("punctuation/dash", EachText(punctuation.dashes, "─━-－"), safe=True),
    Rule(
        "punctuation/interpunct", EachText(punctuation.interpuncts, punctuation.POINTS), safe=True
    ),
    Rule("punctuation/tilde", EachText(punctuation.tildes, "~")),
    Rule("punctuation/doubled", EachText(punctuation.doubled_marks)),
    Rule(
        "punctuation/ellipsis",
        EachText(punctuation.ellipses),
        Strength.RECOMMENDED,
        "GB/T 15834-2011 §4.11",
    ),
    Rule(
        "pairs/unpaired",
        WholeCopy(pairs.unpaired, (pairs.PAIRED,)),
        Strength.RECOMMENDED,
        "GB/T 15834-2011 §4.8, §4.9, §4.15",
    ),
    Rule("pairs/nested-alike", EachText(pairs.nested_alike, "“"), *OF_QUOTES),
    Rule(
        "pairs/straight-quotes", EachText(pairs.straight_quotes, pairs.STRAIGHT_MARKS), *OF_QUOTES
    ),
    Rule("pairs/angle-brackets", EachText(pairs.angle_brackets, "<＜"), safe=True),
    Rule(
        "pairs/nested-titles",
        EachText(pairs.nested_titles, "《"),
        Strength.RECOMMENDED,
        "GB/T 15834-2011 §4.15",
    ),
    Rule(
        "spacing/beside-digits",
        WholeCopy(typed_tables.outside(spacing.beside_digits), (SPACE,)),
        safe=True,
    ),
    Rule("spacing/beside-marks", EachText(spacing.beside_stops, SPACE), safe=True),
    Rule("spacing/doubled", WholeCopy(typed_tables.outside(spacing.doubled), (SPACE,)), safe=True),
    Rule(
        "spacing/between-han",
        EachText(spacing.between_han, SPACE),
        severity=Severity.NOTE,
        grouped=True,
    ),
    Rule(
        "numerals/full-width",
        EachText(numerals.full_width_figures, numerals.FULL_WIDTH_CHARACTERS),
        safe=True,
    ),
    Rule("numerals/zero", EachText(numerals.zeros, numerals.WRONG_ZEROS), safe=True),
    Rule("numerals/unit-case", EachText(numerals.units_in_other_case, "KkMmCcHhDdPp")),
    Rule("numerals/approximate-twice", EachText(numerals.approximate_twice, "余多左倍")),
    Rule("numerals/ratio", EachText(numerals.ratios, ":"), severity=Severity.NOTE),
    Rule("numerals/clock", EachText(numerals.clocks, "：")),
    Rule(
        "numerals/mixed-percent",
        WholeCopy(numerals.mixed_percents, ("%", "％")),
        safe=True,
        grouped=True,
    ),
    Rule(
        "numerals/hyphened-amounts",
        EachText(numerals.hyphened_amounts, numerals.HYPHENS),
        Strength.RECOMMENDED,
        "GB/T 15834-2011 §4.13.3.3",
    ),
    Rule(
        "numerals/hyphened-times",
        EachText(numerals.hyphened_times, numerals.HYPHENS),
        Strength.RECOMMENDED,
        "GB/T 15834-2011 §4.13.3.2",
    ),
    Rule(
        "numerals/flat-exponent",
        EachText(scripts.flat_exponents, scripts.OF_EXPONENTS),
        safe=True,
        grouped=True,
    ),
    Rule(
        "numerals/flat-subscript",
        WholeCopy(scripts.flat_subscripts, (scripts.OF_FORMULAS,)),
        severity=Severity.NOTE,
        grouped=True,
    ),
    Rule("text/look-alike", EachText(letters.look_alikes, letters.FOREIGN)),
    Rule(
        "document-numbers/year-brackets",
        EachText(document_numbers.year_brackets, document_numbers.BRACKETS),
        Strength.GENERAL,
        "GB/T 9704-2012 §7.2.5, by analogy",
        safe=True,
    ),
    Rule(
        "document-numbers/ordinal",
        EachText(document_numbers.ordinals, "号"),
        Strength.GENERAL,
        "GB/T 9704-2012 §7.2.5, by analogy",
    ),
    Rule("numbering/gap", numbering.gaps),
    Rule(
        "numbering/level-mark",
        EachText(numbering.level_marks),
        Strength.GENERAL,
        "GB/T 9704-2012 §7.3.3, by analogy",
    ),
    Rule(
        "numbering/mark-after-bracket",
        EachText(numbering.marks_after_brackets),
        Strength.RECOMMENDED,
        "GB/T 15834-2011 §4.5.3.3",
    ),
    Rule(
        "numbering/comma-for-point",
        EachText(numbering.commas_for_points),
        Strength.GENERAL,
        "GB/T 9704-2012 §7.3.3, by analogy",
    ),
    Rule("numbering/inline-gap", EachText(numbering.inline_gaps, "一①1")),
    Rule("numbering/ordinal-comma", EachText(numbering.ordinal_commas, "第")),
    Rule(
        "numbering/one-character",
        EachText(numbering.in_one_character, numbering.ONE_CHARACTERS),
        safe=True,
        grouped=True,
    ),
    Rule("date/impossible-in-text", EachText(dates.impossible, "月时点")),
    Rule("date/weekday", WholeCopy(dates.weekdays, ("月", "周期拜"))),
    Rule(
        "date/padded",
        EachText(dates.padded, "0"),
        Strength.GENERAL,
        "GB/T 9704-2012 §7.3.5.4, by analogy",
        safe=True,
    ),
    Rule(
        "date/short-year",
        EachText(dates.short_years, "年"),
        Strength.GENERAL,
        "GB/T 9704-2012 §7.3.5.4, by analogy",
    ),
    Rule("date/dotted", EachText(dates.dotted, "./．")),
    Rule("date/disagreeing", dates.disagreeing),
    Rule("contents/differing-title", contents.differing_titles),
    Rule("paragraphs/no-final-stop", paragraphs.no_final_stop),
    Rule("paragraphs/cut-in-two", paragraphs.cut_in_two),
    Rule("byline/twice", fields.bylines_twice),
    Rule("briefs/number-twice", EachText(fields.briefs_numbered, "0123456789")),
    Rule("duplicates/brief", duplicates.duplicate_briefs),
    Rule(
        "security/no-copy-number",
        fields.secrets_without_copy_number,
        Strength.GENERAL,
        "GB/T 9704-2012 §7.2.1, by analogy",
    ),
    Rule(
        "attachments/final-mark",
        EachText(fields.attachments_stopped),
        Strength.GENERAL,
        "GB/T 9704-2012 §7.3.4, by analogy",
        safe=True,
    ),
    Rule(
        "notes/no-brackets",
        fields.notes_without_brackets,
        Strength.GENERAL,
        "GB/T 9704-2012 §7.3.6, by analogy",
    ),
)
