"""What the editors' page uses of others, bundled into files that browsers load as they are.

``python -m scripts.supply.vendor`` installs what ``frontend/package-lock.json`` names, bundles
each entry of ``frontend/*.js`` and writes the files with their manifest and licences; with
``--check`` it writes nothing, and fails where a file would come out otherwise. Running hongtou
needs none of it.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from scripts.supply.lock import ROOT

FRONTEND = ROOT / "frontend"
MODULES = FRONTEND / "node_modules"
VENDOR = ROOT / "service" / "hongtou" / "web" / "pages" / "static" / "vendor"
OLDEST = "chrome87"  # the floor of the editors' page
BUNDLE = ("--bundle", "--format=esm", f"--target={OLDEST}", "--minify", "--legal-comments=none")
ACCEPTED = {"MIT", "ISC"}


def main() -> int:
    """Write the files, or check them; return the exit code."""
    subprocess.run(["npm", "ci", "--silent"], cwd=FRONTEND, check=True)
    files = vendored()
    if "--check" not in sys.argv[1:]:
        VENDOR.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (VENDOR / name).write_bytes(content)
        return 0
    wrong = [*differing(files, VENDOR)]
    for name in wrong:
        print(f"{name}：与重新打包的不同，请运行 make vendor")
    return 1 if wrong else 0


def vendored() -> dict[str, bytes]:
    """Return the files by name: a bundle for each entry, what is in it, and the licences."""
    entries = sorted(FRONTEND.glob("*.js"))
    with TemporaryDirectory() as folder:
        bundles = {entry.name: _bundled(entry, Path(folder)) for entry in entries}
    contents = {name: content for name, (content, _) in bundles.items()}
    manifest = {
        name: {
            "sha256": hashlib.sha256(content).hexdigest(),
            "packages": {package: _version(package) for package in packages},
        }
        for name, (content, packages) in bundles.items()
    }
    packages = sorted({package for _, names in bundles.values() for package in names})
    types = {f"{entry.stem}.d.ts": entry.read_bytes() for entry in entries}  # what they export
    return {
        **contents,
        **types,
        "manifest.json": (json.dumps(manifest, indent=2) + "\n").encode(),
        "licences.txt": "\n\n".join(map(_licence, packages)).encode(),
    }


def differing(files: Mapping[str, bytes], folder: Path) -> Iterator[str]:
    """Yield the names of files that a folder has not, has otherwise, or has beside them."""
    there = {path.name: path.read_bytes() for path in folder.glob("*")}
    for name in sorted({*files, *there}):
        if files.get(name) != there.get(name):
            yield name


def _bundled(entry: Path, folder: Path) -> tuple[bytes, list[str]]:
    """Return the bundle of an entry, and the packages that are in it."""
    out, about = folder / entry.name, folder / f"{entry.stem}.json"
    esbuild = str(MODULES / ".bin" / "esbuild")
    command = [esbuild, entry.name, *BUNDLE, f"--outfile={out}", f"--metafile={about}"]
    subprocess.run([*command, "--log-level=error"], cwd=FRONTEND, check=True)
    inputs = json.loads(about.read_bytes())["inputs"]
    names = {name for path in inputs if (name := path.partition("node_modules/")[2])}
    return out.read_bytes(), sorted({name.split("/")[0] for name in names})


def _version(package: str) -> str:
    return str(_about(package)["version"])


def _licence(package: str) -> str:
    """Return the licence of a package with its name, version and text.

    Raises:
        SystemExit: it is not accepted.
    """
    about = _about(package)
    if about["license"] not in ACCEPTED:
        raise SystemExit(f"{package} 的许可 {about['license']} 未被接受")
    texts = sorted((MODULES / package).glob("LICENSE*"))
    text = texts[0].read_text(encoding="utf-8").strip()
    return f"{package} {about['version']}（{about['license']}）\n\n{text}\n"


def _about(package: str) -> dict[str, Any]:
    return dict(json.loads((MODULES / package / "package.json").read_bytes()))


if __name__ == "__main__":
    sys.exit(main())
