"""Whether an answer tells, by the time it takes, that there is an account of a name."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from benchmarks.accounts.office import log_in, office
from benchmarks.service.record import machine, percentile, write
from tests.support.serving import Serving

KNOWN, UNKNOWN = "editor", "reader"
MAX_DIFFERENCE_SECONDS = 0.002
REFUSED = 401


@dataclass
class Times:
    """What log-ins with one name took: seconds of a clock, and of the service's processor."""

    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def note(self, service: Serving, name: str, number: int) -> None:
        before = service.processor_seconds()
        answer = log_in(service, name, number)
        assert answer.status == REFUSED, answer.body
        self.clock.append(answer.seconds)
        self.processor.append(service.processor_seconds() - before)


def names(count: int) -> None:
    """Log in so many times with each, in turns."""
    run_on = machine()
    with office() as made:
        known, unknown = timed(made.service, count)
    clock, processor = (
        (percentile(getattr(known, one), 0.5), percentile(getattr(unknown, one), 0.5))
        for one in ("clock", "processor")
    )
    figures = {
        f"密码不对、没有这个名称，轮流各 {count} 次，用时中位": _told(*clock),
        "其中网络服务的处理器时间，中位": _told(*processor),
    }
    promises = {
        "中位相差不到 2 毫秒": all(
            abs(one - other) < MAX_DIFFERENCE_SECONDS for one, other in (clock, processor)
        )
    }
    write("accounts-names", run_on, figures, promises, [clock, processor])


def timed(service: Serving, count: int) -> tuple[Times, Times]:
    """Return what a wrong password and an unknown name took; which comes first is chance."""
    chance = random.Random(13)
    known, unknown = Times(), Times()
    for number in range(0, 2 * count, 2):
        pair = [(known, KNOWN, number), (unknown, UNKNOWN, number + 1)]
        chance.shuffle(pair)
        for times, name, client in pair:
            times.note(service, name, client)
    return known, unknown


def _told(known: float, unknown: float) -> str:
    return f"{known * 1000:.2f} 与 {unknown * 1000:.2f} 毫秒，相差 {abs(known - unknown) * 1000:.2f} 毫秒"
