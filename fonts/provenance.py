"""Where the faces come from: Debian's packages, and the manifest that records them."""

from __future__ import annotations

import gzip
import hashlib
import subprocess
import tomllib
from collections.abc import Collection
from pathlib import Path

from fontTools.ttLib import TTFont
from recipes import LICENCE_FILES, RECIPES, ROLES, Recipe, recipe_of

HERE = Path(__file__).parent
MANIFEST = HERE / "manifest.toml"


def fetch_packages(recipes: Collection[Recipe], folder: Path) -> Path:
    """Download and unpack the packages of these recipes; return the folder they are in.

    The versions are the manifest's: others may draw a glyph differently.
    """
    entries = tomllib.loads(MANIFEST.read_text(encoding="utf-8"))["face"]
    parents = [recipe_of(recipe.fill_of) for recipe in recipes if recipe.fill_of]
    packages = {
        f"{recipe.package}={entries[recipe.id]['package_version']}"
        for recipe in [*recipes, *parents]
    }
    try:
        subprocess.run(["apt-get", "download", *sorted(packages)], cwd=folder, check=True)
    except (OSError, subprocess.CalledProcessError) as cause:
        raise SystemExit(
            "apt-get cannot fetch these packages here: unpack them with dpkg-deb -x on a machine "
            f"that can ({', '.join(sorted(packages))}) and name the folder with --sources"
        ) from cause
    for archive in sorted(folder.glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", str(archive), str(folder)], check=True)
    return folder


def write_manifest(sources: Path) -> None:
    """Write `manifest.toml` from the recipes and what was built."""
    lines = ["# Written by build.py: which file fills which role, and where each comes from.", ""]
    for name, (title, chain) in ROLES.items():
        faces = ", ".join(f'"{face}"' for face in chain)
        lines += [f"[role.{name}]", f'title = "{title}"', f"chain = [{faces}]", ""]
    for recipe in RECIPES:
        lines.append(f"[face.{recipe.id}]")
        lines += [
            f"{key} = {value}" if isinstance(value, int) else f'{key} = "{value}"'
            for key, value in entry(recipe, sources).items()
        ]
        lines.append("")
    MANIFEST.write_text("\n".join(lines), encoding="utf-8")


def entry(recipe: Recipe, sources: Path) -> dict[str, str | int]:
    """Return what the manifest says of a face."""
    path = HERE / "files" / f"{recipe.id}.ttf"
    content = path.read_bytes()
    return {
        "title": recipe.title,
        "family": recipe.family,
        "file": f"files/{path.name}",
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "characters": len(TTFont(path, lazy=True).getBestCmap()),
        "licence": recipe.licence,
        "licence_file": f"licences/{LICENCE_FILES[recipe.licence]}",
        "package": recipe.package,
        "package_version": package_version(sources, recipe.package),
        "source": recipe.path,
        "source_sha256": hashlib.sha256((sources / recipe.path).read_bytes()).hexdigest(),
        "fill_of": recipe.fill_of,
    }


def package_version(sources: Path, package: str) -> str:
    """Return the version of an unpacked package, from the first line of its change log."""
    path = next((sources / "usr/share/doc" / package).glob("changelog.Debian*.gz"))
    with gzip.open(path, "rt", encoding="utf-8") as log:
        return log.readline().split("(")[1].split(")")[0]
