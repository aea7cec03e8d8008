"""Two keys and people at the desk ask a hundred thousand times: nobody is told a byte of the others.

Every issue and picture holds a canary of whose it is. The workers tell all that they were ever sent
(`tests/support/tattler.py`): one that worked for two, or a kept edition that is given to another,
would show. What a stranger is answered at an address of the desk is held against the answer for a
number that nobody has.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.accounts.asking import KEYS, Asker, askers
from benchmarks.accounts.desk_addresses import Addresses, begin
from benchmarks.service.record import machine, percentile, write
from hongtou.config import Config
from hongtou.keys import Scope, key_line, new_key
from hongtou.rendering import WorkerPool
from tests.support.house import House
from tests.support.tattler import OPENER

THREADS = 4
LONGEST_DIFFERENCE = 0.002


@dataclass
class Tally:
    """What was asked and told; ``known`` and ``unknown`` are seconds of the processor."""

    statuses: Counter[int] = field(default_factory=Counter)
    by_asker: Counter[str] = field(default_factory=Counter)
    foreign_bytes: int = 0
    foreign_addresses: int = 0
    told_apart: int = 0
    known: list[float] = field(default_factory=list)
    unknown: list[float] = field(default_factory=list)

    @property
    def requests(self) -> int:
        return self.statuses.total()


def tenants(count: int) -> None:
    """Ask so many times."""
    run_on, began = machine(), time.monotonic()
    tally = asked(count)
    known, unknown = (percentile(times, 0.5) * 1000 for times in (tally.known, tally.unknown))
    kinds = "，".join(f"{status} {times} 次" for status, times in sorted(tally.statuses.items()))
    figures = {
        "请求": f"{tally.requests} 次，{time.monotonic() - began:.0f} 秒："
        + "，".join(f"{name} {times} 次" for name, times in sorted(tally.by_asker.items())),
        "答复": kinds,
        "别人的字节": str(tally.foreign_bytes),
        "不属于自己的期、图片、成品的地址": f"{tally.foreign_addresses} 次，"
        f"{tally.told_apart} 次与不存在的答复不同；处理器时间中位 {known:.2f} 与 {unknown:.2f} 毫秒",
    }
    promises = {
        "别人的 0 字节": tally.foreign_bytes == 0,
        "别人的与不存在的分不出": tally.told_apart == 0
        and abs(known - unknown) < LONGEST_DIFFERENCE * 1000,
    }
    write("accounts-tenants", run_on, figures, promises, figures)


def asked(count: int) -> Tally:
    """Return what came of so many requests, from several threads at once."""
    tally = Tally()
    with service() as (house, keys, addresses):
        threads = [
            threading.Thread(
                target=_ask, args=(house, keys, addresses, count // THREADS, number, tally)
            )
            for number in range(THREADS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return tally


@contextmanager
def service() -> Iterator[tuple[House, dict[str, str], Addresses]]:
    """Open an application with two keys, and a desk where issues are kept."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        place, keys = Path(folder) / "keys", {name: new_key() for name in KEYS}
        lines = [key_line(key, (Scope.RENDER, Scope.CHECK), name) for name, key in keys.items()]
        place.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        place.chmod(0o600)
        config = Config(workers=2)
        pool = WorkerPool(config, lambda *_: None, opener=OPENER)
        stack.callback(pool.close)
        house = House(Path(folder) / "hongtou.db", renderer=pool, keys=place)
        stack.callback(house.archive.close)
        house.people()
        yield house, keys, begin(house)


def _ask(
    house: House,
    keys: dict[str, str],
    addresses: Addresses,
    count: int,
    seed: int,
    tally: Tally,
) -> None:
    chance = random.Random(seed)
    everybody = askers(house, keys)
    for _ in range(count):
        one = chance.choice(everybody)
        if one.is_of_the_desk or chance.random() < 0.6:
            _work(one, chance, addresses, tally)
        else:
            _pry(one, chance, addresses, tally)


def _work(one: Asker, chance: random.Random, addresses: Addresses, tally: Tally) -> None:
    """Do what somebody does with the own issues."""
    answer = one.work(chance, addresses)
    tally.statuses[answer.status_code] += 1
    tally.by_asker[one.name] += 1
    tally.foreign_bytes += one.foreign_bytes(answer)


def _pry(one: Asker, chance: random.Random, addresses: Addresses, tally: Tally) -> None:
    """Ask for what is another's, and for what nobody has; the one that comes first is chance."""
    method, there, nowhere = addresses.any(chance)
    found = {}
    for path, times in chance.sample([(there, tally.known), (nowhere, tally.unknown)], 2):
        began = time.thread_time()
        answer = one.send(method, path)
        times.append(time.thread_time() - began)
        tally.statuses[answer.status_code] += 1
        tally.by_asker[one.name] += 1
        tally.foreign_bytes += one.foreign_bytes(answer)
        found[path] = one.plain(answer, path)
    tally.foreign_addresses += 1
    tally.told_apart += found[there] != found[nowhere]
