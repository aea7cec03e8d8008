"""Java programs by their Maven coordinates, fetched once and held against their SHA-256."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[2] / ".judges"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
COPY_ALL = COPY.removesuffix("copy") + "copy-dependencies"


@dataclass(frozen=True, slots=True)
class Jar:
    """A program: group, name and version at Maven, and what its file must be."""

    group: str
    name: str
    version: str
    sha256: str

    @property
    def path(self) -> Path:
        """Return where it lies once it is fetched."""
        return FOLDER / f"{self.name}-{self.version}.jar"


def fetched(jar: Jar) -> Path:
    """Return the file of a program, fetched if it is not there.

    Raises:
        SystemExit: it cannot be fetched, or is another file than expected.
    """
    if not jar.path.is_file():
        FOLDER.mkdir(exist_ok=True)
        artifact = f"-Dartifact={jar.group}:{jar.name}:{jar.version}"
        command = ["mvn", "-q", "-B", COPY, artifact, f"-DoutputDirectory={FOLDER}"]
        if subprocess.run(command, check=False).returncode:
            sys.exit(f"取不到 {jar.name} {jar.version}")
    if hashlib.sha256(jar.path.read_bytes()).hexdigest() != jar.sha256:
        jar.path.unlink()
        sys.exit(f"{jar.path.name} 的摘要不对，已删去；请重试")
    return jar.path


def need_java() -> None:
    """Leave where Java and Maven are missing: with a word only, but as a fault where CI is set."""
    missing = [name for name in ("java", "mvn") if shutil.which(name) is None]
    if missing:
        print(f"没有 {'、'.join(missing)}，未核对：apt-get install default-jre-headless maven")
        sys.exit(1 if os.environ.get("CI") else 0)


def fetched_all(pom: Path) -> Path:
    """Return the folder of all libraries that a pom.xml names, fetched if they are not there.

    Maven holds them against the sums that their makers published.

    Raises:
        SystemExit: they cannot be fetched.
    """
    folder = FOLDER / hashlib.sha256(pom.read_bytes()).hexdigest()[:12]
    if not (folder / ".ready").is_file():
        command = ["mvn", "-q", "-B", "-f", str(pom), COPY_ALL, f"-DoutputDirectory={folder}"]
        if subprocess.run(command, check=False).returncode:
            sys.exit(f"取不到 {pom.parent.name} 的库")
        (folder / ".ready").touch()
    return folder
