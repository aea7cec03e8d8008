"""``hongtou sign``: a finished PDF, signed and certified; never over HTTP, never with a picture."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random

import pikepdf
import pytest
from asn1crypto import x509 as asn1_x509
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.generic import pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from hongtou.bulletin.errors import MalformedDocument, SetupError, UnknownOption
from hongtou.bulletin.order import OptionValue, Order
from hongtou.cli import main
from hongtou.outputs.enclosed import enclosed_in
from hongtou.resources import install_extra
from hongtou.signing import require_signing, signed
from scripts.judges import verapdf
from scripts.rooms import PACKAGE, imports, name_of, rooms
from tests.support.certificates import DAY, NOW, PASSPHRASE, certificate, pkcs12_file
from tests.support.readers import mupdf_page, mupdf_text
from tests.support.shop import ROOT, typesetter

pytestmark = pytest.mark.own_loop

EXAMPLE = (ROOT / "examples" / "jianbao.json").read_bytes()  # two pages


@cache
def made(output: str = "archive", **options: OptionValue) -> bytes:
    return typesetter().produce(EXAMPLE, Order(output, options=tuple(options.items()))).content


@cache
def ours(output: str = "archive", kind: str = "RSA", **options: OptionValue) -> bytes:
    """Return a signed file."""
    key = pkcs12_file(certificate(kind), kind)
    return signed(made(output, **options), key, PASSPHRASE, NOW)


def judged(content: bytes, kind: str = "RSA") -> PdfSignatureStatus:
    """Return what pyHanko's own validator says, which trusts the certificate itself."""
    (signature,) = PdfFileReader(io.BytesIO(content)).embedded_signatures
    root = asn1_x509.Certificate.load(certificate(kind).public_bytes(Encoding.DER))
    return validate_pdf_signature(signature, ValidationContext(trust_roots=[root]))


class TestWhatIsSigned:
    @pytest.mark.slow
    @pytest.mark.parametrize("kind", ["RSA", "ECDSA"])
    def test_is_valid_as_a_whole(self, kind: str) -> None:
        status = judged(ours(kind=kind), kind)
        assert status.bottom_line, status.pretty_print_details()
        assert "ENTIRE_FILE" in str(status.coverage)

    @pytest.mark.slow
    def test_is_pades_and_certified_with_no_changes_allowed(self) -> None:
        (signature,) = PdfFileReader(io.BytesIO(ours())).embedded_signatures
        assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
        assert signature.docmdp_level is MDPPerm.NO_CHANGES
        with pikepdf.open(io.BytesIO(ours())) as pdf:
            (reference,) = pdf.Root.Perms.DocMDP.Reference
            assert reference.TransformParams.P == 1

    @pytest.mark.slow
    @pytest.mark.parametrize("output", ["screen", "archive", "booklet", "copies"])
    def test_is_the_file_as_it_was_with_the_signature_behind_it(self, output: str) -> None:
        assert ours(output).startswith(made(output))
        assert len(ours(output)) - len(made(output)) < 16_000
        assert judged(ours(output)).bottom_line

    def test_looks_as_it_did_and_bears_nothing_like_a_seal(self) -> None:
        assert mupdf_page(ours(), 1).tobytes() == mupdf_page(made(), 1).tobytes()
        assert mupdf_text(ours()) == mupdf_text(made())
        with pikepdf.open(io.BytesIO(ours())) as pdf:
            (field,) = pdf.Root.AcroForm.Fields
            assert [*map(int, field.Rect)] == [0, 0, 0, 0]
            assert "/AP" not in field
            assert field.TU == "签名"

    def test_still_gives_back_the_issue_that_it_encloses(self) -> None:
        assert enclosed_in(ours()).files["issue.json"] == EXAMPLE

    def test_does_not_pass_after_a_change(self) -> None:
        content = ours()
        at = content.index(b"/Producer") + 12
        altered = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        assert not judged(altered).bottom_line

    def test_does_not_pass_with_anything_added_behind_it(self) -> None:
        writer = IncrementalPdfFileWriter(io.BytesIO(ours()))
        writer.root["/Marked"] = pdf_string("另一份")
        writer.update_root()
        added = io.BytesIO()
        writer.write(added)
        assert not judged(added.getvalue()).bottom_line

    def test_is_valid_to_poppler(self, tmp_path: Path) -> None:
        for output in ("screen", "archive"):
            path = tmp_path / f"{output}.pdf"
            path.write_bytes(ours(output))
            told = subprocess.run(
                ["pdfsig", "-nocert", path], capture_output=True, text=True, check=True
            ).stdout
            assert "Signature Validation: Signature is Valid." in told
            assert "Total document signed" in told

    @pytest.mark.slow
    @pytest.mark.skipif(
        shutil.which("java") is None or not verapdf.VERAPDF.path.is_file(),
        reason="没有 Java 或评判程序：make verapdf",
    )
    def test_keeps_to_the_standards_of_an_archive(self, tmp_path: Path) -> None:
        standards = {
            "3a": {"PDF/A-3a validation profile", "PDF/UA-1 validation profile"},
            "2a": {"PDF/A-2a validation profile", "PDF/UA-1 validation profile"},
            "4f": {"PDF/A-4f validation profile", "PDF/UA-2 + Tagged PDF validation profile"},
        }
        paths = {part: tmp_path / f"{part}.pdf" for part in standards}
        for part, path in paths.items():
            path.write_bytes(ours(part=part))
        results = verapdf.judged([*paths.values()])
        for part, path in paths.items():
            assert [*verapdf.faults(standards[part], results[path.name])] == []


class TestACertificate:
    def told(self, key: bytes, passphrase: str = PASSPHRASE) -> str:
        with pytest.raises(UnknownOption) as refused:
            signed(made(), key, passphrase, NOW)
        assert refused.value.hint
        return refused.value.message

    def test_under_another_passphrase(self) -> None:
        for wrong in ("口令 2", ""):
            assert self.told(pkcs12_file(certificate()), wrong) == "打不开证书：口令不对"

    @pytest.mark.slow
    @pytest.mark.parametrize("passphrase", ["", "x", "口令，带“引号”"])
    def test_under_any_passphrase_or_none(self, passphrase: str) -> None:
        key = pkcs12_file(certificate(), passphrase=passphrase)
        assert judged(signed(made(), key, passphrase, NOW)).bottom_line

    @pytest.mark.slow
    def test_that_has_expired(self) -> None:
        old = certificate(begins=NOW - 9 * DAY, ends=NOW - DAY)
        assert self.told(pkcs12_file(old)) == f"证书已在 {NOW - DAY:%Y-%m-%d} 过期"

    @pytest.mark.slow
    def test_that_is_not_valid_yet(self) -> None:
        coming = certificate(begins=NOW + DAY)
        assert self.told(pkcs12_file(coming)) == f"证书从 {NOW + DAY:%Y-%m-%d} 起才有效"

    @pytest.mark.slow
    def test_until_its_last_second(self) -> None:
        ends = NOW + timedelta(seconds=1)
        key = pkcs12_file(certificate(begins=NOW - 2 * DAY, ends=ends))
        assert signed(made(), key, PASSPHRASE, ends)

    @pytest.mark.slow
    def test_for_something_else(self) -> None:
        other = certificate(may_sign=False)
        assert self.told(pkcs12_file(other)) == "这张证书不是用来签名的"

    def test_without_its_key(self) -> None:
        key = pkcs12_file(certificate(), has_key=False)
        assert self.told(key) == "证书文件里没有私钥，或没有与它相配的证书"

    @pytest.mark.parametrize("key", [b"", b"no", certificate().public_bytes(Encoding.PEM)])
    def test_that_is_no_such_file(self, key: bytes) -> None:
        assert self.told(key) == "证书不是 PKCS#12 文件，或已损坏"


class TestADocument:
    def told(self, document: bytes) -> str:
        with pytest.raises(MalformedDocument) as refused:
            signed(document, pkcs12_file(certificate()), PASSPHRASE, NOW)
        assert refused.value.hint
        return refused.value.message

    @pytest.mark.parametrize(
        "document",
        [b"", b"{}", b"%PDF-1.7\n", made()[:9_000]],
        ids=["empty", "JSON", "a head", "cut off"],
    )
    def test_that_is_no_pdf(self, document: bytes) -> None:
        assert self.told(document) == "这不是 PDF，或已损坏"

    def test_that_a_reader_could_mend(self) -> None:
        assert "已损坏" in self.told(made().replace(b"startxref", b"startxxxx"))

    @pytest.mark.parametrize("seed", range(20))
    def test_that_is_damaged_anywhere(self, seed: int) -> None:
        chosen, damaged = Random(seed), bytearray(made())
        for _ in range(50):
            damaged[chosen.randrange(len(damaged))] ^= 0xFF
        assert "已损坏" in self.told(bytes(damaged))

    def test_of_another_program(self) -> None:
        written = io.BytesIO()
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            pdf.save(written)
        assert self.told(written.getvalue()) == "这份 PDF 不是本服务排出的"

    def test_that_is_signed_already(self) -> None:
        assert self.told(ours()) == "这份 PDF 已经签过名"

    @pytest.mark.parametrize("standard", ["x4", "x1a"])
    def test_for_the_press(self, standard: str) -> None:
        assert self.told(made("print", standard=standard)) == "付印的文件不签名"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a file, a certificate and its passphrase."""
    monkeypatch.chdir(tmp_path)
    Path("a.pdf").write_bytes(made())
    Path("a.p12").write_bytes(pkcs12_file(certificate()))
    Path("phrase").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    yield tmp_path


def run(*more: str, given: str | bytes = b"") -> Result:
    return CliRunner().invoke(main, ["sign", "a.pdf", "--certificate", "a.p12", *more], input=given)


FROM_FILE = ("--passphrase-file", "phrase")


class TestTheCommand:
    @pytest.mark.slow
    def test_writes_the_signed_file_and_leaves_the_other(self, desk: Path) -> None:
        result = run("-o", "b.pdf", *FROM_FILE)
        assert (result.exit_code, result.output) == (0, "已签名，写出 b.pdf\n")
        assert judged((desk / "b.pdf").read_bytes()).bottom_line
        assert (desk / "a.pdf").read_bytes() == made()

    @pytest.mark.slow
    def test_asks_for_the_passphrase_on_a_terminal(
        self, desk: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys.modules["hongtou.cli.sign"], "is_terminal", lambda: True)
        result = run("-o", "b.pdf", given=f"{PASSPHRASE}\n".encode())
        assert result.exit_code == 0, result.output
        assert "证书的口令" in result.stderr
        assert PASSPHRASE not in result.output

    def test_needs_a_file_of_it_where_there_is_none(self, desk: Path) -> None:
        result = run("-o", "b.pdf")
        assert (result.exit_code, "--passphrase-file" in result.stderr) == (2, True)

    @pytest.mark.parametrize("name", ["a.pdf", "./a.pdf", "link.pdf", "a.p12", "phrase"])
    def test_never_writes_over_a_file_that_it_reads(self, desk: Path, name: str) -> None:
        (desk / "link.pdf").symlink_to(desk / "a.pdf")
        before = (desk / name).read_bytes()
        result = run("-o", name, *FROM_FILE)
        assert (result.exit_code, "不改原来的文件" in result.stderr) == (2, True)
        assert (desk / name).read_bytes() == before

    @pytest.mark.slow
    def test_tells_where_nothing_can_be_written(self, desk: Path) -> None:
        result = run("-o", "nowhere/b.pdf", *FROM_FILE)
        assert result.exit_code == 4
        assert "nowhere/b.pdf" in result.stderr
        assert "Traceback" not in result.stderr

    def test_tells_of_a_passphrase_that_is_not_that_of_the_certificate(self, desk: Path) -> None:
        (desk / "phrase").write_text("不对")
        result = run("-o", "b.pdf", *FROM_FILE)
        assert (result.exit_code, "口令不对" in result.stderr) == (2, True)
        assert not (desk / "b.pdf").exists()

    def test_tells_of_a_file_of_it_that_is_no_text(self, desk: Path) -> None:
        (desk / "phrase").write_bytes(b"\xff\xfe\xff")
        assert "UTF-8" in run("-o", "b.pdf", *FROM_FILE).stderr

    @pytest.mark.slow
    def test_pours_the_file_to_standard_output(self, desk: Path) -> None:
        result = run("-o", "-", *FROM_FILE)
        assert judged(result.stdout_bytes).bottom_line


class TestWithoutTheExtra:
    def test_what_to_install_is_told(self, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "pyhanko", None)
        monkeypatch.setitem(sys.modules, "pyhanko.sign", None)
        with pytest.raises(SetupError) as refused:
            require_signing()
        assert refused.value.hint == f"请运行 {install_extra('sign')}"
        result = run("-o", "b.pdf")
        assert (result.exit_code, install_extra("sign") in result.stderr) == (4, True)

    @pytest.mark.slow
    def test_all_the_rest_is_imported(self) -> None:
        program = (
            "import sys\n"
            "for name in ('pyhanko', 'pyhanko_certvalidator', 'asn1crypto', 'cryptography'):\n"
            "    sys.modules[name] = None\n"
            "import hongtou.cli, hongtou.cli.sign, hongtou.signing, hongtou.web.serve"
        )
        subprocess.run([sys.executable, "-c", program], check=True, timeout=120)


class TestOverHttp:
    """Keys do not belong there."""

    @pytest.mark.slow
    def test_nothing_but_the_command_line_knows_of_signing(self) -> None:
        assert {name for name, room in rooms().items() if "signing" in room.arrows} == {"cli"}
        modules = {
            name_of(path)
            for path in PACKAGE.rglob("*.py")
            if any(name.startswith("hongtou.signing") for name in imports(path))
        }
        assert modules == {"cli.sign"}
