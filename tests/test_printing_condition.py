"""The profile of a press: our own, built the same each time, or that of a house."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from hongtou.bulletin.errors import SetupError
from hongtou.bulletin.order import Order
from hongtou.config import read_config
from hongtou.pictures.condition import (
    NAME,
    PROFILE,
    describes_press,
    most_ink_of,
    open_condition,
    usual_condition,
)
from hongtou.pipeline import Typesetter
from tests.support.documents import document, encoded
from tests.support.shop import ROOT

PRESS = ROOT / "press"
MOST_INK = 280.0


def house(folder: Path) -> Path:
    """Write a profile of a house: in fact ours, with another date."""
    path = folder / "House.icc"
    content = bytearray((PRESS / PROFILE).read_bytes())
    content[25] ^= 1
    path.write_bytes(content)
    return path


class TestOurs:
    def test_it_is_one_of_a_press_and_small(self) -> None:
        condition = usual_condition()
        assert describes_press(condition.profile)
        assert len(condition.profile) < 80_000
        assert (condition.name, condition.is_own) == (NAME, False)

    def test_its_provenance_is_told_with_its_digest(self) -> None:
        told = (PRESS / "README.md").read_text(encoding="utf-8")
        for path in sorted(PRESS.iterdir()):
            if path.suffix in {".icc", ".gz"}:
                assert path.name in told
                assert hashlib.sha256(path.read_bytes()).hexdigest() in told

    @pytest.mark.slow
    @pytest.mark.skipif(
        shutil.which("colprof") is None, reason="没有 ArgyllCMS：apt-get install argyll"
    )
    def test_it_is_built_the_same_from_its_data(self, tmp_path: Path) -> None:
        command = [sys.executable, PRESS / "build.py", "--out", tmp_path]
        subprocess.run(command, check=True, capture_output=True)
        assert (tmp_path / PROFILE).read_bytes() == (PRESS / PROFILE).read_bytes()


class TestOfAHouse:
    @pytest.mark.slow
    def test_it_goes_along_with_every_file_under_its_name(self, tmp_path: Path) -> None:
        path = house(tmp_path)
        shop = Typesetter.open(
            read_config(
                {"HONGTOU_PRESS_PROFILE": str(path), "HONGTOU_PRESS_CONDITION": "某厂 胶版纸"}
            )
        )
        for standard in ("x4", "x1a"):
            order = Order("print", options=(("standard", standard),))
            content = shop.produce(encoded(document()), order).content
            with pikepdf.open(io.BytesIO(content)) as pdf:
                (intent,) = pdf.Root.OutputIntents
                assert str(intent.OutputConditionIdentifier) == "某厂 胶版纸"
                assert "/RegistryName" not in intent  # it is registered nowhere
                assert intent.DestOutputProfile.read_bytes() == path.read_bytes()

    @pytest.mark.slow
    def test_another_profile_makes_another_edition_for_the_press_alone(
        self, tmp_path: Path
    ) -> None:
        settings = {"HONGTOU_PRESS_PROFILE": str(house(tmp_path))}
        shops = [Typesetter.open(read_config(given)) for given in ({}, settings)]
        for output, count in (("print", 2), ("screen", 1)):
            digests = {shop.digest(encoded(document()), Order(output)) for shop in shops}
            assert len(digests) == count

    def test_without_a_name_it_has_that_of_its_file(self, tmp_path: Path) -> None:
        assert open_condition(house(tmp_path), "", MOST_INK).name == "House"

    def test_it_is_scanned_for_its_ink(self, tmp_path: Path) -> None:
        path = house(tmp_path)
        most = most_ink_of(usual_condition())
        assert open_condition(path, "", most + 1).is_own
        with pytest.raises(SetupError, match=f"油墨总量达 {most:.0f}%，超过版式所限 200%"):
            open_condition(path, "", 200)

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b"", "不是印刷机的 CMYK 特性文件"),
            ((PRESS / "sRGB2014.icc").read_bytes(), "不是印刷机的 CMYK 特性文件"),
            ((PRESS / PROFILE).read_bytes()[:400], "损坏，或不能由 RGB 转换"),
        ],
    )
    def test_what_is_none_is_refused(self, content: bytes, told: str, tmp_path: Path) -> None:
        path = tmp_path / "a.icc"
        path.write_bytes(content)
        with pytest.raises(SetupError, match=told) as refused:
            open_condition(path, "", MOST_INK)
        assert "HONGTOU_PRESS_PROFILE" in refused.value.message
        assert "印刷厂" in str(refused.value.hint)

    def test_a_folder_and_a_name_without_a_profile_are_refused(self, tmp_path: Path) -> None:
        with pytest.raises(SetupError, match="读不了"):
            open_condition(tmp_path, "", MOST_INK)
        with pytest.raises(SetupError, match="HONGTOU_PRESS_CONDITION"):
            open_condition(None, "FOGRA51", MOST_INK)

    @pytest.mark.parametrize("name", ["a" * 101, "a\nb"])
    def test_a_name_is_one_line(self, name: str) -> None:
        with pytest.raises(SetupError, match="HONGTOU_PRESS_CONDITION"):
            read_config({"HONGTOU_PRESS_CONDITION": name})
