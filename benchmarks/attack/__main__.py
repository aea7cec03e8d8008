"""All attacks, or those that are named, and their record."""

from __future__ import annotations

import argparse
import subprocess
import sys
from importlib import import_module

from benchmarks.attack.row import Row
from benchmarks.service.record import ROOT, machine, write

PAGE = ROOT / "docs" / "security.md"
PARTS = {
    "requests": "单个请求",
    "cache": "留存",
    "bodies": "大的请求体",
    "connections": "不读、不出声、只发一半的连接",
    "cost": "合规而最费工的稿件",
    "fairness": "公平",
    "imports": "要导入的文件",
    "taken_worker": "被攻占的排版进程",
    "rolling_restart": "滚动重启",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attack")
    parser.add_argument("parts", nargs="*", metavar="|".join(PARTS))
    asked = parser.parse_args().parts or list(PARTS)
    tried = _holds if len(asked) == 1 else _holds_by_itself
    broken = [part for part in asked if not tried(part)]
    sys.exit(f"没有守住：{'、'.join(PARTS[part] for part in broken)}" if broken else 0)


def _holds_by_itself(part: str) -> bool:
    """Try one part in a process of its own: what one holds in memory is not the next one's."""
    return not subprocess.run([sys.executable, "-m", "benchmarks.attack", part]).returncode


def _holds(part: str) -> bool:
    """Try one part and record it; False where a promise was broken."""
    print(f"== {PARTS[part]}", flush=True)
    run_on = machine()
    rows: list[Row] = import_module(f"benchmarks.attack.{part}").run()
    try:
        write(
            f"attack-{part}",
            run_on,
            {row.name: f"{row.figures}{'' if row.ok else ' ✗'}" for row in rows},
            {f"{PARTS[part]}：{len(rows)} 项": all(row.ok for row in rows)},
            [(row.name, row.figures, row.ok) for row in rows],
            PAGE,
        )
    except SystemExit:
        return False
    return True


if __name__ == "__main__":
    main()
