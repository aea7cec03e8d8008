"""The plan digest, on which ETag, cache and archive rest: it changes with all that decides bytes.

Every part is changed alone.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

import hongtou.plan.plan
from hongtou.bulletin.order import Order, Purpose
from hongtou.config import read_config
from hongtou.pipeline import Typesetter
from hongtou.plan import plan_digest
from tests.support import issues
from tests.support.documents import article, document, encoded, masthead
from tests.support.shop import ROOT, faces, layouts, typesetter

FIGURE = {"type": "figure", "image": "a.png"}
PLAIN = encoded(document())
PICTURED = encoded(document(articles=[article([FIGURE])]))


def picture(colour: str) -> dict[str, bytes]:
    written = io.BytesIO()
    Image.new("RGB", (1500, 900), colour).save(written, "PNG")
    return {"a.png": written.getvalue()}


@pytest.mark.slow
def test_it_is_the_same_for_the_same() -> None:
    again = Typesetter.open(read_config({}))
    assert again.digest(PLAIN, Order()) == typesetter().digest(PLAIN, Order())
    first, second = (
        each.digest(PICTURED, Order(), picture("#fff")) for each in (again, typesetter())
    )
    assert first == second


@pytest.mark.parametrize(
    "order",
    [Order("png"), Order(purpose=Purpose.PROOF), Order(normalize=True)],
    ids=["output", "purpose", "normalized"],
)
def test_it_changes_with_the_order(order: Order) -> None:
    assert typesetter().digest(PLAIN, order) != typesetter().digest(PLAIN, Order())


def test_it_changes_with_the_options_of_the_output() -> None:
    finer = Order("png", options=(("dpi", 200),))
    assert typesetter().digest(PLAIN, finer) != typesetter().digest(PLAIN, Order("png"))


@pytest.mark.slow
def test_it_changes_with_a_picture_of_the_same_name() -> None:
    digests = {
        typesetter().digest(PICTURED, Order(), picture(colour)) for colour in ("#fff", "#fefefe")
    }
    assert len(digests) == 2


def test_it_changes_with_the_faces(tmp_path: Path) -> None:
    (tmp_path / "note.ttf").write_bytes((ROOT / "fonts" / "files" / "title.ttf").read_bytes())
    other = Typesetter.open(read_config({"HONGTOU_OWN_FONTS": str(tmp_path)}))
    assert other.digest(PLAIN, Order()) != typesetter().digest(PLAIN, Order())


def test_it_changes_with_the_issue() -> None:
    other = encoded(document(masthead=masthead(issue_number=34)))
    assert typesetter().digest(other, Order()) != typesetter().digest(PLAIN, Order())


def digest_in(layout: str) -> str:
    """Return the digest of one issue in any layout, whatever layout the issue names."""
    return plan_digest(issues.issue(), layouts()[layout], faces(), Order(), {})


def test_it_changes_with_the_layout() -> None:
    assert digest_in("dongtai") != digest_in("jianbao")


def test_it_changes_with_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest_in("dongtai")
    monkeypatch.setattr(hongtou.plan.plan, "__version__", "0.0.0")
    assert digest_in("dongtai") != before


@pytest.mark.slow
def test_the_finished_file_carries_the_digest_that_was_told_before() -> None:
    order = Order(purpose=Purpose.PROOF)
    told = typesetter().digest(PICTURED, order, picture("#fff"))
    assert typesetter().produce(PICTURED, order, picture("#fff")).plan_digest == told
