"""OFD files by our schema, and read by ofdrw: the same characters, in the same places.

``python -m scripts.judges.ofd``, or ``make ofd``. ofdrw makes a PDF of what it reads; MuPDF tells
where the characters of that and of our own PDF stand.
"""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pymupdf
from lxml import etree

from hongtou.bulletin.measure import PT_PER_MM
from hongtou.bulletin.order import Order
from hongtou.config import read_config
from hongtou.pipeline import Typesetter
from scripts.judges.corpus import corpus
from scripts.judges.jars import fetched_all, need_java

HERE = Path(__file__).parent
MOST_OFF = 0.05  # mm between a character in our PDF and the same in ofdrw's


class Character(NamedTuple):
    """A character with its origin on a page, in points."""

    text: str
    page: int
    x: float
    y: float


def schema_faults(content: bytes) -> Iterator[str]:
    """Yield what our schema says of the members of a file."""
    schema = etree.XMLSchema(etree.parse(HERE / "ofd.xsd"))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if name.endswith(".xml") and not schema.validate(etree.fromstring(package.read(name))):
                yield from (f"{name}：{fault.message}" for fault in schema.error_log)


def characters(content: bytes) -> list[Character]:
    """Return the characters of a PDF but blanks, from the top left of each page."""
    found = []
    with pymupdf.open(stream=content) as pdf:
        for page in pdf:
            for block in page.get_text("rawdict", flags=0)["blocks"]:
                for line in block.get("lines", ()):
                    for span in line["spans"]:
                        for one in span["chars"]:
                            if one["c"].strip():
                                found.append(Character(one["c"], page.number, *one["origin"]))
    return sorted(found, key=lambda one: (one.page, round(one.y), one.x))


def furthest_off(ours: Sequence[Character], theirs: Sequence[Character]) -> float:
    """Return how far characters are from where they should be, in mm.

    Raises:
        ValueError: they are other characters.
    """
    if sorted(one.text for one in ours) != sorted(one.text for one in theirs):
        raise ValueError(f"{len(ours)} 字与 {len(theirs)} 字，不是同样的字")
    furthest = 0.0
    left: dict[tuple[int, str], list[Character]] = {}
    for one in theirs:
        left.setdefault((one.page, one.text), []).append(one)
    for one in ours:
        same = left.get((one.page, one.text), [])
        if not same:
            raise ValueError(f"第 {one.page + 1} 页没有“{one.text}”")
        near = min(same, key=lambda other: abs(other.x - one.x) + abs(other.y - one.y))
        same.remove(near)
        furthest = max(furthest, abs(near.x - one.x), abs(near.y - one.y))
    return furthest / PT_PER_MM


def write_files(folder: Path) -> Iterator[str]:
    """Write every issue as OFD and as PDF into a folder; yield their names."""
    typesetter = Typesetter.open(read_config({}))
    for issue in corpus():
        for output, suffix in (("ofd", "ofd"), ("screen", "pdf")):
            edition = typesetter.produce(issue.document, Order(output), issue.images)
            (folder / f"{issue.name}.{suffix}").write_bytes(edition.content)
        yield issue.name


def main() -> None:
    """Judge all files and end with 1 if one is not right."""
    need_java()
    failed, furthest, count = 0, 0.0, 0
    with TemporaryDirectory() as name:
        folder = Path(name)
        names = list(write_files(folder))
        libraries = fetched_all(HERE / "ofdrw" / "pom.xml")
        command = ["java", "-cp", f"{libraries}/*", str(HERE / "ofdrw" / "ToPdf.java")]
        files = [str(folder / f"{one}.ofd") for one in names]
        subprocess.run([*command, *files], check=True, capture_output=True)
        for one in names:
            faults = list(schema_faults((folder / f"{one}.ofd").read_bytes()))
            ours = characters((folder / f"{one}.pdf").read_bytes())
            theirs = characters((folder / f"{one}-ofdrw.pdf").read_bytes())
            try:
                off = furthest_off(ours, theirs)
            except ValueError as cause:
                faults.append(str(cause))
                off = 0.0
            if off > MOST_OFF:
                faults.append(f"有字差 {off:.3f} 毫米")
            failed += len(faults)
            furthest, count = max(furthest, off), count + len(ours)
            for fault in faults:
                print(f"{one}：{fault}")
    print(f"ofdrw：{len(names)} 个文件，{count} 字，最远差 {furthest:.3f} 毫米，{failed} 处不合")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
