"""What `python -m benchmarks.accounts` measures, done once each and small: log-ins, ends of sessions, tenants, saves."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from benchmarks.accounts.crowd import beside as beside_editors
from benchmarks.accounts.endings import ENDED, WAYS, Nodes, Way, await_status, nodes
from benchmarks.accounts.flood import beside
from benchmarks.accounts.names import timed
from benchmarks.accounts.office import fields, log_in, office
from benchmarks.accounts.tenants import asked
from hongtou.accounts.guessing import FREE
from hongtou.rendering import Caller
from tests.support.databases import ABSENT, BINARIES
from tests.support.house import PASSWORD
from tests.support.warm_start import warm_serving

pytestmark = pytest.mark.long


class TestLogIns:
    def test_an_unknown_name_is_answered_as_a_wrong_password_is(self) -> None:
        with office(start=warm_serving) as made:
            known, unknown = timed(made.service, 5)
        assert len(known.processor) == len(unknown.processor) == 5
        # Both compare a hash, which is most of what they take.
        assert 0.5 < sum(known.processor) / sum(unknown.processor) < 2

    def test_a_flood_from_one_address_is_refused_and_renders_go_on(self) -> None:
        with office(start=warm_serving) as made:
            found = beside(made, 1, 1, 1)
        assert found.statuses[401] <= FREE + 1
        assert found.statuses[429] > 0
        assert min(found.renders, found.renders_without) > 0

    def test_behind_a_proxy_each_address_has_a_count_of_its_own(self) -> None:
        """A running service believes its proxy; others lock nobody out."""
        with office(start=warm_serving) as made:
            tried = [log_in(made.service, "editor", 1).status for _ in range(FREE)]
            assert tried == [401] * FREE
            # The next comes too early, unless a busy machine took as long: the wait is doubled.
            assert 429 in [log_in(made.service, "editor", 1).status for _ in range(4)]
            others = [log_in(made.service, "editor", number).status for number in range(2, 6)]
        assert others == [401] * 4

    def test_behind_tls_cookies_are_of_this_host_alone(self) -> None:
        sent = json.dumps({"name": "editor", "password": PASSWORD}).encode()
        headers = {**fields(1), "X-Forwarded-Proto": "https"}
        with office(start=warm_serving) as made:
            answer = made.service.ask("POST", "/v1/session", sent, headers=headers)
        assert answer.status == 200
        assert answer.headers["Set-Cookie"].startswith("__Host-hongtou-session=")
        assert "; Secure" in answer.headers["Set-Cookie"]


@pytest.fixture(scope="module")
def two() -> Iterator[Nodes]:
    with nodes(warm_serving) as made:
        yield made


@pytest.mark.skipif(not BINARIES, reason=ABSENT)
class TestTwoNodes:
    """Two services on one PostgreSQL: what one ends has ended at the other."""

    @pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
    def test_a_session_ends_at_both(self, two: Nodes, way: Way) -> None:
        visit = two.visit("editor")
        mend = way(two, visit)
        assert visit.ask(two.here, "GET", "/v1/session").status == ENDED
        assert await_status(two.there, visit, ENDED) < 30
        mend()
        two.visit("editor")


class TestTenants:
    def test_nobody_is_told_anything_of_others(self) -> None:
        tally = asked(800)
        assert tally.requests >= 800
        assert tally.foreign_bytes == tally.told_apart == 0
        assert tally.foreign_addresses > 50
        assert {200, 304, 401, 403} <= set(tally.statuses)

    def test_one_worker_for_all_would_be_seen(self, monkeypatch: pytest.MonkeyPatch) -> None:
        everybody = Caller(lambda: False, "everybody")
        monkeypatch.setattr("hongtou.web.api.views.caller_of", lambda arrival: everybody)
        assert asked(400).foreign_bytes > 0


def test_editors_save_beside_renders() -> None:
    with warm_serving() as service:
        found = beside_editors(service, 20, 1, 4)
    assert found.statuses == {204: 40}
    assert min(found.renders, found.renders_without) > 0
    assert found.cost > 0
