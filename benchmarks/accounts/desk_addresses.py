"""What lies at a desk: issues, pictures and a finished file, and the addresses that lead there."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass

from hongtou.desk.issue import State
from tests.support.archives import document
from tests.support.house import House, issue_in, take_step

ISSUES = 8
UNKNOWN = 9_999_999
NO_DIGEST = "0" * 64
PICTURE = "a.png"
READ = (
    "/v1/issues/{issue}",
    "/v1/issues/{issue}/record",
    "/v1/issues/{issue}/revisions",
    "/v1/issues/{issue}/revisions/1",
    "/v1/issues/{issue}/compare",
    "/v1/issues/{issue}/events",
    "/v1/issues/{issue}/assets",
    "/v1/issues/{issue}/assets/a.png",
    "/v1/issues/{issue}/editions",
    "/v1/issues/{issue}/editions/{digest}",
    "/issues/{issue}",
    "/issues/{issue}/history",
    "/v1/issues?q=canary&publication={issue}",
    "/v1/events?issue={issue}",
)
CHANGE = (
    ("PUT", "/v1/issues/{issue}"),
    ("DELETE", "/v1/issues/{issue}"),
    ("POST", "/v1/issues/{issue}/merge"),
    ("POST", "/v1/issues/{issue}/presence"),
    ("PUT", "/v1/issues/{issue}/assets/a.png"),
    ("POST", "/v1/issues/{issue}/transitions"),
)
WAYS = (*(("GET", path) for path in READ), *CHANGE)


@dataclass(frozen=True)
class Addresses:
    """Issues by their numbers, and the digest of a file that was made of the first."""

    issues: tuple[int, ...]
    digest: str

    def any(self, chance: random.Random) -> tuple[str, str, str]:
        """Return a method, the address of something, and that of nothing of its kind."""
        method, path = chance.choice(WAYS)
        issue = self.issues[0] if "{digest}" in path else chance.choice(self.issues)
        there = path.format(issue=issue, digest=self.digest)
        return method, there, path.format(issue=UNKNOWN, digest=NO_DIGEST)


def begin(house: House) -> Addresses:
    """Let the desk keep issues with canaries in text and picture; finish the first."""
    boss = house.browser("administrator")
    issues = [issue_in(boss, State.DRAFT) for _ in range(ISSUES)]
    for number, issue in enumerate(issues):
        text = document(number + 1, body=f"canary-c-{number}。")
        saved = boss.send("PUT", issue, data=text, headers={"If-Match": '"1"'}, content_type=JSON)
        assert saved.status_code == 204, saved.text
        put = boss.send("PUT", f"{issue}/assets/{PICTURE}", data=b"\x89PNG canary-c-9%d" % number)
        assert put.status_code == 204, put.text
    for step in ("submit", "finalize"):
        assert take_step(boss, issues[0], step).status_code == 200
    (made,) = json.loads(boss.send("GET", f"{issues[0]}/editions").data)["editions"]
    return Addresses(tuple(int(one.rpartition("/")[2]) for one in issues), made["sha256"])


JSON = "application/json"
