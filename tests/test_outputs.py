"""Outputs: every module is an entry, and makes of an issue what it says it makes."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial
from itertools import combinations, product
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, ClassVar

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

import hongtou.outputs
from hongtou.bulletin.errors import EngineFault, UnknownOption
from hongtou.bulletin.file_names import LONGEST
from hongtou.bulletin.issue import Issue
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import OptionValue, Order, Purpose
from hongtou.outputs import OUTPUTS, Output
from hongtou.outputs.option import AnyOption, Choice, Option, OptionValues, Switch, WholeNumber
from hongtou.outputs.ordering import COMMON, PURPOSE, order_of, settled
from hongtou.outputs.page_pictures import SHADES
from hongtou.outputs.png import DPI, PAGE
from hongtou.pages.edition import Edition
from hongtou.pipeline import Typesetter
from hongtou.preflight import Profile
from hongtou.preflight.profiles import SCREEN_PDF
from tests.support import issues
from tests.support.documents import document, encoded
from tests.support.shop import faces, layouts

EXAMPLE = (Path(__file__).parents[1] / "examples" / "jianbao.json").read_bytes()  # two pages
FRAME = {
    "blocks",
    "commission",
    "enclosed",
    "enclosing",
    "inking",
    "option",
    "ordering",
    "output",
    "overview",
    "page_pictures",
    "paging",
    "slug",
    "view",
}  # what outputs are made with
KINDS = {
    "application/pdf": "pdf",
    "application/ofd": "ofd",
    "image/png": "png",
    "text/html": "html",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}


@cache
def typesetter() -> Typesetter:
    return Typesetter(faces(), layouts(), Limits())


@cache
def made(output: str, **options: OptionValue) -> Edition:
    return typesetter().produce(EXAMPLE, Order(output, options=tuple(options.items())))


def opened(edition: Edition) -> Image.Image:
    return Image.open(io.BytesIO(edition.content))


def every_option() -> list[Any]:
    return [
        pytest.param(output, option, id=f"{output.name} {option.name}")
        for output in OUTPUTS.values()
        for option in output.options
    ]


def test_every_module_is_an_entry_under_its_name() -> None:
    modules = {module.name for module in iter_modules(hongtou.outputs.__path__)} - FRAME
    assert modules == set(OUTPUTS)
    assert all(name == output.name and output.title for name, output in OUTPUTS.items())


@pytest.mark.parametrize("name", OUTPUTS)
def test_it_makes_what_it_says(name: str) -> None:
    output = OUTPUTS[name]
    edition = typesetter().produce(encoded(document()), Order(output=name))
    assert edition.media_type == output.media_type
    assert edition.file_name.endswith(f".{output.extension}")
    assert edition.ascii_name.endswith(f".{output.extension}")
    assert output.extension == KINDS[output.media_type]
    if output.media_type == "application/pdf" and name not in {"booklet", "copies"}:
        with pikepdf.open(io.BytesIO(edition.content)) as pdf:
            assert len(pdf.pages) == edition.page_count
    elif output.media_type.startswith("image/"):
        with opened(edition) as image:
            assert Image.MIME[image.format or ""] == output.media_type
            is_page = image.height / image.width == pytest.approx(297 / 210, abs=0.01)
            assert is_page == (name == "png")


@pytest.mark.slow
def test_the_preview_is_the_first_page_at_110_dots_per_inch() -> None:
    with Image.open(io.BytesIO(made("png").content)) as image:
        assert image.size == pytest.approx((210 / 25.4 * 110, 297 / 25.4 * 110), abs=1)


def kind_of(name: str) -> str:
    """Return how a file is read before its rules look at it: a package is a zip."""
    is_package = zipfile.is_zipfile(io.BytesIO(made(name).content))
    return "package" if is_package else OUTPUTS[name].media_type


class TestProfile:
    """No file can leave unlooked at: it hangs on the output how it is looked at."""

    PARTS: ClassVar[dict[str, Any]] = {
        "name": "fax",
        "title": "传真",
        "media_type": "image/tiff",
        "extension": "tif",
        "make": lambda plan, pages, options: b"",
    }

    def test_an_output_without_one_cannot_be_made(self) -> None:
        with pytest.raises(TypeError, match="profile"):
            Output(**self.PARTS)
        with pytest.raises(TypeError, match="fax has no preflight profile"):
            Output(**self.PARTS, profile=None)
        assert Output(**self.PARTS, profile=SCREEN_PDF)

    def test_a_profile_is_chosen_by_the_value_of_a_single_option(self) -> None:
        inks = Choice(name="inks", title="油墨", default="rgb", values={"rgb": "", "spot": ""})
        other = {"spot": SCREEN_PDF}
        made = partial(Output, **self.PARTS, profile=SCREEN_PDF, other_profiles=other)
        assert made(options=(inks,))
        for options in ((), (inks, replace(inks, name="rules"))):
            with pytest.raises(TypeError, match="fax has not one option with the value spot"):
                made(options=options)

    def test_one_that_lets_everything_pass_cannot_be_made(self) -> None:
        with pytest.raises(ValueError, match="without rules"):
            Profile(SCREEN_PDF.open, ())

    @pytest.mark.slow
    @pytest.mark.parametrize("name", OUTPUTS)
    def test_each_refuses_what_is_none_of_its_files(self, name: str) -> None:
        for other in OUTPUTS.keys() - {name}:
            can_be_read = kind_of(other) == kind_of(name)
            told = "preflight/" if can_be_read else "preflight/unreadable"
            with pytest.raises(EngineFault, match=told):
                typesetter().inspect(made(other).content, Order(name), 2)


def as_if_alike(option: AnyOption, other: AnyOption) -> AnyOption:
    """Return an option with the default of another; it may take further words, or not all of its."""
    alike: dict[str, Any] = {"default": other.default}
    if isinstance(option, Choice) and isinstance(other, Choice):
        shared = option.values.items() & other.values.items()
        assert {word for word, _ in shared} == option.values.keys() & other.values.keys()
        alike["values"] = other.values
    return replace(option, **alike)


class TestOptions:
    @pytest.mark.slow
    @pytest.mark.parametrize(("output", "option"), every_option())
    def test_the_default_is_what_is_made_anyway(self, output: Output, option: AnyOption) -> None:
        plain = Order(output.name)
        said = Order(output.name, options=((option.name, option.default),))
        assert digest(said) == digest(plain)
        assert (
            made(output.name, **{option.name: option.default}).content == made(output.name).content
        )

    @pytest.mark.parametrize(("output", "option"), every_option())
    def test_another_value_is_another_edition(self, output: Output, option: AnyOption) -> None:
        digests = {
            digest(effective(output, option, value)) for value in (option.default, *others(option))
        }
        assert len(digests) == 1 + len(others(option)) > 1

    @pytest.mark.parametrize(
        ("output", "option"), [one for one in every_option() if one.values[1].needs]
    )
    def test_one_that_would_have_no_effect_is_refused_with_what_it_needs(
        self, output: Output, option: AnyOption
    ) -> None:
        need = option.needs
        assert need
        for value in others(option):
            order = effective(output, option, value)
            assert order_of(sent_as(order)) == settled(order)
            idle = idle_order(output, option, value)
            for asked in (partial(digest, idle), partial(order_of, sent_as(idle))):
                with pytest.raises(UnknownOption, match=f"{option.name} 只用于") as refused:
                    asked()
                assert f"{need.name}={need.value}" in refused.value.hint

    @pytest.mark.parametrize(
        ("output", "option"), [one for one in every_option() if one.values[1].needs]
    )
    def test_its_default_may_be_said_where_it_has_no_effect(
        self, output: Output, option: AnyOption
    ) -> None:
        said = idle_order(output, option, option.default)
        assert digest(said) == digest(replace(said, options=said.options[1:]))

    @pytest.mark.parametrize(
        ("output", "option"), [one for one in every_option() if one.values[1].needs]
    )
    def test_what_is_needed_is_declared_with_a_value_that_is_allowed(
        self, output: Output, option: AnyOption
    ) -> None:
        need = option.needs
        assert need
        known = {one.name: one for one in (PURPOSE, *output.options)}
        assert known[need.name].allows(need.value)
        assert len(others(known[need.name])) > 0

    def test_their_order_does_not_matter(self) -> None:
        pairs = (("page", 2), ("dpi", 72))
        assert digest(Order("png", options=pairs)) == digest(Order("png", options=pairs[::-1]))

    def test_a_name_means_the_same_everywhere(self) -> None:
        meanings: dict[str, AnyOption] = {option.name: option for option in COMMON}
        assert len(meanings) == len(COMMON)
        for output in OUTPUTS.values():
            assert len(set(output.option_names)) == len(output.options)
            for option in output.options:
                meant = meanings.setdefault(option.name, option)
                assert option.title
                assert as_if_alike(option, meant) == meant

    @pytest.mark.parametrize(
        ("kind", "parts"),
        [
            (WholeNumber, {"default": 0, "minimum": 1, "maximum": 3}),
            (WholeNumber, {"default": True, "minimum": 1, "maximum": 3}),
            (Choice, {"default": "c", "values": {"a": "甲", "b": "乙"}}),
            (Switch, {"default": 1}),
        ],
    )
    def test_a_default_that_is_not_allowed_is_refused(
        self, kind: type[Option[Any]], parts: dict[str, Any]
    ) -> None:
        with pytest.raises(ValueError, match="not allowed"):
            kind(name="a", title="甲", **parts)

    def test_a_value_that_was_not_given_is_the_default(self) -> None:
        values = OptionValues((("page", 2),))
        assert (values[PAGE], values[DPI]) == (2, DPI.default)


class TestPicture:
    @pytest.mark.slow
    def test_shows_the_page_that_is_asked_for(self) -> None:
        with pypdfium2.PdfDocument(made("screen").content) as pdf:
            for number in (1, 2):
                with opened(made("png", page=number)) as picture:
                    is_grey = picture.mode == "L"
                    printed = pdf[number - 1].render(scale=DPI.default / 72, grayscale=is_grey)
                    expected = printed.to_pil().point([*SHADES] * len(picture.mode))
                    assert ImageChops.difference(picture, expected).getbbox() is None

    @pytest.mark.slow
    @pytest.mark.parametrize("dpi", [DPI.minimum, 72, DPI.maximum])
    def test_is_as_fine_as_is_asked_for(self, dpi: int) -> None:
        with opened(made("png", dpi=dpi)) as picture:
            assert picture.width == pytest.approx(210 / 25.4 * dpi, abs=1)
            assert picture.height == pytest.approx(297 / 25.4 * dpi, abs=1)

    def test_of_a_page_beyond_the_last_is_refused(self) -> None:
        with pytest.raises(UnknownOption) as caught:
            made("png", page=3)
        assert caught.value.message == "没有第 3 页，本期排成 2 页"
        assert caught.value.hint == "page 可为：1–2 的整数"


def digest(order: Order) -> str:
    return typesetter().digest(EXAMPLE, order)


def effective(output: Output, option: AnyOption, value: OptionValue) -> Order:
    """Return an order in which a value has an effect."""
    return _with(output, option, value, *((option.needs.value,) if option.needs else ()))


def idle_order(output: Output, option: AnyOption, value: OptionValue) -> Order:
    """Return an order in which an option that needs another has no effect."""
    need = option.needs
    assert need
    known = {one.name: one for one in (PURPOSE, *output.options)}
    given = (known[need.name].default, *others(known[need.name]))
    return _with(output, option, value, next(other for other in given if other != need.value))


def _with(output: Output, option: AnyOption, value: OptionValue, *needed: OptionValue) -> Order:
    options: tuple[tuple[str, OptionValue], ...] = ((option.name, value),)
    purpose = Purpose.PRESS
    for other in needed:
        assert option.needs
        if option.needs.name == PURPOSE.name:
            purpose = Purpose(other)
        else:
            options = (*options, (option.needs.name, other))
    return Order(output.name, purpose, options=options)


def sent_as(order: Order) -> list[tuple[str, str]]:
    """Return the query of an order."""
    options = ((name, str(value).lower()) for name, value in order.options)
    return [("output", order.output), ("purpose", order.purpose.value), *options]


def others(option: AnyOption) -> tuple[OptionValue, ...]:
    """Return some values of an option that are not its default."""
    values: tuple[OptionValue, ...]
    match option:
        case WholeNumber():
            values = (option.minimum, option.minimum + 1, option.maximum)
        case Choice():
            values = tuple(option.values)
        case _:
            values = (True, False)
    return tuple(value for value in values if value != option.default)


class TestNames:
    """Files of one issue that differ have names that differ, and say how."""

    ISSUE = issues.issue(masthead=issues.masthead())

    @staticmethod
    def orders() -> Iterator[Order]:
        """Yield an order of every output with each of its options, and with each two of them."""
        for output in OUTPUTS.values():
            values = [[(one.name, value) for value in others(one)] for one in output.options]
            single = [(one,) for several in values for one in several]
            double = [
                pair for some, more in combinations(values, 2) for pair in product(some, more)
            ]
            for options in ((), *single, *double):
                for purpose, normalize in product(Purpose, (False, True)):
                    yield Order(output.name, purpose, normalize, tuple(sorted(options)))

    @pytest.mark.parametrize("name_of", [Output.file_name, Output.ascii_name])
    def test_tell_every_two_orders_apart(
        self, name_of: Callable[[Output, Issue, Order], str]
    ) -> None:
        names = Counter(name_of(OUTPUTS[one.output], self.ISSUE, one) for one in self.orders())
        assert [name for name, count in names.items() if count > 1] == []

    @pytest.mark.parametrize(
        ("order", "marks"),
        [
            (Order(), ""),
            (Order(purpose=Purpose.PROOF, normalize=True), "（校样、已改正）"),
            (Order("print", options=(("inks", "spot"), ("marks", False))), "（付印、专色、无裁切线）"),
            (Order("copies", options=(("count", 100), ("first", 201))), "（编号、从第201份起、100份）"),
            (Order("png", options=(("dpi", 64), ("page", 2))), "（第2页、64dpi）"),
        ],
    )  # fmt: skip
    def test_say_what_was_ordered(self, order: Order, marks: str) -> None:
        output = OUTPUTS[order.output]
        name = output.file_name(self.ISSUE, order)
        assert name == f"城乡环境工作动态第33期（2026年）{marks}.{output.extension}"

    def test_that_are_long_are_cut_before_a_bracket_and_keep_the_number_and_the_marks(self) -> None:
        masthead = issues.masthead(
            overline="某某市深入学习贯彻（二十届）全会精神" * 6,
            nameplate=("简报",),
            total_number=612,
        )
        name = OUTPUTS["print"].file_name(issues.issue(masthead=masthead), Order("print"))
        assert name.endswith("第33期（总第612期）（2026年）（付印）.pdf")
        assert len(name) <= LONGEST + len(".pdf")
        assert name.count("（") == name.count("）")

    def test_whose_number_is_long_keep_whole_brackets(self) -> None:
        label = "第十二、十三期（庆祝建党一百零五周年暨全市创建工作总结表彰大会特别合刊）"
        masthead = issues.masthead(overline="某" * 60, issue_label=label, total_number=None)
        options = (("inks", "spot"), ("margins", "same"), ("marks", False), ("standard", "x1a"))
        order = Order("print", Purpose.PROOF, normalize=True, options=options)
        name = OUTPUTS["print"].file_name(issues.issue(masthead=masthead), order)
        marks = "（付印、专色、X-1a、无裁切线、单面、校样、已改正）"
        assert name == f"{'某' * 20}第十二、十三期{marks}.pdf"

    @pytest.mark.parametrize(
        "option",
        [option for output in OUTPUTS.values() for option in output.options],
        ids=lambda option: option.name,
    )
    def test_have_a_mark_for_each_value(self, option: AnyOption) -> None:
        marks = [option.mark_of(value) for value in others(option)]
        assert all(marks)
        assert len({*marks}) == len(marks)


@pytest.mark.parametrize(
    ("option", "allowed", "refused"),
    [
        (WholeNumber(name="n", title="数", default=3, minimum=2, maximum=9), (2, 3, 9), (1, 10, True, "3")),
        (Switch(name="n", title="开关", default=False), (True, False), (1, 0, "true")),
        (Choice(name="n", title="词", default="a", values={"a": "甲", "b": "乙"}), ("a", "b"), ("c", "", 1)),
    ],
)  # fmt: skip
def test_an_option_allows_values_of_its_kind_within_its_bounds(
    option: AnyOption, allowed: tuple[OptionValue, ...], refused: tuple[OptionValue, ...]
) -> None:
    assert [option.checked(value) for value in allowed] == list(allowed)
    for value in refused:
        with pytest.raises(UnknownOption):
            option.checked(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [("", True), ("1", True), ("TRUE", True), ("0", False), ("False", False)],
)
def test_the_name_of_a_switch_alone_turns_it_on(text: str, value: bool) -> None:
    assert Switch(name="n", title="开关", default=False).read(text) is value
