"""Filling: what stands on which page of an issue, with the opening and the steps that fill it best.

Pages are filled one by one. Only where one stays short are all of them filled together, from every
opening that the layout allows: one that moves by a line moves all that follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from hongtou.bulletin.order import Paging
from hongtou.plan.changes import with_changes_of
from hongtou.plan.copyfit import Copyfitter, kept_of
from hongtou.plan.fitting import Fitting, Step
from hongtou.plan.makeup import Makeup
from hongtou.plan.opening import Opening, is_parted, moved_openings, on_one_page, openings
from hongtou.plan.texts import TextSetter
from hongtou.plan.units import Parts, units_of


class Filled(NamedTuple):
    """Pages, and the opening that they begin with."""

    opening: Opening
    fitting: Fitting


def filled_pages(parts: Parts, setter: TextSetter, paging: Paging) -> tuple[Parts, Fitting]:
    """Return what stands on which page, and the parts with the opening that fits best."""
    makeup = Makeup(units_of(parts, setter), setter.layout)
    fitter = Copyfitter(parts.closing, setter, even_pages=paging.even_pages)
    if not paging.copyfit or setter.faults:
        return parts, fitter.finished(fitter.as_they_come(makeup))
    plain = on_one_page(Opening(parts.contents, parts.note, makeup), setter)
    found: list[Filled] = []
    for opening in (*openings(plain, setter), plain):
        found.append(Filled(opening, fitter.filled(opening.makeup)))
        if fitter.is_full(found[-1].fitting):
            break
    else:
        found += _spread(found, plain, fitter, setter)
    opening, fitting = min(found, key=lambda one: (is_parted(*one), *fitter.rank(one.fitting)))
    parts = parts._replace(contents=opening.contents, note=opening.note)
    finished = fitter.with_higher_rows(fitter.finished(fitting))
    return parts, _told(finished, opening, setter)


def _spread(
    found: Sequence[Filled], plain: Opening, fitter: Copyfitter, setter: TextSetter
) -> Iterator[Filled]:
    """Yield pages that are filled together, from any opening, or behind pages that are full."""
    every = [*(opening for opening, _ in found), *moved_openings(plain, setter)]
    most = len(fitter.as_they_come(plain.makeup).pages)
    opening, best = min(found, key=lambda one: fitter.rank(one.fitting))
    has_no_body, *other_faults = fitter.rank(best)[:3]
    if (len(every) == 1 or not has_no_body) and (kept := kept_of(best)):
        if not any(other_faults):
            return
        makeup = with_changes_of(opening.makeup, best.makeup, kept[-1].start.at)
        for _, fitting in fitter.spread([makeup], most, kept):
            yield Filled(opening, fitting)
        return
    for number, fitting in fitter.spread([opening.makeup for opening in every], most):
        yield Filled(every[number], fitting)


def _told(fitting: Fitting, opening: Opening, setter: TextSetter) -> Fitting:
    """Return pages with the step that moved the opening, if one did."""
    if not opening.pitch:
        return fitting
    step = Step(0, f"目录行距由{setter.pitch:g}点改为{opening.pitch:.1f}点")
    return replace(fitting, steps=(step, *fitting.steps))
