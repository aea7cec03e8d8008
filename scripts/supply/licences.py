"""Under which licence each shipped part stands, and whether this project accepts it.

``python -m scripts.supply.licences`` writes ``docs/licences.md``. A package that states an SPDX
expression in its metadata is believed; of any other, somebody has read the licence's text and
written down what it is (``requirements/licences.toml``), which holds until the text changes.
"""

from __future__ import annotations

import hashlib
import sys
import tomllib
from collections.abc import Mapping, Set
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

from hongtou.faces.manifest import FaceEntry, read_manifest
from scripts.supply.lock import ROOT, read_lock

POLICY = ROOT / "requirements" / "licences.toml"
PAGE = ROOT / "docs" / "licences.md"
UNKNOWN = ""
HEAD = """# 许可

由 `make licences` 写出，不要手改。接受哪些许可，写在 `requirements/licences.toml`。
hongtou 自己的代码是 MIT。

“依据”为元数据的，许可由软件包自己以 SPDX 写明；为文件名的，是读了 `.dist-info` 里的
这份文本后写下的，文本一变就须重读。有的软件包随带编译好的库（pikepdf 带 qpdf，
pypdfium2 带 PDFium，还有 pillow、lxml），它们的许可文本在各自的 `.dist-info/licenses`，
这里没有逐一列出；Pango、HarfBuzz 由操作系统提供，也不在此列。
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody read in a licence's text: its SPDX expression, and which text it was."""

    licence: str
    text: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Policy:
    """The accepted licences of code and of fonts, and what was read of licence texts."""

    code: Set[str]
    fonts: Set[str]
    read: Mapping[str, Reading]


def read_policy(path: Path = POLICY) -> Policy:
    """Return the project's policy."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    accepted = tables["accepted"]
    read = {package: Reading(**entry) for package, entry in tables["read"].items()}
    return Policy(frozenset(accepted["code"]), frozenset(accepted["fonts"]), read)


def stated_licence(package: str) -> str:
    """Return the SPDX expression of an installed package's metadata, or UNKNOWN."""
    # Older fields ("BSD", "BSD License") do not say which licence it is.
    stated: list[str] = distribution(package).metadata.get_all("License-Expression") or [UNKNOWN]
    return stated[0]


def licence_of(package: str, policy: Policy) -> str:
    """Return the SPDX expression of an installed package, or UNKNOWN."""
    stated = stated_licence(package)
    reading = policy.read.get(package)
    if stated or reading is None:
        return stated
    is_that_text = licence_text_digest(package, reading.text) == reading.sha256
    return reading.licence if is_that_text else UNKNOWN


def licence_text_digest(package: str, name: str) -> str:
    """Return the SHA-256 of a file in a package's ``.dist-info``; empty if there is none."""
    for file in distribution(package).files or ():
        folder, _, rest = file.as_posix().partition("/")
        if folder.endswith(".dist-info") and rest == name:
            return hashlib.sha256(file.read_binary()).hexdigest()
    return ""


def is_accepted(expression: str, accepted: Set[str]) -> bool:
    """Tell whether one choice of an SPDX expression asks for accepted licences only.

    AND binds tighter than OR (SPDX 2.3, annex D.4). Brackets are nobody's accepted licence.
    """
    return any(
        all(part in accepted for part in choice.split(" AND "))
        for choice in expression.split(" OR ")
    )


def licence_faults(policy: Policy) -> list[str]:
    """Return what is wrong with the licences of all that is shipped; empty if nothing is."""
    shipped = [(package, licence_of(package, policy), policy.code) for package in read_lock("run")]
    shipped += [(face.file, face.licence, policy.fonts) for face in _manifest_faces()]
    return [
        f"{name}：{f'许可 {licence} 不在接受之列' if licence else '许可不明，请读它的许可文本'}"
        for name, licence, accepted in shipped
        if not is_accepted(licence, accepted)
    ]


def licence_page(policy: Policy) -> str:
    """Return the list of licences as a page of the documentation."""
    packages = [
        f"| {pin.name} | {pin.version} | {licence_of(pin.name, policy)} "
        f"| {'元数据' if stated_licence(pin.name) else f'`{policy.read[pin.name].text}`'} |"
        for pin in read_lock("run").values()
    ]
    fonts = [
        f"| `fonts/{face.file}` | {face.title} | {face.licence} | `fonts/{face.licence_file}` "
        f"| {face.package} {face.package_version} |"
        for face in _manifest_faces()
    ]
    return "\n".join(
        [
            HEAD,
            "## 运行时的 Python 软件包",
            "",
            "| 软件包 | 版本 | 许可（SPDX） | 依据 |",
            "|---|---|---|---|",
            *packages,
            "",
            "## 字体",
            "",
            "| 文件 | 字体 | 许可 | 许可全文 | 来自 Debian 软件包 |",
            "|---|---|---|---|---|",
            *fonts,
            "",
        ]
    )


def _manifest_faces() -> list[FaceEntry]:
    return list(read_manifest(ROOT / "fonts").faces.values())


def main() -> None:
    """Write the page; exit with 1 where a licence is unknown or not accepted."""
    policy = read_policy()
    faults = licence_faults(policy)
    if faults:
        sys.exit("\n".join(["许可没有写出：", *faults, f"请看 {POLICY.relative_to(ROOT)}"]))
    PAGE.write_text(licence_page(policy), encoding="utf-8")
    print(f"已写出 {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
