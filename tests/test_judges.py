"""The judges of files for the press refuse what is spoilt: a judge that cannot is none.

They are Java programs that `make verapdf` fetches; without them this is skipped.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scripts.judges import jhove, verapdf
from scripts.judges.orders import PDF_X_4, PDF_X_4_RULES
from tests.test_press_preflight import SPOILT, Change, good, no_trim_box, spoilt, strange_plate

JARS = (verapdf.VERAPDF, *jhove.JARS)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("java") is None or not all(jar.path.is_file() for jar in JARS),
        reason="没有 Java 或评判程序：make verapdf",
    ),
]
SEEN = (
    "text in RGB",
    "no TrimBox",
    "transparency",
    "a lost font",
    "a script",
    "an annotation",
    "no intent",
    "the intent of an archive",
    "the profile of a screen",
)


def test_verapdf_sees_what_breaks_x4(tmp_path: Path) -> None:
    files = {tmp_path / "good.pdf": good(), tmp_path / "good spot.pdf": good(inks="spot")}
    files |= {tmp_path / f"{name}.pdf": spoilt(SPOILT[name][0]) for name in SEEN}
    files[tmp_path / "a strange plate.pdf"] = spoilt(strange_plate, inks="spot")
    for path, content in files.items():
        path.write_bytes(content)
    results = verapdf.judged([*files], PDF_X_4_RULES)
    refused = {path.stem for path in files if [*verapdf.faults({PDF_X_4}, results[path.name])]}
    assert refused == {*SEEN, "a strange plate"}


def test_jhove_sees_what_is_not_x1a(tmp_path: Path) -> None:
    changes: dict[str, Change] = {"no TrimBox": no_trim_box, "no intent": SPOILT["no intent"][0]}
    files = {tmp_path / "good.pdf": good(standard="x1a"), tmp_path / "x4.pdf": good()}
    for name, change in changes.items():
        files[tmp_path / f"{name}.pdf"] = spoilt(change, standard="x1a")
    for path, content in files.items():
        path.write_bytes(content)
    refused = {Path(name).stem for name, _ in jhove.faults_by_file([*files])}
    assert refused == {"x4", *changes}
