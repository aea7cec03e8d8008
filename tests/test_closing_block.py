"""Fields of the closing block: one row holds the domain, the contract and the page together."""

from __future__ import annotations

from dataclasses import fields

import pytest

from hongtou.bulletin.closing_block import DISTRIBUTION, FIELDS, STAFF, Field
from hongtou.bulletin.issue import ClosingBlock
from hongtou.intake import issue_schema
from tests.support import issues
from tests.support.printed import packed
from tests.support.reading import lines_of, render

IMPRINT = {"imprint_body": "某某办", "imprint_date": issues.DAY}
KEYS = [field.key for field in FIELDS]


def test_a_row_stands_for_each_field_of_the_domain_and_of_the_contract() -> None:
    assert sorted(KEYS) == sorted(field.name for field in fields(ClosingBlock))
    assert sorted(KEYS) == sorted(issue_schema()["$defs"]["Closing"]["properties"])


@pytest.mark.parametrize("field", (*DISTRIBUTION, *STAFF), ids=lambda field: field.key)
@pytest.mark.parametrize("layout", ["dongtai", "jianbao"])
def test_a_field_is_printed_behind_its_label_and_left_out_without_a_value(
    field: Field, layout: str
) -> None:
    value = "省文明办" if field in DISTRIBUTION else ("杨明",)
    given, empty = (
        packed("".join(line.text for line in lines_of(render(issue, layout).content)))
        for issue in (
            issues.issue(*issues.paragraphs(1), closing=ClosingBlock(**IMPRINT, **{field.key: one}))
            for one in (value, type(value)())
        )
    )
    assert field.label + "".join(value) in given
    assert field.label not in empty


def test_the_rows_stand_in_their_order() -> None:
    closing = ClosingBlock(
        **IMPRINT,
        **{field.key: f"甲{at}" for at, field in enumerate(DISTRIBUTION)},
        **{field.key: (f"乙{at}",) for at, field in enumerate(STAFF)},
    )
    text = packed(
        "".join(line.text for line in lines_of(render(issues.issue(closing=closing)).content))
    )
    places = [text.index(field.label) for field in (*DISTRIBUTION, *STAFF)]
    assert places == sorted(places)
