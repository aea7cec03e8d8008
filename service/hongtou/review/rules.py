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
    letters,
    markup,
    numbering,
    numerals,
    pairs,
    paragraphs,
    pasted,
    punctuation,
    spacing,
)
from hongtou.review.patterns import SPACE
from hongtou.review.rule import EachText, Rule, WholeCopy

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
    Rule("markup/heading-mark", EachText(markup.heading_marks, "#"), safe=True),
    Rule("markup/list-mark", EachText(markup.list_marks, "-*+•"), safe=True),
    Rule("markup/quote-mark", EachText(markup.quote_marks, ">"), safe=True),
    Rule("markup/rule-line", WholeCopy(markup.rule_lines, ("*-=_",)), safe=True),
    Rule("markup/table", WholeCopy(markup.tables, ("|",))),
    Rule("markup/emphasis", EachText(markup.emphasis, "*_~"), safe=True, grouped=True),
    Rule("markup/code", EachText(markup.code_marks, "`"), safe=True, grouped=True),
    Rule("markup/link", EachText(markup.links, "["), safe=True),
    Rule("markup/tag", EachText(markup.tags, "<"), safe=True, grouped=True),
    Rule("markup/entity", EachText(markup.entities, "&"), safe=True, grouped=True),
    Rule("pasted/folio", pasted.folios, safe=True),
    Rule("pasted/sign-off", pasted.sign_offs, severity=Severity.NOTE),
    Rule("pasted/salutation", pasted.salutations, severity=Severity.NOTE),
    Rule("closing/label-twice", fields.labels_twice, safe=True),
    Rule("security/star-twice", fields.stars_twice, safe=True),
    Rule("attachments/number-twice", fields.attachments_numbered, safe=True),
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
    Rule("punctuation/dash", EachText(punctuation.dashes, "─━-－"), safe=True),
    Rule("punctuation/doubled", EachText(punctuation.doubled_marks)),
    Rule(
        "punctuation/ellipsis",
        EachText(punctuation.ellipses),
        Strength.RECOMMENDED,
        "GB/T 15834-2011 §4.11",
    ),
    Rule(
        "pairs/unpaired",
        EachText(pairs.unpaired, pairs.PAIRED),
        Strength.RECOMMENDED,
        "GB/T 15834-2011 §4.8, §4.9, §4.15",
    ),
    Rule(
        "pairs/nested-alike",
        EachText(pairs.nested_alike, "“"),
        Strength.RECOMMENDED,
        "GB/T 15834-2011 §4.8",
    ),
    Rule(
        "pairs/straight-quotes",
        EachText(pairs.straight_quotes, pairs.STRAIGHT_MARKS),
        Strength.RECOMMENDED,
        "GB/T 15834-2011 §4.8",
    ),
    Rule("pairs/angle-brackets", EachText(pairs.angle_brackets, "<＜"), safe=True),
    Rule(
        "pairs/nested-titles",
        EachText(pairs.nested_titles, "《"),
        Strength.RECOMMENDED,
        "GB/T 15834-2011 §4.15",
    ),
    Rule("spacing/beside-digits", EachText(spacing.beside_digits, SPACE), safe=True),
    Rule("spacing/beside-marks", EachText(spacing.beside_stops, SPACE), safe=True),
    Rule("spacing/doubled", EachText(spacing.doubled, SPACE), safe=True),
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
    Rule("numbering/inline-gap", EachText(numbering.inline_gaps, "一")),
    Rule("date/impossible-in-text", EachText(dates.impossible, "月")),
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
