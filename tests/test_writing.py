"""Where finished files go: whole or not there, and through devices, pipes and links.

The devices are of the test's own making: nothing of the machine is written to.
"""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from hongtou.cli.writing import is_standard_output, write_whole
from tests.support.machine import with_own_mounts

ROOT = Path(__file__).parents[1]
NULL, FULL = (1, 3), (1, 7)  # Documentation/admin-guide/devices.txt of Linux
WRITE = [
    sys.executable,
    "-P",
    "-c",
    "import sys\nfrom pathlib import Path\nfrom hongtou.cli.writing import write_whole\n"
    "try: write_whole(Path(sys.argv[1]), b'new' * int(sys.argv[2]))\n"
    "except OSError as fault: sys.exit(f'{fault.errno} {fault.filename}')",
]
STRANGER = 10001


def device(path: Path, number: tuple[int, int]) -> Path:
    try:
        os.mknod(path, 0o666 | stat.S_IFCHR, os.makedev(*number))
        path.write_bytes(b"") if number == NULL else None
    except OSError as refusal:
        pytest.skip(f"这里不能建设备文件：{refusal}")
    return path


def write_as_stranger(target: Path) -> subprocess.CompletedProcess[str]:
    """Write as one who is not root, in a folder that everybody may write to."""
    under: list[str] = []
    if os.geteuid() == 0:
        for folder in target.parents:
            if folder.name.startswith(("pytest-", "popen-", "test_")):
                folder.chmod(folder.stat().st_mode | 0o011)
        under = ["setpriv", f"--reuid={STRANGER}", f"--regid={STRANGER}", "--clear-groups"]
        if target.parent.stat().st_mode & stat.S_IWUSR:
            target.parent.chmod(target.parent.stat().st_mode | stat.S_IWOTH)
        tried = subprocess.run(
            [*under, sys.executable, "-c", "import hongtou"],
            cwd=ROOT,
            check=False,
            capture_output=True,
        )
        if tried.returncode:
            pytest.skip("别的用户运行不了这里的 Python")
    return subprocess.run(
        [*under, *WRITE, str(target), "1"], capture_output=True, text=True, cwd=ROOT, check=False
    )


class TestDevices:
    def test_null_stays_a_device(self, tmp_path: Path) -> None:
        target = device(tmp_path / "null", NULL)
        write_whole(target, b"new")
        assert stat.S_ISCHR(target.stat().st_mode)
        assert list(tmp_path.iterdir()) == [target]

    def test_full_is_named_and_stays_a_device(self, tmp_path: Path) -> None:
        target = device(tmp_path / "full", FULL)
        with pytest.raises(OSError) as refusal:
            write_whole(target, b"new")
        assert (refusal.value.errno, refusal.value.filename) == (errno.ENOSPC, str(target))
        assert stat.S_ISCHR(target.stat().st_mode)

    def test_a_link_to_a_device_too(self, tmp_path: Path) -> None:
        target = device(tmp_path / "null", NULL)
        (tmp_path / "link").symlink_to(target)
        write_whole(tmp_path / "link", b"new")
        assert (tmp_path / "link").is_symlink()
        assert stat.S_ISCHR(target.stat().st_mode)

    def test_a_whole_disk_is_refused(self, tmp_path: Path) -> None:
        target = tmp_path / "disk"
        try:
            os.mknod(target, 0o666 | stat.S_IFBLK, os.makedev(7, 255))
        except OSError as refusal:
            pytest.skip(f"这里不能建设备文件：{refusal}")
        with pytest.raises(PermissionError, match="disk"):
            write_whole(target, b"new")


class TestPipes:
    def test_the_reader_gets_all(self, tmp_path: Path) -> None:
        target = tmp_path / "pipe"
        os.mkfifo(target)
        content = bytes(range(256)) * 4096  # more than a pipe holds
        read: list[bytes] = []
        reader = threading.Thread(target=lambda: read.append(target.read_bytes()))
        reader.start()
        write_whole(target, content)
        reader.join(30)
        assert read == [content]
        assert stat.S_ISFIFO(target.stat().st_mode)

    def test_a_reader_that_goes_away_is_told_of(self, tmp_path: Path) -> None:
        target = tmp_path / "pipe"
        os.mkfifo(target)
        reader = threading.Thread(target=lambda: target.open("rb").close())
        reader.start()
        with pytest.raises(BrokenPipeError) as refusal:
            write_whole(target, bytes(1024 * 1024))
        reader.join(30)
        assert refusal.value.filename == str(target)

    @pytest.mark.slow
    @pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "-"])
    def test_standard_output_by_any_name(self, tmp_path: Path, name: str) -> None:
        """A file behind it is written on, not replaced: what stands before it stays."""
        with (tmp_path / "out").open("wb") as out:
            out.write(b"old")
            out.flush()
            subprocess.run([*WRITE, name, "1"], stdout=out, check=True, cwd=ROOT)
        assert (tmp_path / "out").read_bytes() == b"oldnew"

    @pytest.mark.slow
    def test_any_open_file_by_its_number(self, tmp_path: Path) -> None:
        with (tmp_path / "out").open("wb") as out:
            number = out.fileno()
            subprocess.run(
                [*WRITE, f"/dev/fd/{number}", "1"], pass_fds=[number], check=True, cwd=ROOT
            )
        assert (tmp_path / "out").read_bytes() == b"new"

    @pytest.mark.slow
    def test_a_number_that_is_not_open_is_told_of(self) -> None:
        ended = subprocess.run(
            [*WRITE, "/dev/fd/99", "1"], capture_output=True, text=True, cwd=ROOT, check=False
        )
        assert ended.stderr == f"{errno.EBADF} /dev/fd/99\n"


class TestLinks:
    def test_a_link_is_followed_and_stays(self, tmp_path: Path) -> None:
        target, link = tmp_path / "folder" / "a.pdf", tmp_path / "b.pdf"
        target.parent.mkdir()
        target.write_bytes(b"old")
        link.symlink_to("folder/a.pdf")
        before = target.stat().st_ino
        write_whole(link, b"new")
        assert link.readlink() == Path("folder/a.pdf")
        assert target.read_bytes() == b"new"
        assert target.stat().st_ino != before, "replaced at once, not written over"
        assert list(target.parent.iterdir()) == [target]

    def test_a_link_to_nothing_makes_what_it_points_to(self, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to(tmp_path / "a.pdf")
        write_whole(tmp_path / "link", b"new")
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "a.pdf").read_bytes() == b"new"

    @pytest.mark.parametrize(
        ("points_to", "number"), [("nowhere/a.pdf", errno.ENOENT), ("link", errno.ELOOP)]
    )
    def test_a_link_that_leads_nowhere_is_named(
        self, tmp_path: Path, points_to: str, number: int
    ) -> None:
        link = tmp_path / "link"
        link.symlink_to(points_to)
        with pytest.raises(OSError) as refusal:
            write_whole(link, b"new")
        assert (refusal.value.errno, refusal.value.filename) == (number, str(link))

    def test_every_name_of_a_file_sees_the_new_one(self, tmp_path: Path) -> None:
        one, other = tmp_path / "one", tmp_path / "other"
        one.write_bytes(b"a longer old one")
        os.link(one, other)
        write_whole(one, b"new")
        assert other.read_bytes() == b"new"
        assert one.samefile(other)

    @pytest.mark.parametrize(("links", "is_output"), [(39, True), (40, False)])
    def test_as_many_are_followed_as_the_kernel_follows(
        self, tmp_path: Path, links: int, is_output: bool
    ) -> None:
        target = Path("/proc/self/fd/1")
        for number in range(links):
            (tmp_path / str(number)).symlink_to(target)
            target = tmp_path / str(number)
        assert is_standard_output(target) is is_output


class TestRights:
    def test_owner_group_and_mode_stay(self, tmp_path: Path) -> None:
        target = tmp_path / "a.pdf"
        target.write_bytes(b"old")
        target.chmod(0o640)
        if os.geteuid() == 0:
            os.chown(target, STRANGER, STRANGER)
        before = target.stat()
        write_whole(target, b"new")
        after = target.stat()
        assert (after.st_uid, after.st_gid, after.st_mode) == (
            before.st_uid,
            before.st_gid,
            before.st_mode,
        )

    @pytest.mark.slow
    def test_a_group_that_cannot_be_kept_lends_its_rights_to_no_other(self, tmp_path: Path) -> None:
        if os.geteuid():
            pytest.skip("只有 root 能造出别人的文件")
        target = tmp_path / "a.pdf"
        target.write_bytes(b"old")
        os.chown(target, STRANGER + 1, STRANGER + 1)
        target.chmod(0o662)
        ended = write_as_stranger(target)
        assert ended.returncode == 0, ended.stderr
        assert target.read_bytes() == b"new"
        assert target.stat().st_uid == STRANGER
        assert stat.S_IMODE(target.stat().st_mode) == 0o622

    @pytest.mark.slow
    def test_a_file_that_may_not_be_written_is_not_replaced(self, tmp_path: Path) -> None:
        target = tmp_path / "a.pdf"
        target.write_bytes(b"old")
        target.chmod(0o444)
        assert write_as_stranger(target).stderr == f"{errno.EACCES} {target}\n"
        assert target.read_bytes() == b"old"

    @pytest.mark.slow
    def test_a_folder_that_takes_no_new_file_may_hold_one_that_can_be_written(
        self, tmp_path: Path
    ) -> None:
        target = tmp_path / "folder" / "a.pdf"
        target.parent.mkdir()
        target.write_bytes(b"old")
        target.chmod(0o666)
        target.parent.chmod(0o555)
        assert write_as_stranger(target).returncode == 0
        assert target.read_bytes() == b"new"
        target.parent.chmod(0o755)


class TestPlaces:
    def test_a_folder_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(IsADirectoryError) as refusal:
            write_whole(tmp_path, b"new")
        assert refusal.value.filename == str(tmp_path)

    def test_a_folder_that_is_not_there_is_named_by_the_target(self, tmp_path: Path) -> None:
        target = tmp_path / "nowhere" / "a.pdf"
        with pytest.raises(FileNotFoundError) as refusal:
            write_whole(target, b"new")
        assert refusal.value.filename == str(target)

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "names", [("a.pdf",), ("a.pdf", "b.pdf")], ids=["one name", "two names"]
    )
    def test_a_full_disk_leaves_the_old_file_and_nothing_else(
        self, tmp_path: Path, names: tuple[str, ...]
    ) -> None:
        links = "\n".join(f"ln {tmp_path}/a.pdf {tmp_path}/{name}" for name in names[1:])
        under = with_own_mounts(
            f"mount -t tmpfs -o size=64k none {tmp_path}\nprintf old > {tmp_path}/a.pdf\n{links}"
        )
        shown = f'"$@"; cat {tmp_path}/a.pdf; ls -A {tmp_path}'
        ended = subprocess.run(
            [*under, "sh", "-c", shown, "sh", *WRITE, f"{tmp_path}/a.pdf", "100000"],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )
        assert ended.stderr == f"{errno.ENOSPC} {tmp_path}/a.pdf\n"
        assert ended.stdout == "old" + "".join(f"{name}\n" for name in names)

    @pytest.mark.slow
    def test_a_folder_that_takes_no_new_file_is_written_in_where_the_file_allows(
        self, tmp_path: Path
    ) -> None:
        """As a file that is mounted by itself into a container."""
        (tmp_path / "inside").write_bytes(b"old")
        (tmp_path / "outside").write_bytes(b"old")
        under = with_own_mounts(f"mount --bind {tmp_path}/outside {tmp_path}/inside")
        subprocess.run([*under, *WRITE, f"{tmp_path}/inside", "1"], check=True, cwd=ROOT)
        assert (tmp_path / "outside").read_bytes() == b"new"

    @pytest.mark.slow
    def test_a_read_only_folder_is_named_by_the_target(self, tmp_path: Path) -> None:
        under = with_own_mounts(f"mount -t tmpfs -o ro none {tmp_path}")
        ended = subprocess.run(
            [*under, *WRITE, f"{tmp_path}/a.pdf", "1"],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )
        assert ended.stderr == f"{errno.EROFS} {tmp_path}/a.pdf\n"
