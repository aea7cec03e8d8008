"""Pictures of issues: kept once, swept when no issue uses them."""

from __future__ import annotations

from typing import Any

import pytest

from hongtou.bulletin.errors import NotKept
from hongtou.desk import Desk
from hongtou.desk.holdings import Asset, blob_of
from tests.support.archives import BLOB, PICTURE, WANG, Press, kept, move

pytestmark = pytest.mark.slow


class TestPictures:
    def test_one_is_kept_and_printed(self, desk: Desk) -> None:
        one = kept(desk)
        desk.holding.put(one, PICTURE, BLOB, WANG)
        assert desk.holding.assets(one) == [PICTURE]
        assert desk.holding.picture(one, "a.png") == BLOB
        press = Press()
        move(desk, one, "submit", "finalize", press=press)
        assert press.asked == [{"a.png": BLOB.content}] * 2

    def test_another_of_its_name_takes_its_place(self, desk: Desk) -> None:
        one = kept(desk)
        desk.holding.put(one, PICTURE, BLOB, WANG)
        blob = blob_of(b"other", "image/png")
        desk.holding.put(one, Asset(**{**_fields(PICTURE), "sha256": blob.sha256}), blob, WANG)
        assert desk.holding.picture(one, "a.png").content == b"other"
        assert desk.holding.sweep(WANG) == 1

    def test_the_same_bytes_are_kept_once_and_swept_when_nothing_uses_them(
        self, desk: Desk
    ) -> None:
        one, other = kept(desk), kept(desk, 34)
        for each in (one, other):
            desk.holding.put(each, PICTURE, BLOB, WANG)
        desk.holding.drop(one, "a.png", WANG)
        assert desk.holding.sweep(WANG) == 0
        desk.holding.drop(other, "a.png", WANG)
        assert desk.holding.sweep(WANG) == 1

    def test_one_that_is_not_there(self, desk: Desk) -> None:
        one = kept(desk)
        with pytest.raises(NotKept):
            desk.holding.picture(one, "b.png")
        with pytest.raises(NotKept):
            desk.holding.drop(one, "b.png", WANG)


def _fields(asset: Asset) -> dict[str, Any]:
    return {name: getattr(asset, name) for name in Asset.__slots__}
