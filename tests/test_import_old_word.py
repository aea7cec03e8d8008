"""Old Word files: LibreOffice writes them anew, confined and within a time, where it is installed."""

from __future__ import annotations

import errno
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Timer

import pytest

from benchmarks.importing.rounds import docx_of
from benchmarks.typography.bulletins import bulletin
from hongtou.bulletin.errors import ImportRefused, StorageFull
from hongtou.doctor.software import look_at_office
from hongtou.importing.old_word import OLE, is_old_word
from hongtou.importing.reading import read_file
from hongtou.rendering import Cancelled, office
from hongtou.rendering.sandbox import probe_protections
from hongtou.resources import office_program
from tests.support.word import paragraph, word_file

INSTALLED = office_program()
PYTHON = Path(sys.executable).resolve()  # a virtual environment is not among its files
DOCX = word_file(paragraph("旧稿里的一段。"))

StandIn = Callable[[str], None]


def old_file(*names: str, flags: int = 0) -> bytes:
    """Return the beginning of a container with these names in its directory."""
    text = b"\xec\xa5".ljust(10, b"\0") + flags.to_bytes(2, "little")
    entries = b"".join(f"{name}\0".encode("utf-16-le") for name in names)
    return OLE.ljust(512, b"\0") + text + entries


OLD = old_file("WordDocument")


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """Have a script be LibreOffice: it runs in the folder of one conversion."""
    folder = tmp_path / "office"
    folder.mkdir()
    (folder / "given.docx").write_bytes(DOCX)

    def install(script: str) -> None:
        program = folder / "soffice"
        program.write_text(f"#!{PYTHON}\n{script}", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(folder))

    return install


WRITE = """import os, shutil, sys
os.mkdir("out")
shutil.copy(os.path.join(os.path.dirname(sys.argv[0]), "given.docx"), "out/source.docx")
"""


class TestWhatItIs:
    @pytest.mark.parametrize("content", [OLD, b"{\\rtf1 a}"], ids=["Word and WPS", "RTF"])
    def test_its_bytes_tell(self, content: bytes) -> None:
        assert is_old_word(content)
        assert not is_old_word(DOCX)
        assert not is_old_word(b"text.doc")

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (old_file("EncryptedPackage"), "密码"),
            (old_file("WordDocument", flags=0x0100), "密码"),
            (old_file("WordDocument", "_VBA_PROJECT"), "宏"),
            (old_file("Workbook"), "不是 Word"),
            (OLE, "不是 Word"),
        ],
    )
    def test_what_no_program_should_see_is_refused(self, content: bytes, words: str) -> None:
        with pytest.raises(ImportRefused, match=words) as refused:
            office.as_docx(content)
        assert refused.value.hint

    def test_without_the_program_it_is_refused_with_a_remedy(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", "")
        assert office.as_docx(OLD) == OLD
        with pytest.raises(ImportRefused, match="没有 LibreOffice") as refused:
            read_file(OLD)
        assert "另存为 .docx" in refused.value.hint
        assert "另存为 .docx" in next(look_at_office()).detail

    def test_the_doctor_names_the_program(self, stand_in: StandIn) -> None:
        stand_in("")
        (check,) = look_at_office()
        assert check.ok
        assert check.detail.endswith("/office/soffice")

    def test_a_full_disk_is_told_with_what_to_do(
        self, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stand_in("")

        def full(file: Path, content: bytes) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(Path, "write_bytes", full)
        with pytest.raises(StorageFull, match="磁盘已满") as refused:
            office.as_docx(OLD)
        assert "另存为 .docx" in refused.value.hint


@pytest.mark.slow
class TestTheProgram:
    def test_what_it_writes_is_read(self, stand_in: StandIn) -> None:
        stand_in(WRITE)
        assert office.as_docx(OLD) == DOCX

    def test_other_files_never_come_to_it(self, stand_in: StandIn) -> None:
        stand_in("raise SystemExit(1)")
        assert office.as_docx(DOCX) == DOCX

    def test_its_failure_is_told(self, stand_in: StandIn) -> None:
        stand_in("raise SystemExit(1)")
        with pytest.raises(ImportRefused, match="没有转成"):
            office.as_docx(OLD)

    def test_it_is_killed_with_all_that_it_started(
        self, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(office, "SECONDS", 1.5)
        stand_in("import subprocess\nsubprocess.run(['/bin/sleep', '86399'])")
        with pytest.raises(ImportRefused, match="超过"):
            office.as_docx(OLD)
        left = subprocess.run(
            ["/bin/ps", "-eo", "args"], capture_output=True, text=True, check=True
        )
        assert "sleep 86399" not in left.stdout

    def test_a_client_that_left_ends_it(self, stand_in: StandIn) -> None:
        stand_in("import time\ntime.sleep(60)")
        gone: list[bool] = []
        Timer(0.5, lambda: gone.append(True)).start()
        start = time.monotonic()
        with pytest.raises(Cancelled):  # and is counted as such, not as a file that is refused
            office.as_docx(OLD, lambda: bool(gone))
        assert time.monotonic() - start < office.SECONDS

    @pytest.mark.parametrize(
        "attempt",
        [
            "import socket; socket.create_connection(('127.0.0.1', 9), 1)",
            "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
            "open({secret!r}).read()",
            "open({secret!r}, 'w')",
        ],
    )
    def test_it_has_no_network_and_no_foreign_files(
        self, stand_in: StandIn, tmp_path: Path, attempt: str
    ) -> None:
        if "open" in attempt and "landlock" not in probe_protections():
            pytest.skip("this kernel has no Landlock")
        secret = tmp_path / "secret"
        secret.write_text("kept", encoding="utf-8")
        tried = attempt.format(secret=str(secret))
        stand_in(f"try:\n    {tried}\nexcept OSError as fault:\n    assert fault.errno in (1, 13)\n"
                 f"else:\n    raise SystemExit(1)\n{WRITE}")  # fmt: skip
        assert office.as_docx(OLD) == DOCX
        assert secret.read_text(encoding="utf-8") == "kept"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """An issue as LibreOffice writes it in the old forms."""
    folder = tmp_path_factory.mktemp("old")
    (folder / "a.docx").write_bytes(docx_of(bulletin(3)))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    for form in ("doc", "rtf"):
        command = [INSTALLED, profile, "--headless", "--convert-to", form, "a.docx"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    return {form: (folder / f"a.{form}").read_bytes() for form in ("doc", "rtf")}


@pytest.mark.slow
@pytest.mark.skipif(not INSTALLED, reason="LibreOffice is not installed")
class TestLibreOffice:
    def test_a_doc_gives_the_same_issue_as_a_docx(self, written: dict[str, bytes]) -> None:
        found = read_file(office.as_docx(written["doc"]))
        assert found.issue == read_file(docx_of(bulletin(3))).issue

    def test_an_rtf_gives_the_same_words(self, written: dict[str, bytes]) -> None:
        found = read_file(office.as_docx(written["rtf"]))
        wanted = read_file(docx_of(bulletin(3))).issue
        assert [one["headline"] for one in found.issue["articles"]] == [
            one["headline"] for one in wanted["articles"]
        ]

    def test_a_damaged_doc_is_read_or_refused(self, written: dict[str, bytes]) -> None:
        whole = written["doc"]
        for cut in (600, len(whole) // 2):
            damaged = whole[:cut] + b"\0" * 64 + "WordDocument\0".encode("utf-16-le")
            try:
                read_file(office.as_docx(damaged))
            except ImportRefused as refused:
                assert refused.hint
