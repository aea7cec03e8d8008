"""The desk in Chromium 89 of March 2021: offices have browsers that are as old."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "frontend" / "old-browser"
PACKED = FOLDER / "node_modules" / "chrome-aws-lambda" / "bin" / "chromium.br"
SECONDS = 300
UNPACK = """const fs = require("fs"), zlib = require("zlib"), [from, to] = process.argv.slice(1);
fs.writeFileSync(to, zlib.brotliDecompressSync(fs.readFileSync(from)), { mode: 0o755 });"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("node"), reason="there is no Node"),
    pytest.mark.skipif(
        not PACKED.exists(), reason="Chromium 89 is not there: npm ci in frontend/old-browser"
    ),
]


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Path:
    unpacked = tmp_path_factory.mktemp("old") / "chromium"
    subprocess.run(["node", "-e", UNPACK, PACKED, unpacked], check=True, timeout=60)
    return unpacked


def run_flow(address: str, chromium: Path, result: Path) -> None:
    """Run it; where it takes too long it is told to end, and ends its browser."""
    with result.with_suffix(".log").open("wb") as log:
        flow = subprocess.Popen(
            ["node", "flow.js", address, chromium, result],
            cwd=FOLDER, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            flow.wait(SECONDS)
        finally:
            flow.terminate()
            flow.wait(10)
    assert flow.returncode == 0, result.with_suffix(".log").read_text()


def test_an_editor_types_pastes_mends_and_sees_the_page(address: str, chromium: Path) -> None:
    result = chromium.with_name("found.json")
    run_flow(f"{address}/desk", chromium, result)
    found = json.loads(result.read_bytes())
    assert found["version"].startswith("HeadlessChrome/89.")
    assert found["faults"] == []
    assert found["pages"] >= 1 and found["isOnPage"]
    assert found["typed"][0].startswith("一字")
    assert found["pasted"][0] == "一字**贴来的。**文字"
    assert found["pasted"][1].startswith("第二段")
    assert found["mended"][0].startswith("今天开会一字")
    assert found["plain"][0].startswith("朴素今天开会")
