"""Let the judges look at nine issues in every standard; end with 1 if a rule failed.

``python -m scripts.judges``, or ``make verapdf``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from hongtou.config import read_config
from hongtou.pipeline import Typesetter
from scripts.judges import jhove, verapdf
from scripts.judges.corpus import corpus
from scripts.judges.jars import need_java
from scripts.judges.orders import JUDGEMENTS, Judgement

Files = Mapping[Path, Judgement]


def write_files(folder: Path) -> Files:
    """Write every issue in every order into a folder; return by whom each file is judged."""
    typesetter = Typesetter.open(read_config({}))
    files: dict[Path, Judgement] = {}
    for issue in corpus():
        for judgement in JUDGEMENTS:
            path = folder / f"{issue.name}-{judgement.name}.pdf"
            edition = typesetter.produce(issue.document, judgement.order, issue.images)
            path.write_bytes(edition.content)
            files[path] = judgement
    return files


def faults(files: Files) -> Iterator[tuple[str, str]]:
    """Yield the names of files with what is wrong with them; Java starts once for each judge."""
    by_rules = sorted(files, key=lambda path: (str(files[path].rules), not files[path].profiles))
    for (rules, has_profiles), group in groupby(
        by_rules, key=lambda path: (files[path].rules, bool(files[path].profiles))
    ):
        paths = list(group)
        if not has_profiles:
            yield from jhove.faults_by_file(paths)
            continue
        results = verapdf.judged(paths, rules)
        for path in paths:
            found = results.get(path.name, ())
            for fault in verapdf.faults(set(files[path].profiles), found):
                yield path.name, fault


def count_judgements(judgements: Sequence[Judgement]) -> int:
    """Return how many standards the files were held against."""
    return sum(len(judgement.profiles) or 1 for judgement in judgements)


def main() -> None:
    """Judge all files."""
    need_java()
    with TemporaryDirectory() as folder:
        files = write_files(Path(folder))
        found = list(faults(files))
    for name, fault in found:
        print(f"{name}：{fault}")
    count = count_judgements([*files.values()])
    print(
        f"veraPDF {verapdf.VERAPDF.version}、JHOVE {jhove.JARS[0].version}："
        f"{len(files)} 个文件，{count} 次核对，{len(found)} 处不合"
    )
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
