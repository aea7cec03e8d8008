"""The command line on bad days: streams that are closed, full or unread; input without an end."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hongtou.cli import editions

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "jianbao.json"
HONGTOU = [sys.executable, "-P", "-m", "hongtou"]
MEMORY_KIB = 2 * 1024 * 1024  # of address space: far less than the inputs below


def run(
    arguments: str, *, folder: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command line of the shell; ``hongtou`` is this code's."""
    return subprocess.run(
        [
            "bash",
            "-c",
            f'set -o pipefail; hongtou() {{ "{HONGTOU[0]}" -P -m hongtou "$@"; }}; {arguments}',
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, **environment},
    )


def refused(ended: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    assert ended.returncode == code, ended.stderr
    assert "Traceback" not in ended.stderr
    assert "Exception ignored" not in ended.stderr
    for word in words:
        assert word in ended.stderr


class TestInput:
    @pytest.mark.parametrize("command", ["render -o a.pdf", "check"])
    def test_a_device_without_an_end(self, tmp_path: Path, command: str) -> None:
        told = run(f"ulimit -v {MEMORY_KIB}; hongtou {command} /dev/zero", folder=tmp_path)
        refused(told, 3, "超过上限 2 MB")
        assert list(tmp_path.iterdir()) == []

    def test_standard_input_without_an_end(self) -> None:
        refused(run(f"ulimit -v {MEMORY_KIB}; hongtou check - < /dev/zero"), 3, "超过上限")

    def test_a_file_larger_than_memory(self, tmp_path: Path) -> None:
        with (tmp_path / "big.json").open("wb") as file:
            file.truncate(3 * 1024**3)
        refused(
            run(
                f"ulimit -v {MEMORY_KIB}; hongtou check big.json",
                folder=tmp_path,
                PYTHONPATH=str(ROOT),
            ),
            3,
            "超过上限",
        )

    def test_no_more_is_read_than_shows_it(self) -> None:
        ended = run("head -c 100M /dev/zero | { hongtou check -; wc -c; }")
        assert "超过上限" in ended.stderr
        assert int(ended.stdout) > 95 * 1024 * 1024  # were left

    def test_standard_input_is_closed(self) -> None:
        refused(run("hongtou check - <&-"), 4, "标准输入", "已经关闭")


class TestOutput:
    @pytest.mark.parametrize(
        "command",
        [f"render {EXAMPLE} -o -", f"check {EXAMPLE} --json", "layouts", "keys new --name a"],
    )
    @pytest.mark.parametrize(
        ("where", "told"),
        [(">&-", "已经关闭"), ("> /dev/full", "磁盘已满"), ("| true", "已经结束")],
    )
    def test_what_cannot_be_written_is_told(self, command: str, where: str, told: str) -> None:
        wait = "sleep 0.3; " if where == "| true" else ""  # until nobody reads any more
        refused(run(f"({wait}hongtou {command}) {where}"), 4, "标准输出", told)

    @pytest.mark.parametrize("command", ["--help", "render --help", "--version"])
    def test_also_of_the_help(self, command: str) -> None:
        refused(run(f"hongtou {command} > /dev/full"), 4, "标准输出", "磁盘已满")

    @pytest.mark.parametrize("where", ["2>&-", "2> /dev/full"])
    def test_messages_that_nobody_can_hear_stop_nothing(self, where: str) -> None:
        assert run(f"hongtou check {EXAMPLE} {where}").returncode == 0
        assert run(f"hongtou check --nonsense {where}").returncode == 2
        assert run(f"hongtou check /dev/null {where}").returncode == 3

    def test_no_file_takes_the_number_of_a_closed_stream(self, tmp_path: Path) -> None:
        """Else what is written to standard error stands in the first file that was opened."""
        program = (
            "import os; from hongtou.cli.streams import prepare; prepare()\n"
            "file = os.open('file', os.O_CREAT | os.O_RDWR)\n"
            "os.write(2, b'a message'); os.write(1, b'a result')\n"
            "os._exit(os.fstat(file).st_size)"
        )
        ended = run(
            f'{sys.executable} -c "{program}" <&- >&- 2>&-', folder=tmp_path, PYTHONPATH=str(ROOT)
        )
        assert ended.returncode == 0

    def test_a_terminal_without_chinese(self) -> None:
        ended = run("hongtou layouts", PYTHONIOENCODING="ascii:strict")
        assert ended.returncode == 0
        assert "\\u7b80\\u62a5" in ended.stdout


class TestArguments:
    @pytest.mark.parametrize(
        "arguments",
        [
            f"{EXAMPLE} -o - --report -",
            f"{EXAMPLE} -o /dev/stdout --json",
            f"{EXAMPLE} --report /dev/stdout --json -o a.pdf",
            f"{EXAMPLE} -o a.pdf --report a.pdf",
            "issue.json -o issue.json",
            "issue.json -o link.json",
            "issue.json --report issue.json",
        ],
    )
    def test_nothing_is_written_over_what_is_needed(self, tmp_path: Path, arguments: str) -> None:
        shutil.copy(EXAMPLE, tmp_path / "issue.json")
        (tmp_path / "link.json").symlink_to("issue.json")
        refused(run(f"hongtou render {arguments}", folder=tmp_path), 2)
        assert (tmp_path / "issue.json").read_bytes() == EXAMPLE.read_bytes()
        assert sorted(path.name for path in tmp_path.iterdir()) == ["issue.json", "link.json"]

    def test_a_report_goes_where_an_edition_would(self, tmp_path: Path) -> None:
        (tmp_path / "link.json").symlink_to("report.json")
        ended = run(f"hongtou render {EXAMPLE} -o a.pdf --report link.json", folder=tmp_path)
        assert ended.returncode == 0
        assert (tmp_path / "link.json").is_symlink()
        assert (tmp_path / "report.json").read_text().startswith("{")


def test_processes_of_a_run_take_nothing_from_the_current_folder(tmp_path: Path) -> None:
    for name in ("json", "multiprocessing", "pickle", "threading"):
        (tmp_path / f"{name}.py").write_text("open('ran', 'a').write(__name__)")
    (tmp_path / "hongtou").mkdir()
    (tmp_path / "hongtou" / "__init__.py").write_text("open('ran', 'a').write(__name__)")
    for name in ("one.json", "two.json"):
        shutil.copy(EXAMPLE, tmp_path / name)
    ended = run("hongtou render one.json two.json -o out", folder=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["one.pdf", "two.pdf"]
    assert not (tmp_path / "ran").exists()


def test_processes_started_after_a_run_are_not_kept_from_the_current_folder() -> None:
    def setting() -> str:
        command = ["/bin/sh", "-c", "echo $PYTHONSAFEPATH"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    with editions._away_from_the_folder():
        assert setting() == "1"
    assert setting() == ""
