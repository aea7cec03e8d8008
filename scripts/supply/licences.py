"""Under which licence every shipped part stands, and whether this project accepts it.

``python -m scripts.supply.licences`` asks pip-licenses, which leaves out in silence a package that
it does not find. So it passes only if every locked package was looked at, and writes
``docs/licences.md``. What is accepted stands in ``requirements/licences.toml``.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from packaging.utils import canonicalize_name

from hongtou.faces.manifest import FaceEntry
from scripts.supply.lock import ROOT, SHIPPED, WITH_EXTRAS, read_lock
from scripts.supply.shipped import ENVIRONMENT, fonts, run_tool

POLICY = ROOT / "requirements" / "licences.toml"
PAGE = ROOT / "docs" / "licences.md"
HEAD = """# 许可

由 `make licences` 写出，不要手改。接受哪些许可，写在 `requirements/licences.toml`。
hongtou 自己的代码是 MIT。

许可照软件包的元数据（pip-licenses）；以分号隔开的，任选其一。有的软件包随带编译好的库
（pikepdf 带 qpdf，pypdfium2 带 PDFium，还有 pillow、lxml），它们的许可文本在各自的
`.dist-info/licenses`，这里没有逐一列出；Pango、HarfBuzz 由操作系统提供，也不在此列。
"""
DATA = """## 数据

| 文件 | 内容 | 许可 | 许可全文 | 来自 |
|---|---|---|---|---|
| `compose/words/words.txt` | 词表 | MIT | `compose/words/LICENSE-jieba` | jieba 0.42.1 |
| `press/Uncoated-FOGRA47L.icc` | 胶版纸的颜色特性 | CC0-1.0 | `press/README.md` | colord，算出 |
| `press/fogra47.ti3.gz` | 它的实测值 | CC0-1.0 | `press/README.md` | colord |
| `press/sRGB2014.icc` | 屏幕的颜色特性 | ICC：可复制、分发、嵌入 | `press/README.md` | ICC |
"""


@dataclass(frozen=True, slots=True)
class Policy:
    """The accepted licences of code and of fonts."""

    code: Set[str]
    fonts: Set[str]


@dataclass(frozen=True, slots=True)
class Package:
    """A package as pip-licenses found it; ``licence`` lists choices with semicolons between."""

    name: str
    version: str
    licence: str


def read_policy(path: Path = POLICY) -> Policy:
    """Return the project's policy."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return Policy(frozenset(tables["code"]), frozenset(tables["fonts"]))


def shipped_packages() -> list[Package]:
    """Return what pip-licenses finds where only the locked packages are installed."""
    python = str(ENVIRONMENT / "bin" / "python")
    return read_packages(run_tool("piplicenses", "--python", python, "--format", "json"))


def read_packages(report: str) -> list[Package]:
    """Return the packages of pip-licenses' JSON, by name."""
    found = [
        Package(canonicalize_name(row["Name"]), row["Version"], row["License"])
        for row in json.loads(report)
    ]
    return sorted(found, key=lambda package: package.name)


def licence_faults(
    packages: Sequence[Package], faces: Sequence[FaceEntry], policy: Policy
) -> list[str]:
    """Return what is wrong with the licences of all that is shipped; empty if nothing is."""
    seen = {(package.name, package.version) for package in packages}
    locked = {(pin.name, pin.version) for pin in read_lock(WITH_EXTRAS).values()}
    faults = [f"{name} {version}：没有人看过它的许可" for name, version in sorted(locked - seen)]
    faults += [
        f"{package.name}：许可 {package.licence} 不在接受之列"
        for package in packages
        if policy.code.isdisjoint(package.licence.split("; "))
    ]
    return faults + [
        f"{face.file}：许可 {face.licence} 不在接受之列"
        for face in faces
        if face.licence not in policy.fonts
    ]


def licence_page(packages: Sequence[Package], faces: Sequence[FaceEntry]) -> str:
    """Return the list of licences as a page of the documentation."""
    shipped = read_lock(SHIPPED).keys()
    fonts_rows = [
        f"| `fonts/{face.file}` | {face.title} | {face.licence} | `fonts/{face.licence_file}` "
        f"| {face.package} {face.package_version} |"
        for face in faces
    ]
    return "\n".join(
        [
            HEAD,
            "## 运行时的 Python 软件包",
            "",
            *_table(package for package in packages if package.name in shipped),
            "",
            "## 另装 hongtou[sign]、hongtou[sso] 时的 Python 软件包",
            "",
            *_table(package for package in packages if package.name not in shipped),
            "",
            "## 字体",
            "",
            "| 文件 | 字体 | 许可 | 许可全文 | 来自 Debian 软件包 |",
            "|---|---|---|---|---|",
            *fonts_rows,
            "",
            DATA,
        ]
    )


def _table(packages: Iterable[Package]) -> Iterator[str]:
    yield "| 软件包 | 版本 | 许可 |"
    yield "|---|---|---|"
    for package in packages:
        yield f"| {package.name} | {package.version} | {package.licence} |"


def main() -> None:
    """Write the page; exit with 1 where a licence was not looked at or is not accepted."""
    packages = shipped_packages()
    faults = licence_faults(packages, fonts(), read_policy())
    if faults:
        sys.exit("\n".join(["许可没有写出：", *faults, f"请看 {POLICY.relative_to(ROOT)}"]))
    PAGE.write_text(licence_page(packages, fonts()), encoding="utf-8")
    print(f"已写出 {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
