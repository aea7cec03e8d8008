"""`hongtou keys new`: a key is shown once, its line is added whole, and the service can read it."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hongtou.cli import main
from hongtou.keys import KeyRing, parse_keys

ROOT = Path(__file__).parents[1]
NEW = [sys.executable, "-P", "-m", "hongtou", "keys", "new"]


def new(place: str | Path, name: str = "办公系统") -> Result:
    return CliRunner().invoke(main, ["keys", "new", "--name", name, "--to", str(place)])


def names(path: Path) -> list[str]:
    return [key.name for key in parse_keys(path.read_text(encoding="utf-8"))]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


class TestFile:
    def test_a_line_is_added_and_lets_the_key_in(self, tmp_path: Path) -> None:
        for name in ("一", "二"):
            told = new(tmp_path / "keys", name)
        assert told.stdout.strip() not in (tmp_path / "keys").read_text(encoding="utf-8")
        assert names(tmp_path / "keys") == ["一", "二"]
        found = KeyRing(tmp_path / "keys").key_of(told.stdout.strip())
        assert found and found.name == "二"

    def test_whoever_runs_the_service_may_read_it(self, tmp_path: Path) -> None:
        before = os.umask(0o077)
        try:
            new(tmp_path / "keys")
        finally:
            os.umask(before)
        assert mode(tmp_path / "keys") == 0o644

    def test_the_rights_of_a_file_that_is_there_stay(self, tmp_path: Path) -> None:
        (tmp_path / "keys").touch(0o600)
        new(tmp_path / "keys")
        assert mode(tmp_path / "keys") == 0o600

    def test_a_last_line_without_an_end_stays_a_line(self, tmp_path: Path) -> None:
        path = tmp_path / "keys"
        new(path, "一")
        path.write_bytes(path.read_bytes().rstrip(b"\n"))
        new(path, "二")
        assert names(path) == ["一", "二"]

    def test_a_link_is_followed(self, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to(tmp_path / "keys")
        new(tmp_path / "link")
        assert (tmp_path / "link").is_symlink()
        assert names(tmp_path / "keys") == ["办公系统"]

    @pytest.mark.slow
    def test_many_at_once_lose_no_line(self, tmp_path: Path) -> None:
        path = tmp_path / "keys"
        path.write_text("# 密钥", encoding="utf-8")  # no end of line, so that each would add one
        wanted = [f"第{number}把" for number in range(8)]
        running = [
            subprocess.Popen(
                [*NEW, "--name", name, "--to", str(path)],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            for name in wanted
        ]
        shown = [process.communicate()[0].decode().strip() for process in running]
        assert sorted(names(path)) == sorted(wanted)
        assert "\n\n" not in path.read_text(encoding="utf-8")
        ring = KeyRing(path)
        assert all(ring.key_of(secret) for secret in shown)

    def test_whoever_runs_the_service_may_enter_all_folders_that_were_made(
        self, tmp_path: Path
    ) -> None:
        before = os.umask(0o077)
        try:
            new(f"{tmp_path}/etc/hongtou/keys/")
        finally:
            os.umask(before)
        made = [tmp_path / "etc", tmp_path / "etc/hongtou", tmp_path / "etc/hongtou/keys"]
        assert [mode(folder) for folder in made] == [0o755] * 3

    @pytest.mark.parametrize("name", ["乙/丙", ".甲", "\U00020000" * 61])
    def test_a_name_that_names_no_file_of_its_own_is_refused(
        self, tmp_path: Path, name: str
    ) -> None:
        told = new(f"{tmp_path}/keys/", name)
        assert told.exit_code == 2
        assert not (tmp_path / "keys").exists()

    @pytest.mark.parametrize("where", ["nowhere/keys", "file/keys"])
    def test_what_cannot_be_written_is_named(self, tmp_path: Path, where: str) -> None:
        (tmp_path / "file").touch()
        told = new(tmp_path / where)
        assert told.exit_code == 4
        assert where in told.stderr
        assert told.stdout == ""

    @pytest.mark.slow
    def test_a_key_that_nobody_saw_lets_nobody_in(self, tmp_path: Path) -> None:
        path = tmp_path / "keys"
        new(path, "一")
        ended = subprocess.run(
            ["sh", "-c", 'exec "$@" >&-', "sh", *NEW, "--name", "二", "--to", str(path)],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        assert ended.returncode == 4
        assert "标准输出" in ended.stderr
        assert names(path) == ["一"]


class TestFolder:
    def test_each_name_has_a_file(self, tmp_path: Path) -> None:
        folder = tmp_path / "keys"
        shown = [new(f"{folder}/", name).stdout.strip() for name in ("甲", "乙.丙", "甲")]
        assert sorted(path.name for path in folder.iterdir()) == ["乙.丙.keys", "甲.keys"]
        assert names(folder / "甲.keys") == ["甲", "甲"]
        ring = KeyRing(folder)
        assert all(ring.key_of(secret) for secret in shown)

    def test_whoever_runs_the_service_may_read_it(self, tmp_path: Path) -> None:
        before = os.umask(0o077)
        try:
            new(f"{tmp_path / 'keys'}/")
        finally:
            os.umask(before)
        assert mode(tmp_path / "keys") == 0o755
        assert [mode(path) for path in (tmp_path / "keys").iterdir()] == [0o644]

    def test_a_folder_that_is_there_needs_no_slash(self, tmp_path: Path) -> None:
        new(tmp_path)
        assert names(tmp_path / "办公系统.keys") == ["办公系统"]


@pytest.mark.parametrize(
    "name",
    ["", "  ", "\u3000", "a\nb", "a\tb", "a\0b", "a\x1b[31m", "\u202egnp", "a\u2028b", "名" * 65],
)
def test_a_name_that_would_spoil_the_log_is_refused(tmp_path: Path, name: str) -> None:
    told = new(tmp_path / "keys", name)
    assert told.exit_code == 2
    assert not (tmp_path / "keys").exists()


def test_spaces_in_a_name_become_one(tmp_path: Path) -> None:
    new(tmp_path / "keys", " 市\u3000 办  公室 ")
    assert names(tmp_path / "keys") == ["市 办 公室"]
