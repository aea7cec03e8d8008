"""The rules of review on what was made for another place: markup, pages, parts without a mark."""

from __future__ import annotations

from hongtou.bulletin.finding import Severity
from hongtou.review import markup, pasted, typed_tables, unmarked
from hongtou.review.patterns import SPACE
from hongtou.review.rule import EachText, Rule, WholeCopy

FOREIGN = (
    Rule("markup/heading-mark", EachText(markup.heading_marks, "#"), safe=True),
    Rule("markup/list-mark", EachText(markup.list_marks, markup.LIST_SIGNS), safe=True),
    Rule("markup/quote-mark", EachText(markup.quote_marks, ">"), safe=True),
    Rule("markup/rule-line", WholeCopy(markup.rule_lines, ("*-=_",)), safe=True),
    Rule("markup/table", WholeCopy(markup.tables, ("|",))),
    Rule("markup/emphasis", EachText(markup.emphasis, "*_~"), safe=True, grouped=True),
    Rule("markup/code", EachText(markup.code_marks, "`"), safe=True, grouped=True),
    Rule("markup/link", EachText(markup.links, "["), safe=True),
    Rule("markup/formula", EachText(markup.formulas, "$\\"), grouped=True),
    Rule("markup/tag", EachText(markup.tags, "<"), safe=True, grouped=True),
    Rule("markup/entity", EachText(markup.entities, "&"), safe=True, grouped=True),
    Rule("pasted/folio", pasted.folios, safe=True),
    Rule("pasted/sign-off", pasted.sign_offs, severity=Severity.NOTE),
    Rule("pasted/salutation", pasted.salutations, severity=Severity.NOTE),
    Rule("pasted/broken-reference", EachText(pasted.broken_references, "!！#")),
    Rule("pasted/field-code", EachText(pasted.field_codes, "ET")),
    Rule("pasted/contents", EachText(pasted.contents_entries, ".…·")),
    Rule("pasted/chat", EachText(pasted.lines_of_a_chat, "您你我是")),
    Rule("pasted/web-page", EachText(pasted.lines_for_a_screen)),
    Rule("unmarked/closing", unmarked.closing_lines, severity=Severity.NOTE),
    Rule("unmarked/annex", unmarked.annexes, severity=Severity.NOTE),
    Rule("unmarked/attachments", unmarked.attachment_lists, severity=Severity.NOTE),
    Rule("unmarked/table", WholeCopy(typed_tables.tables, (SPACE,))),
    Rule("unmarked/table-note", unmarked.table_notes, severity=Severity.NOTE),
    Rule("unmarked/table-unit", unmarked.table_units, severity=Severity.NOTE),
    Rule("unmarked/header-row", unmarked.header_rows),
    Rule("unmarked/header-cell", unmarked.header_cells),
    Rule("unmarked/leaders-remark", unmarked.leaders_remarks),
    Rule("unmarked/subheading", unmarked.subheadings, severity=Severity.NOTE),
)
