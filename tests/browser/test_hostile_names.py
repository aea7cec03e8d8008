"""Markup in every field of what is kept is shown as it was typed, and nothing of it runs.

The fields are those of an issue with one of everything, so a new field of the contract is tried by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.support.pictures import village
from tests.support.shelf import Look, Shelf

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
EVERY_FIELD = json.loads((ROOT / "tests" / "issues" / "every-field.json").read_bytes())
ATTACKS = {
    "script": "\"'></script><script>alert(1);struck=1</script>{{7919*7919}}",
    "image": "<img src=x onerror=alert(1)>",
    "svg": "</title></textarea></option><svg onload=alert(1)>",
    "frame": "<iframe srcdoc='<script>parent.struck=1</script>'>",
    "address": "javascript:alert(1)//' onfocus=alert(1) autofocus x='",
}
MOST_CHARS = 100  # of a name; what stands behind is cut off
# An address has to begin with its scheme; the others stand behind one another, as many as a name can hold.
AT_ONCE = {
    "script, image": ATTACKS["script"] + ATTACKS["image"],
    "svg, frame": ATTACKS["svg"] + ATTACKS["frame"],
    "address": ATTACKS["address"],
}
# What has to stay as it is for the rest to be set at all; another document has these struck too.
TOLD_APART = {"layout", "type", "series", "orientation", "align", "date", "issue_date", "image"}
WATCH = """window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective + " " + event.blockedURI));"""


@pytest.fixture(params=AT_ONCE.values(), ids=AT_ONCE)
def attack(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def struck(value: Any, attack: str, spared: frozenset[str] = frozenset()) -> Any:
    """Return a document with the attack in every text."""
    if isinstance(value, dict):
        return {
            name: one if name in spared else struck(one, attack, spared)
            for name, one in value.items()
        }
    if isinstance(value, list):
        return [struck(one, attack, spared) for one in value]
    return f"{value}{attack}" if isinstance(value, str) else value


def keep_everything(shelf: Shelf, attack: str) -> Iterator[str]:
    """Keep hostile words wherever words can be kept; yield the pages that show them."""
    defaults = {
        name: EVERY_FIELD[name]
        for name in ("closing", "contents", "masthead")
        if name in EVERY_FIELD
    }
    plan = {"issuing_body": attack, "defaults": struck(defaults, attack, frozenset(TOLD_APART))}
    publication = shelf.publication(f"刊{attack}", **plan)
    shown = struck(EVERY_FIELD, attack, frozenset(TOLD_APART))
    picture = f"图{attack}.png".replace("/", "_").replace('"', "_")
    shown["articles"][0]["body"] = [{"type": "figure", "image": picture, "caption": attack}]
    issue = shelf.issue(publication, shown)
    shelf.service.ask("PUT", f"/v1/issues/{issue}/assets/{quote(picture)}", village())
    version = shelf.record(issue)["version"]
    shelf.call("POST", f"issues/{issue}/revisions", {"label": attack}, version)
    shown["articles"][0]["headline"] = f"改{attack}"
    shelf.call("PUT", f"issues/{issue}", shown, version)
    whole = shelf.issue(
        publication, struck(EVERY_FIELD, attack, frozenset({"type"})), issue_number=42
    )
    reviewed = shelf.issue(publication, issue_number=34)
    shelf.move(reviewed, "submit")
    shelf.move(reviewed, "return", note=attack)
    final = shelf.issue(publication, issue_number=37, issue_date="2017-12-29")
    for step, given in (("submit", {}), ("finalize", {}), ("unlock", {"note": attack})):
        shelf.move(final, step, **given)
    skipped = {"year": 2017, "number": 35, "reason": attack}
    shelf.call("POST", f"publications/{publication}/skipped", skipped)
    gone = shelf.issue(publication, shown, issue_number=43)
    shelf.call("DELETE", f"issues/{gone}", version=shelf.record(gone)["version"])
    yield from (f"/?publication={publication}", f"/?publication={publication}&bin=1")
    yield from (f"/?publication={publication}&q={quote(attack)}", f"/?q={quote(attack)}")
    yield f"/publications/{publication}"
    for one in (issue, whole, reviewed, final):
        yield from (f"/issues/{one}", f"/issues/{one}/history", f"/issues/{one}/history?from=1")


def open_all(look: Look) -> None:
    """Have everything on a page that can be folded or asked for shown."""
    look.page.evaluate(
        """() => {
            document.querySelectorAll("details").forEach((one) => (one.open = true));
            document.querySelectorAll("dialog").forEach((one) => { one.showModal(); one.close(); });
            document.querySelectorAll("input, textarea").forEach((one) => one.focus());
            if (!window.desk) return;
            desk.plain.turn(true);
            desk.plain.turn(false);
        }"""
    )


@pytest.mark.long
def test_nothing_runs_on_any_screen(look: Look, shelf: Shelf, attack: str) -> None:
    dialogs: list[str] = []
    look.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.accept()))
    look.page.add_init_script(WATCH)
    for path in keep_everything(shelf, attack):
        look.open(path)
        look.page.wait_for_timeout(250)
        open_all(look)
        assert look.page.evaluate("() => [window.struck ?? 0, violations]") == [0, []], path
        assert str(7919 * 7919) not in look.page.inner_text("h1"), path
    assert dialogs == []


def test_each_attack_is_whole_in_every_name() -> None:
    tried = "".join(AT_ONCE.values())
    assert all(attack in tried for attack in ATTACKS.values())
    assert max(map(len, AT_ONCE.values())) < MOST_CHARS


def test_hostile_words_stand_as_they_were_typed(look: Look, shelf: Shelf, attack: str) -> None:
    publication = shelf.publication(f"名{attack}")
    issue = shelf.issue(publication, struck(EVERY_FIELD, attack, frozenset(TOLD_APART)))
    look.open(f"/?publication={publication}")
    assert look.page.text_content("h2") == f"名{attack}"
    look.open(f"/issues/{issue}")
    look.desk_here()
    kept = shelf.document(issue)["articles"][0]["headline"]
    assert look.page.evaluate("() => desk.current().articles[0].headline") == kept
