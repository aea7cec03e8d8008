"""The type of an output."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from hongtou.bulletin.file_names import ascii_name, file_name
from hongtou.bulletin.finding import Finding
from hongtou.bulletin.issue import Issue
from hongtou.bulletin.order import Order, Purpose
from hongtou.outputs.option import AnyOption, Choice, OptionValues
from hongtou.preflight import Profile, misplaced
from hongtou.preflight.laid_out import LaidOut

if TYPE_CHECKING:
    from hongtou.acceptance import Accepted
    from hongtou.outputs.commission import Commission

    Unfit = Callable[[Accepted], Iterable[Finding]]
    Make = Callable[[Commission], bytes]
    Ordered = Callable[[Issue, OptionValues], Issue]
    Overruled = Callable[[Issue, OptionValues], Iterable[Finding]]
    Remarks = Callable[[Commission], Iterable[Finding]]
    ForPress = Callable[[OptionValues], bool]

Other = TypeVar("Other")
PROOF, NORMALIZED = "校样", "已改正"  # in the names of files


class FileKind(NamedTuple):
    """A kind of file: its media type, and the suffix of its name without the dot."""

    media_type: str
    extension: str


def as_sent(issue: Issue, options: OptionValues) -> Issue:
    """Return the issue as it is: what most outputs make."""
    return issue


def never(options: OptionValues) -> bool:
    """Tell that no order of an output is for a press."""
    return False


def always(options: OptionValues) -> bool:
    """Tell that every order of an output is for a press."""
    return True


def all_kept(issue: Issue, options: OptionValues) -> Iterable[Finding]:
    """Find nothing in the issue that an order overrules."""
    return ()


def nothing(commission: Commission) -> Iterable[Finding]:
    """Find nothing that concerns only this output."""
    return ()


def fit(accepted: Accepted) -> Iterable[Finding]:
    """Find nothing that keeps an issue out of this output alone."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A kind of file that can be made of an issue.

    ``make`` returns its bytes. It runs in a process that can open no file, so everything that it
    imports late must be loaded once `Typesetter.prepare` has made a file. ``profile`` are the
    preflight rules for the bytes. ``mark`` stands in the names of its files, and tells them from
    those of other outputs; with it stand the marks of the options that were ordered. An output that
    ``encloses`` the issue as it was sent has another digest when the same issue is sent in other
    bytes; one whose order is ``for_press`` when the press is another one. One that has no pages
    (``has_pages``) is made of the plan alone: nothing is laid out for it. One that
    ``keeps_layouts`` loads something of each layout once, others only what all share.
    ``unfit`` returns what in an accepted issue keeps it out of this output alone.
    ``ordered`` returns the issue as this output prints it, ``overruled`` tells what of it the order
    replaces, ``remarks`` are findings on the pages that only this output has; one that
    ``shows_findings`` frames them on a proof, and lists them behind its pages. ``other_kinds`` are
    further kinds of file, ``other_profiles`` other rules for it, by the value of the option that
    chooses one.

    Raises:
        TypeError: there is no profile, so that files would leave unchecked, or a value that
            chooses another one is not that of one option.
    """

    name: str
    title: str
    media_type: str
    extension: str
    mark: str = ""
    other_kinds: Mapping[str, FileKind] = field(default_factory=dict)
    options: tuple[AnyOption, ...] = ()
    encloses: bool = False
    has_pages: bool = True
    keeps_layouts: bool = False
    for_press: ForPress = never
    unfit: Unfit = fit
    ordered: Ordered = as_sent
    overruled: Overruled = all_kept
    shows_findings: bool = False
    remarks: Remarks = nothing
    profile: Profile[Any]
    other_profiles: Mapping[str, Profile[Any]] = field(default_factory=dict)
    make: Make

    def __post_init__(self) -> None:
        if not isinstance(self.profile, Profile):
            raise TypeError(f"{self.name} has no preflight profile")
        for value in (*self.other_kinds, *self.other_profiles):
            choices = [one for one in self.options if isinstance(one, Choice)]
            if sum(value in choice.values for choice in choices) != 1:
                raise TypeError(f"{self.name} has not one option with the value {value}")

    def besides(self, document: bytes, condition: str, order: Order) -> str:
        """Return the digest of what a file depends on besides its issue as it was read.

        ``condition`` is the digest of that of the press.
        """
        if self.encloses:
            return hashlib.sha256(document).hexdigest()
        return condition if self.for_press(OptionValues(order.options)) else ""

    @property
    def option_names(self) -> tuple[str, ...]:
        """Return the names of its options."""
        return tuple(option.name for option in self.options)

    @property
    def kinds(self) -> tuple[FileKind, ...]:
        """Return the kinds of file that it makes, the usual one first."""
        return (FileKind(self.media_type, self.extension), *self.other_kinds.values())

    def kind(self, order: Order) -> FileKind:
        """Return the kind of file that an order makes."""
        return _asked(self.other_kinds, order, self.kinds[0])

    def misplaced(self, commission: Commission) -> tuple[Finding, ...]:
        """Return what the preflight of the ordered file finds in its pages."""
        laid_out = LaidOut(commission.plan, commission.pages)
        return misplaced(laid_out, self.profile_of(commission.accepted.order))

    @property
    def profiles(self) -> tuple[Profile[Any], ...]:
        """Return the preflight profiles of its files, the usual one first."""
        distinct = {id(profile): profile for profile in self.other_profiles.values()}
        return (self.profile, *distinct.values())

    def profile_of(self, order: Order) -> Profile[Any]:
        """Return the preflight profile of the file that an order makes."""
        return _asked(self.other_profiles, order, self.profile)

    def file_name(self, issue: Issue, order: Order) -> str:
        """Return the name of the file of an issue, in Chinese, with what was ordered of it."""
        asked = dict(order.options)
        marks = (
            self.mark,
            *(one.mark_of(asked[one.name]) for one in self.options if one.name in asked),
            PROOF if order.purpose is Purpose.PROOF else "",
            NORMALIZED if order.normalize else "",
        )
        return file_name(issue, self.kind(order).extension, [*filter(None, marks)])

    def ascii_name(self, issue: Issue, order: Order) -> str:
        """Return a name of the file of an issue for programs that take no other."""
        marks = (
            self.name if self.mark and self.name != self.extension else "",
            *(f"{name}-{str(value).lower()}" for name, value in order.options),
            order.purpose.value if order.purpose is Purpose.PROOF else "",
            "normalized" if order.normalize else "",
        )
        return ascii_name(issue, self.kind(order).extension, [*filter(None, marks)])


def _asked(others: Mapping[str, Other], order: Order, usual: Other) -> Other:
    """Return what an option of an order chooses, the usual if none does."""
    values = (str(value) for _, value in order.options)
    return next((others[value] for value in values if value in others), usual)
