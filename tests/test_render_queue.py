"""The places of a service: nobody takes more than a share while others ask, and nobody starves."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongtou.bulletin.errors import Busy, Stopping
from hongtou.rendering import Cancelled
from hongtou.rendering.queue import Place, RenderQueue, State


def stays() -> bool:
    return False


def held(queue: RenderQueue) -> Counter[str]:
    return Counter(place.tenant for place in queue._places)


class TestEntering:
    def test_all_places_may_be_one_tenants_while_nobody_else_asks(self) -> None:
        queue = RenderQueue(2, 3)
        for _ in range(5):
            queue.enter("甲")
        assert queue.is_full()
        with pytest.raises(Busy):
            queue.enter("甲")

    def test_a_newcomer_takes_from_whoever_holds_the_most(self) -> None:
        queue = RenderQueue(1, 5)
        places = [queue.enter("甲") for _ in range(4)] + [queue.enter("乙") for _ in range(2)]
        queue.enter("丙")
        assert held(queue) == {"甲": 3, "乙": 2, "丙": 1}
        assert [place.state for place in places] == [State.WAITING] * 3 + [
            State.DISPLACED,
            State.WAITING,
            State.WAITING,
        ], "the last that came goes first"

    def test_what_is_at_work_is_never_displaced(self) -> None:
        queue = RenderQueue(2, 0)
        with queue.turn(queue.enter("甲"), stays), queue.turn(queue.enter("甲"), stays):
            with pytest.raises(Busy):
                queue.enter("乙")
            assert queue.running == 2

    def test_who_waits_in_a_displaced_place_is_refused_at_once(self) -> None:
        queue = RenderQueue(1, 1)
        refused = threading.Event()

        def wait() -> None:
            with pytest.raises(Busy), queue.turn(places[1], stays):
                pass
            refused.set()

        places = [queue.enter("甲"), queue.enter("甲")]
        with queue.turn(places[0], stays):
            thread = threading.Thread(target=wait)
            thread.start()
            while not queue._ready:
                pass
            queue.enter("乙")
            assert refused.wait(10)
        thread.join()

    def test_nobody_comes_in_while_the_service_stops(self) -> None:
        queue = RenderQueue(1, 1)
        place = queue.enter("甲")
        queue.stop()
        with pytest.raises(Stopping):
            queue.enter("甲")
        assert not queue.drain(0.01)
        place.leave()
        assert queue.drain(0)

    @pytest.mark.slow
    @given(st.lists(st.tuples(st.sampled_from("甲乙丙丁"), st.booleans()), max_size=80))
    def test_there_are_never_more_places_and_no_tenant_is_below_its_share(
        self, steps: list[tuple[str, bool]]
    ) -> None:
        """A share is the places there are by the tenants that hold any, rounded down."""
        queue = RenderQueue(2, 6)
        mine: dict[str, list[Place]] = {name: [] for name in "甲乙丙丁"}
        for tenant, leaves in steps:
            if leaves and mine[tenant]:
                mine[tenant].pop().leave()
                continue
            try:
                mine[tenant].append(queue.enter(tenant))
            except Busy:
                assert queue.is_full()
                now = held(queue)
                assert now[tenant] >= 8 // len(now | {tenant: 1})
            assert sum(held(queue).values()) <= 8


class TestTurns:
    def turns(self, queue: RenderQueue, tenants: str) -> str:
        """Return the order in which tenants had their turns, all waiting from the start."""
        order: list[str] = []
        with queue.turn(queue.enter("first"), stays):
            threads = []
            for number, tenant in enumerate(tenants, start=1):
                place = queue.enter(tenant)
                threads.append(threading.Thread(target=self.work, args=(queue, place, order)))
                threads[-1].start()
                while len(queue._ready) < number:
                    pass
        for thread in threads:
            thread.join()
        return "".join(order)

    def work(self, queue: RenderQueue, place: Place, order: list[str]) -> None:
        with queue.turn(place, stays):
            order.append(place.tenant)
        place.leave()

    def test_one_tenant_is_served_as_it_came(self) -> None:
        assert self.turns(RenderQueue(1, 9), "甲甲甲") == "甲甲甲"

    def test_tenants_take_turns(self) -> None:
        assert self.turns(RenderQueue(1, 9), "甲甲甲甲乙丙乙") == "甲乙丙甲乙甲甲"

    def test_who_is_at_work_less_goes_first(self) -> None:
        queue = RenderQueue(2, 9)
        order: list[str] = []
        with queue.turn(queue.enter("甲"), stays):
            with queue.turn(queue.enter("丙"), stays):
                threads = []
                for number, tenant in enumerate("甲乙", start=1):
                    place = queue.enter(tenant)
                    threads.append(threading.Thread(target=self.work, args=(queue, place, order)))
                    threads[-1].start()
                    while len(queue._ready) < number:
                        pass
            for thread in threads:
                thread.join()
        assert order == ["乙", "甲"]

    def test_who_went_away_waits_no_longer(self) -> None:
        queue = RenderQueue(1, 1)
        with queue.turn(queue.enter("甲"), stays):
            place = queue.enter("甲")
            with pytest.raises(Cancelled), queue.turn(place, lambda: True):
                pass
            place.leave()
            assert queue.waiting == 0

    def test_a_place_may_have_a_second_turn(self) -> None:
        queue = RenderQueue(1, 0)
        place = queue.enter("甲")
        for _ in range(2):
            with queue.turn(place, stays):
                assert queue.running == 1
        place.leave()
        assert queue.drain(0)
