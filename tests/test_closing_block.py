"""Fields of the closing block: one row of `ClosingBlock` is all that a field needs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import make_dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, get_args

import pytest

from hongtou.bulletin.closing_block import FIELDS, LABELLED, ClosingBlock, fields_at
from hongtou.bulletin.closing_places import Place, Printed, printed_fields
from hongtou.bulletin.month import Month
from hongtou.bulletin.order import Order
from hongtou.bulletin.recipient import Recipient
from hongtou.intake import issue_schema, read_issue
from scripts.docs.closing_block import PAGE, page
from tests.support import issues
from tests.support.documents import document
from tests.support.printed import packed
from tests.support.readers import mupdf_text
from tests.support.reading import lines_of, render
from tests.support.shop import ROOT, typesetter

# What each place may hold, as it is sent and as it is printed.
SENT: dict[Place, Any] = {
    Place.RECIPIENTS: "省文明办",
    Place.IMPRINT_BODY: "某某办",
    Place.IMPRINT_DATE: "2026-11-24",
    Place.PRINT_RUN: 120,
    Place.PEOPLE: ["杨明", "陈炜"],
    Place.CONTACT: "0857-1234567",
    Place.COPIES: ["省文明办", {"name": "市委办", "copies": 2}],
}
PRINTED = SENT | {Place.IMPRINT_DATE: "2026年11月24日", Place.PEOPLE: "杨明陈炜"}
IN_PRINT = [key for key, field in FIELDS.items() if field.place is not Place.COPIES]
LABELS = {
    "report_to": "报：{}",
    "send_to": "送：{}",
    "issue_to": "发：{}",
    "extra_issue_to": "本期增发：{}",
    "imprint_body": "{}",
    "imprint_date": "{}印发",
    "print_run": "共印{}份",
    "approvers": "签发：{}",
    "reviewers": "审核：{}",
    "editors": "编辑：{}",
    "proofreaders": "校对：{}",
    "contact": "联系方式：{}",
}

LAST_ROW = "    contact: Annotated["
ADDED_ROW = '    printers: Annotated[tuple[str, ...], Printed(Place.PEOPLE, "承印")] = ()\n'
PROGRAM = """
import json, sys
from hongtou.bulletin.order import Order
from hongtou.bulletin.recipient import Recipient
from hongtou.config import read_config
from hongtou.intake import issue_schema, read_issue
from hongtou.pipeline import Typesetter
from scripts.docs.closing_block import page
from tests.support.readers import mupdf_text

good, bad = (json.dumps(document).encode() for document in json.load(sys.stdin))
print(json.dumps({
    "schema": issue_schema()["$defs"]["Closing"]["properties"]["printers"],
    "faults": [(fault.code, fault.pointer, fault.message) for fault in read_issue(bad).findings],
    "text": mupdf_text(Typesetter.open(read_config({})).produce(good, Order()).content),
    "page": page(),
}))
"""


def text_of(closing: dict[str, Any], layout: str) -> str:
    sent = json.dumps(document(layout=layout, closing=closing)).encode()
    return packed(mupdf_text(typesetter().produce(sent, Order()).content))


def printed_lines(closing: dict[str, Any]) -> list[str]:
    """Return the lines of the closing block, from the top."""
    issue = read_issue(json.dumps(document(closing=closing)).encode()).issue
    assert issue is not None
    lines = lines_of(render(issue).content)
    return [line.text for line in lines if "—" not in line.text]


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["dongtai", "jianbao"])
@pytest.mark.parametrize("key", IN_PRINT)
def test_a_field_is_printed_and_left_out_without_a_value(key: str, layout: str) -> None:
    place = FIELDS[key].place
    pattern = LABELS.get(key, f"{FIELDS[key].title}：{{}}")
    printed = pattern.format(PRINTED[place])
    assert printed in text_of({key: SENT[place]}, layout)
    assert printed not in text_of({}, layout)


@pytest.mark.parametrize("key", FIELDS)
def test_what_a_field_may_not_hold_is_refused_at_its_place(key: str) -> None:
    reading = read_issue(json.dumps(document(closing={key: {}})).encode())
    assert [(fault.code, fault.pointer) for fault in reading.findings] == [
        ("document/wrong-type", f"/closing/{key}")
    ]


@pytest.mark.slow
def test_the_schema_has_every_field_and_no_other() -> None:
    assert list(issue_schema()["$defs"]["Closing"]["properties"]) == ["labels", *FIELDS]
    assert list(issue_schema()["$defs"]["Labels"]["properties"]) == list(LABELLED)


@pytest.mark.parametrize("layout", ["dongtai", "jianbao"])
@pytest.mark.parametrize("key", LABELLED)
def test_any_label_can_be_another(key: str, layout: str) -> None:
    field = FIELDS[key]
    text = text_of({key: SENT[field.place], "labels": {key: "责任标签"}}, layout)
    assert f"责任标签：{PRINTED[field.place]}" in text
    assert f"{field.title}：" not in text


def test_a_label_has_at_most_six_characters() -> None:
    for label, codes in (("责任编辑编审", []), ("责任编辑编审校", ["document/too-long"])):
        sent = json.dumps(document(closing={"labels": {"editors": label}})).encode()
        assert [fault.code for fault in read_issue(sent).findings] == codes


@pytest.mark.slow
def test_several_contacts_stand_in_rows_of_their_own_under_their_own_labels() -> None:
    contacts = ["联系电话：0000-8888016", "投稿邮箱：hjzl@example.gov.cn"]
    lines = [packed(line) for line in printed_lines({"contact": contacts})]
    assert lines[-2:] == contacts
    lines = [
        packed(line)
        for line in printed_lines({"contact": ["甲", "乙"], "labels": {"contact": "电话"}})
    ]
    assert lines[-2:] == ["电话：甲", "乙"]


def test_who_gets_a_numbered_copy_is_printed_only_where_copies_are_numbered() -> None:
    assert "省文明办" not in text_of({"recipients": ["省文明办"]}, "dongtai")


def test_who_gets_numbered_copies_is_a_name_or_one_with_its_copies() -> None:
    sent = ["省文明办", {"name": "市委办公室", "copies": 3}, {"name": "市政府办公室"}]
    issue = read_issue(json.dumps(document(closing={"recipients": sent})).encode()).issue
    assert issue is not None
    assert issue.closing.recipients == (
        Recipient("省文明办"),
        Recipient("市委办公室", 3),
        Recipient("市政府办公室", 1),
    )


@pytest.mark.parametrize(
    ("recipient", "code", "field"),
    [
        (" ", "text/blank", ""),
        ({"name": ""}, "text/blank", "/name"),
        ({"copies": 3}, "document/missing-field", "/name"),
        ({"name": "市委办", "copies": 0}, "document/out-of-range", "/copies"),
        ({"name": "市委办", "copies": 1_000_000}, "document/out-of-range", "/copies"),
        ({"name": "市委办", "copy": 3}, "document/unknown-field", "/copy"),
        (3, "document/wrong-type", ""),
    ],
)
def test_a_recipient_is_held_to_the_rules(recipient: Any, code: str, field: str) -> None:
    sent = json.dumps(document(closing={"recipients": ["省文明办", recipient]})).encode()
    assert [(fault.code, fault.pointer) for fault in read_issue(sent).findings] == [
        (code, f"/closing/recipients/1{field}")
    ]


def test_the_rows_stand_in_their_order() -> None:
    recipients, people = fields_at(Place.RECIPIENTS), fields_at(Place.PEOPLE)
    closing = ClosingBlock(
        imprint_body="某某办",
        imprint_date=issues.DAY,
        **{key: f"甲{at}" for at, key in enumerate(recipients)},  # type: ignore[arg-type]
        **{key: (f"乙{at}",) for at, key in enumerate(people)},  # type: ignore[arg-type]
    )
    text = packed(
        "".join(line.text for line in lines_of(render(issues.issue(closing=closing)).content))
    )
    places = [text.index(field.label) for field in (*recipients.values(), *people.values())]
    assert places == sorted(places)


def test_the_page_of_fields_is_that_of_the_code() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "make docs writes it anew"


NAMES = tuple[str, ...]
GOOD_ROWS: dict[str, tuple[Any, Any]] = {
    "labels": (Any, ()),
    "imprint_body": (Annotated[str, Printed(Place.IMPRINT_BODY, "机关", pattern="{}")], ""),
    "imprint_date": (
        Annotated[date | Month | None, Printed(Place.IMPRINT_DATE, "日期", pattern="{}印")],
        None,
    ),
    "print_run": (Annotated[int | None, Printed(Place.PRINT_RUN, "印数", pattern="印{}份")], None),
    "recipients": (
        Annotated[tuple[Recipient, ...], Printed(Place.COPIES, "领受单位", pattern="{}")],
        (),
    ),
}


class TestARowThatCannotBePrinted:
    """The import ends, and says which row it is and what to write."""

    def fields_with(self, key: str, hint: Any, default: Any) -> dict[str, Printed]:
        rows = {**GOOD_ROWS, key: (hint, default)}
        return printed_fields(
            make_dataclass("Block", [(name, *row) for name, row in rows.items()]), "labels"
        )

    def test_a_good_row_is_taken(self) -> None:
        hint = Annotated[NAMES, Printed(Place.PEOPLE, "承印")]
        assert list(self.fields_with("printers", hint, ())) == [*list(GOOD_ROWS)[1:], "printers"]

    @pytest.mark.parametrize(
        ("place", "hint", "default", "pattern", "told"),
        [
            (Place.PEOPLE, str, "", "", "PEOPLE 印的是 tuple[str, ...]，请改类型"),
            (Place.PEOPLE, NAMES, ("某某",), "", "默认值请写 ()"),
            (Place.PEOPLE, NAMES, (), "由{}承印", "PEOPLE 的 pattern 不写"),
            (Place.CONTACT, str, "", "", "CONTACT 印的是 tuple[str, ...]"),
            (Place.CONTACT, NAMES, (), "{}", "CONTACT 的 pattern 不写"),
            (Place.RECIPIENTS, NAMES, (), "", "RECIPIENTS 印的是 str"),
            (Place.RECIPIENTS, str | None, None, "", "RECIPIENTS 印的是 str"),
            (Place.RECIPIENTS, str, "", "抄送{}", "RECIPIENTS 的 pattern 不写"),
            (Place.COPIES, NAMES, (), "{}", "COPIES 只印 recipients 一行，请换一个位置"),
            (Place.COPIES, NAMES, (), "", "COPIES 的 pattern 须是 {}，不是“”"),
            (Place.PRINT_RUN, int | None, None, "加印{}份", "只印 print_run 一行，请换一个位置"),
            (Place.IMPRINT_BODY, str, "", "{}", "只印 imprint_body 一行"),
            (Place.IMPRINT_DATE, date | Month | None, None, "{}", "只印 imprint_date 一行"),
        ],
    )
    def test_of(self, place: Place, hint: Any, default: Any, pattern: str, told: str) -> None:
        row = Annotated[hint, Printed(place, "承印", pattern=pattern)]
        with pytest.raises(TypeError) as caught:
            self.fields_with("printers", row, default)
        assert str(caught.value).startswith("Block 里有印不出来的行：printers：")
        assert told in str(caught.value)

    @pytest.mark.parametrize(
        ("key", "hint", "told"),
        [
            ("print_run", Annotated[int | None, Printed(Place.PRINT_RUN, "印数")], "须有一个 {}"),
            (
                "print_run",
                Annotated[int | None, Printed(Place.PRINT_RUN, "印数", pattern="{}至{}份")],
                "须有一个 {}",
            ),
            ("print_run", Annotated[NAMES, Printed(Place.PEOPLE, "印数")], "缺 print_run"),
            ("imprint_body", Annotated[str, Printed(Place.IMPRINT_BODY, "机关")], "须是 {}"),
            (
                "imprint_body",
                Annotated[str, Printed(Place.IMPRINT_BODY, "机关", pattern="{}印")],
                "pattern 须是 {}，不是“{}印”",
            ),
            ("printers", NAMES, "printers：请写成 Annotated[类型, Printed("),
            ("printers", Annotated[NAMES, "承印"], "printers：请写成 Annotated["),
            ("printers", Annotated[NAMES, Printed(Place.PEOPLE, " ")], "printers：名称不能空着"),
            ("printers", Annotated[NAMES, Printed(Place.PEOPLE, "印数")], "与 print_run 相同"),
        ],
    )
    def test_or_of(self, key: str, hint: Any, told: str) -> None:
        with pytest.raises(TypeError) as caught:
            self.fields_with(
                key, hint, () if NAMES in (hint, *get_args(hint)) else GOOD_ROWS[key][1]
            )
        assert told in str(caught.value)

    def test_all_are_told_at_once(self) -> None:
        with pytest.raises(TypeError) as caught:
            self.fields_with("print_run", Annotated[str, Printed(Place.COPIES, "日期")], None)
        for told in (
            "COPIES 印的是",
            "COPIES 的 pattern",
            "缺 print_run",
            "与 imprint_date 相同",
        ):
            assert told in str(caught.value)


@pytest.mark.slow
@pytest.mark.defect(2)
def test_one_added_row_is_accepted_checked_printed_and_documented(tmp_path: Path) -> None:
    package = tmp_path / "service" / "hongtou"
    shutil.copytree(ROOT / "service" / "hongtou", package)
    for name in ("layouts", "fonts", "scripts", "tests"):
        (tmp_path / name).symlink_to(ROOT / name)
    rows = package / "bulletin" / "closing_block.py"
    before, found, after = rows.read_text(encoding="utf-8").partition(LAST_ROW)
    assert found
    rows.write_text(before + ADDED_ROW + LAST_ROW + after, encoding="utf-8")

    sent = [document(closing={"printers": value}) for value in (["某某印刷厂"], "某某印刷厂")]
    ended = subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM],
        input=json.dumps(sent),
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{tmp_path / 'service'}:{tmp_path}"},
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert told["schema"]["title"] == "承印"
    [(code, pointer, message)] = told["faults"]
    assert (code, pointer) == ("document/wrong-type", "/closing/printers")
    assert message.startswith("报尾·承印：")
    assert "承印：某某印刷厂" in packed(told["text"])
    assert "`printers`" in told["page"]
