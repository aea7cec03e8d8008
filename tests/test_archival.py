"""PDF for the archive: what it claims, what it carries, and that the same comes out of it again."""

from __future__ import annotations

import io
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from hongtou import __version__
from hongtou.bulletin.errors import EngineFault, MalformedDocument, ReviewFailed, TooLarge
from hongtou.bulletin.finding import Severity
from hongtou.bulletin.limits import MAX_SOURCE_BYTES
from hongtou.bulletin.order import Order, Purpose
from hongtou.cli import main
from hongtou.cli.exits import DONE, ISSUE_AT_FAULT
from hongtou.outputs.archive import PART
from hongtou.outputs.enclosed import carried, enclosed_in
from hongtou.outputs.enclosing import MEDIA_TYPES
from hongtou.pages.edition import Edition
from hongtou.preflight.profiles import ARCHIVAL_PDF, SCREEN_PDF
from hongtou.zip_package import packed
from tests.support.documents import article, document, encoded, masthead
from tests.support.finished import saved
from tests.support.golden import EVERY_FIELD
from tests.support.pictures import village
from tests.support.readers import mupdf_text, pdfium_text, poppler_text
from tests.support.shop import ROOT, typesetter

pytestmark = pytest.mark.slow

PICTURES = {"village.png": village()}
SENT = json.dumps(EVERY_FIELD.document(), ensure_ascii=False).encode()
PARTS = tuple(PART.values)
GENERALIZED = pikepdf.StreamDecodeLevel.generalized


def order(part: str, **other: Any) -> Order:
    options = () if part == PART.default else ((PART.name, part),)
    return Order("archive", options=options, **other)


@cache
def made(part: str) -> Edition:
    return typesetter().produce(SENT, order(part), PICTURES)


def with_picture(name: str) -> bytes:
    return encoded(document(articles=[article([{"type": "figure", "image": name}])]))


@cache
def for_the_screen() -> Edition:
    return typesetter().produce(SENT, Order(), PICTURES)


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def test_an_archive_has_a_name_of_its_own() -> None:
    assert made("3a").file_name.endswith("（归档）.pdf")
    assert made("3a").ascii_name.endswith("-archive.pdf")


@pytest.mark.parametrize("read", [poppler_text, pdfium_text, mupdf_text])
@pytest.mark.parametrize("part", PARTS)
def test_every_page_says_the_same_as_on_the_screen(part: str, read: Callable[[bytes], str]) -> None:
    assert read(made(part).content) == read(for_the_screen().content)


@pytest.mark.parametrize(("part", "version"), [("3a", "1.7"), ("2a", "1.7"), ("4f", "2.0")])
def test_the_version_of_pdf_is_that_of_the_standard(part: str, version: str) -> None:
    with opened(made(part).content) as pdf:
        assert pdf.pdf_version == version
        assert ("/Info" in pdf.trailer) == (part != "4f")


class TestMetadata:
    """The XMP says what an archive asks of a document."""

    def packet(self, part: str = "3a") -> str:
        with opened(made(part).content) as pdf:
            return bytes(pdf.Root.Metadata.read_bytes()).decode()

    def test_the_claims_are_those_of_the_part(self) -> None:
        assert "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A<" in self.packet("3a")
        assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A<" in self.packet("2a")
        assert "<pdfaid:part>4</pdfaid:part><pdfaid:conformance>F<" in self.packet("4f")

    def test_what_the_masthead_says_is_there(self) -> None:
        masthead, packet = EVERY_FIELD.document()["masthead"], self.packet()
        said = [
            f"{masthead['overline']} {masthead['nameplate']}".replace("\n", ""),
            masthead["security"]["class"],
            masthead["security"]["term"],
            f"{masthead['copy_number']:06}",
            masthead["urgency"],
            made("3a").plan_digest,
        ]
        assert [value for value in said if f">{value}<" not in packet] == []

    def test_a_text_is_no_markup(self) -> None:
        issue = encoded(document(masthead=masthead(nameplate="甲&<乙>")))
        edition = typesetter().produce(issue, order("3a"))
        with opened(edition.content) as pdf:
            assert b"<hongtou:nameplate>\xe7\x94\xb2&amp;&lt;" in pdf.Root.Metadata.read_bytes()


class TestEnclosures:
    """The issue goes with its edition, as it was sent."""

    @pytest.mark.parametrize("part", ["3a", "4f"])
    def test_all_that_was_sent_comes_out_again(self, part: str) -> None:
        enclosed = enclosed_in(made(part).content)
        assert enclosed.files["issue.json"] == SENT
        assert enclosed.files["village.png"] == village()
        assert enclosed.edition["hongtou"] == __version__
        assert enclosed.edition["plan_digest"] == made(part).plan_digest

    def test_the_media_type_of_a_picture_is_that_of_its_kind(self) -> None:
        Image.init()
        assert {kind: Image.MIME[kind] for kind in MEDIA_TYPES} == MEDIA_TYPES

    def test_a_picture_that_is_not_shown_stays_out(self) -> None:
        edition = typesetter().produce(encoded(document()), order("3a"), PICTURES)
        assert enclosed_in(edition.content).files.keys() == {"issue.json", "edition.json"}

    def test_part_2_may_carry_nothing_and_says_so(self) -> None:
        with pytest.raises(MalformedDocument, match="没有稿件") as refused:
            enclosed_in(made("2a").content)
        assert "PDF/A-2a 不许带附件" in str(refused.value.hint)

    def test_other_bytes_of_the_same_issue_are_another_edition(self) -> None:
        spaced = json.dumps(EVERY_FIELD.document(), ensure_ascii=False, indent=2).encode()
        digest = typesetter().digest
        assert digest(spaced, order("3a"), PICTURES) != digest(SENT, order("3a"), PICTURES)
        assert digest(spaced, Order(), PICTURES) == digest(SENT, Order(), PICTURES)

    @pytest.mark.parametrize("output", ["archive", "ofd"])
    @pytest.mark.parametrize(
        "name",
        [
            "issue.json",
            "Issue.JSON",
            "edition.json",
            "Attachments.xml",
            ".png",
            "a.jpg.",
            "con.png",
        ],
    )
    def test_a_picture_by_a_name_that_no_file_may_have_is_told_of(
        self, name: str, output: str
    ) -> None:
        issue = with_picture(name)
        with pytest.raises(ReviewFailed) as refused:
            typesetter().produce(issue, Order(output), {name: village()})
        (finding,) = [one for one in refused.value.findings if one.severity is Severity.ERROR]
        assert finding.code == "picture/name-not-enclosed"
        assert finding.pointer == "/articles/0/body/0/image"
        assert f"“{name}”" in finding.message

    @pytest.mark.parametrize("order", [Order(), Order("archive", options=(("part", "2a"),))])
    def test_where_nothing_is_enclosed_the_name_is_all_right(self, order: Order) -> None:
        assert typesetter().accept(with_picture("issue.json"), order, {"issue.json": village()})

    @pytest.mark.parametrize("name", ["照片.json", "照片.xml"])
    def test_a_picture_may_have_any_ending(self, name: str) -> None:
        assert typesetter().produce(with_picture(name), order("3a"), {name: village()}).content

    def test_a_picture_is_of_the_kind_that_it_is(self) -> None:
        edition = typesetter().produce(with_picture("a.jpg"), order("3a"), {"a.jpg": village()})
        with opened(edition.content) as pdf:
            assert pdf.attachments["a.jpg"].get_file().mime_type == "image/png"

    @pytest.mark.parametrize("name", ["../issue.json", "/etc/passwd", ".profile", "a/b", "C:x"])
    def test_a_name_that_leads_elsewhere_is_refused(self, name: str) -> None:
        def rename(pdf: pikepdf.Pdf) -> None:
            pdf.Root.Names.EmbeddedFiles.Names[0] = pikepdf.String(name)

        with pytest.raises(MalformedDocument, match="不是文件名"):
            enclosed_in(altered(rename))

    def test_a_bomb_is_not_unpacked(self) -> None:
        def swell(pdf: pikepdf.Pdf) -> None:
            stream = pdf.Root.Names.EmbeddedFiles.Names[1].EF.F
            stream.write(bytes(300 << 20))

        with pytest.raises(TooLarge, match="超过上限"):
            enclosed_in(altered(swell))

    def test_a_bomb_is_not_unpacked_either_where_no_byte_is_left(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = enclosed_in(made("3a").content).files["edition.json"]
        monkeypatch.setattr(carried, "MOST_BYTES", len(first))
        with pytest.raises(TooLarge, match="超过上限"):
            enclosed_in(made("3a").content)

    def test_another_issue_than_was_archived_is_not_given_out(self) -> None:
        with pytest.raises(MalformedDocument, match=r"摘要不同：issue\.json"):
            enclosed_in(altered(change_the_issue))

    def test_a_file_more_or_less_is_told_of(self) -> None:
        with pytest.raises(MalformedDocument, match=r"摘要不同：zzz\.exe"):
            enclosed_in(altered(enclose_another))
        with pytest.raises(MalformedDocument, match=r"摘要不同：village\.png"):
            enclosed_in(altered(enclose_no_picture))

    def test_another_program_may_have_written_the_file_anew(self) -> None:
        for anew in (unpacked(made("3a").content), altered(hang_names_lower)):
            assert enclosed_in(anew) == enclosed_in(made("3a").content)

    def test_an_ofd_file_gives_the_same(self) -> None:
        edition = typesetter().produce(SENT, Order("ofd"), PICTURES)
        enclosed = enclosed_in(edition.content)
        assert enclosed.files["issue.json"] == SENT
        assert enclosed.files["village.png"] == village()
        assert enclosed.edition["order"]["output"] == "ofd"

    @pytest.mark.parametrize("name", ["../a.png", "a/b.png", ".profile"])
    def test_a_name_in_an_ofd_file_that_leads_elsewhere_is_refused(self, name: str) -> None:
        files = {"OFD.xml": b"", f"Doc_0/Attachs/{name}": b""}
        with pytest.raises(MalformedDocument, match="不是文件名"):
            enclosed_in(packed(files, "OFD.xml"))

    @pytest.mark.parametrize("left", [0, 10, -40])
    def test_a_damaged_ofd_file_is_told(self, left: int) -> None:
        whole = packed({"OFD.xml": bytes(99), "Doc_0/Attachs/a": bytes(99)}, "OFD.xml")
        with pytest.raises(MalformedDocument, match="不是"):
            enclosed_in(b"PK\x03\x04" + whole[4:left])

    @pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"<html>"])
    def test_what_is_no_pdf_is_told(self, content: bytes) -> None:
        with pytest.raises(MalformedDocument, match="不是 PDF"):
            enclosed_in(content)

    def test_a_pdf_for_the_screen_has_none(self) -> None:
        with pytest.raises(MalformedDocument, match="没有稿件"):
            enclosed_in(for_the_screen().content)


class TestExtract:
    """``hongtou extract`` and ``hongtou render`` give the archived file once more."""

    def run(self, *words: str, folder: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "hongtou", *words]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)

    @pytest.mark.parametrize(
        "order",
        [
            *(order(part, purpose=purpose) for part in ("3a", "4f") for purpose in Purpose),
            Order("ofd", normalize=True),
        ],
        ids=str,
    )
    def test_the_file_that_is_told_of_is_the_same(self, order: Order, tmp_path: Path) -> None:
        edition = typesetter().produce(SENT, order, PICTURES)
        (tmp_path / "a").write_bytes(edition.content)
        folder = f"{'旧的各期' * 10} 之一"  # longer than what is quoted of a stranger
        told = self.run("extract", "a", "-o", folder, folder=tmp_path)
        assert told.stderr == ""
        again = shlex.split(told.stdout.rpartition("重排：hongtou ")[2])
        self.run(*again, "-o", "b", folder=tmp_path)
        assert (tmp_path / "b").read_bytes() == edition.content

    def extracted(self, content: bytes, folder: Path) -> Result:
        (folder / "a.pdf").write_bytes(content)
        words = ["extract", str(folder / "a.pdf"), "-o", str(folder / "back")]
        return CliRunner().invoke(main, words)

    def test_an_archive_may_be_larger_than_a_file_to_import(self, tmp_path: Path) -> None:
        padded = made("3a").content + b"\n" * MAX_SOURCE_BYTES
        assert self.extracted(padded, tmp_path).exit_code == DONE

    def test_what_was_changed_is_not_written(self, tmp_path: Path) -> None:
        told = self.extracted(altered(change_the_issue), tmp_path)
        assert told.exit_code == ISSUE_AT_FAULT
        assert "issue.json" in told.stderr and not (tmp_path / "back").exists()

    @pytest.mark.parametrize(
        ("of", "recorded", "warning"),
        [
            ("hongtou", "0.0.1", "归档时的版本是 0.0.1"),
            ("layout", {"name": "dongtai", "digest": "0"}, "版式“dongtai”在归档以后改过"),
            ("layout", {"name": "nobody", "digest": "0"}, "没有名为“nobody”的版式"),
            ("faces", {"digest": "0"}, "字体在归档以后换过"),
        ],
    )
    def test_what_has_changed_since_is_told(
        self, of: str, recorded: object, warning: str, tmp_path: Path
    ) -> None:
        def record(pdf: pikepdf.Pdf) -> None:
            stream = pdf.attachments["edition.json"].obj.EF.F
            stream.write(json.dumps({**json.loads(stream.read_bytes()), of: recorded}).encode())

        told = self.extracted(altered(record), tmp_path)
        assert told.exit_code == DONE and told.stderr.startswith(warning)

    def test_of_what_was_not_recorded_nothing_is_said(self, tmp_path: Path) -> None:
        def forget_the_faces(pdf: pikepdf.Pdf) -> None:
            stream = pdf.attachments["edition.json"].obj.EF.F
            stream.write(json.dumps({**json.loads(stream.read_bytes()), "faces": None}).encode())

        assert self.extracted(altered(forget_the_faces), tmp_path).stderr == ""

    def test_a_picture_that_the_command_does_not_see_is_told_of(self, tmp_path: Path) -> None:
        edition = typesetter().produce(with_picture("village"), order("3a"), {"village": village()})
        told = self.extracted(edition.content, tmp_path)
        assert told.stderr.startswith("“village”没有图片的后缀")
        assert (tmp_path / "back" / "village").read_bytes() == village()

    def test_a_link_in_the_folder_is_replaced_and_not_followed(self, tmp_path: Path) -> None:
        other = tmp_path / "other.json"
        other.write_bytes(b"{}")
        (tmp_path / "back").mkdir()
        (tmp_path / "back" / "issue.json").symlink_to(other)
        assert self.extracted(made("3a").content, tmp_path).exit_code == DONE
        assert other.read_bytes() == b"{}"
        written = tmp_path / "back" / "issue.json"
        assert not written.is_symlink() and written.read_bytes() == SENT


def unpacked(content: bytes) -> bytes:
    """Return a PDF without any stream that is packed, as ``qpdf --stream-data=uncompress`` does."""
    with opened(content) as pdf:
        written = io.BytesIO()
        pdf.save(written, compress_streams=False, stream_decode_level=GENERALIZED)
        return written.getvalue()


def altered(change: Callable[[pikepdf.Pdf], object], part: str = "3a") -> bytes:
    """Return a file for the archive after a change to it."""
    return saved(made(part).content, change)


def claim_part_1(pdf: pikepdf.Pdf) -> None:
    said = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(said.replace(b"<pdfaid:part>3", b"<pdfaid:part>1"))


def claim_nothing(pdf: pikepdf.Pdf) -> None:
    said = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(said.replace(b"pdfaid:", b"nobody:"))


def drop_the_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def intend_a_press(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents[0].S = pikepdf.Name.GTS_PDFX


def change_the_issue(pdf: pikepdf.Pdf) -> None:
    names = pdf.Root.Names.EmbeddedFiles.Names
    names[3].EF.F.write(b"{}")


def enclose_another(pdf: pikepdf.Pdf) -> None:
    names = pdf.Root.Names.EmbeddedFiles.Names
    spare = pdf.make_indirect(pikepdf.Dictionary(names[3]))
    names.append(pikepdf.String("zzz.exe"))
    names.append(spare)


def enclose_no_picture(pdf: pikepdf.Pdf) -> None:
    del pdf.attachments["village.png"]


def hang_names_lower(pdf: pikepdf.Pdf) -> None:
    names = pdf.Root.Names.EmbeddedFiles.Names
    kids = []
    for at in range(0, len(names), 2):
        limits = pikepdf.Array([names[at], names[at]])
        leaf = pikepdf.Array([names[at], names[at + 1]])
        kids.append(pdf.make_indirect(pikepdf.Dictionary(Names=leaf, Limits=limits)))
    pdf.Root.Names.EmbeddedFiles = pikepdf.Dictionary(Kids=pikepdf.Array(kids))


def associate_less(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AF[0]


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


# What is spoilt, and the rules that see it.
def described(key: str, value: object) -> Callable[[pikepdf.Pdf], None]:
    """Return a change of what is said of the files enclosed: of their streams, or of them."""

    def describe(pdf: pikepdf.Pdf) -> None:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Filespec":
                if key in item:
                    item[key] = value
                elif key in item.EF.F:
                    item.EF.F[key] = value
                else:
                    item.EF.F.Params[key] = value

    return describe


def packet(before: bytes, after: bytes) -> Callable[[pikepdf.Pdf], None]:
    """Return a change of the metadata."""

    def change(pdf: pikepdf.Pdf) -> None:
        content = pdf.Root.Metadata.read_bytes()
        changed = re.sub(before, after, content, flags=re.S)
        assert changed != content
        pdf.Root.Metadata.write(changed)

    return change


def break_the_profile(pdf: pikepdf.Pdf) -> None:
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    profile.write(profile.read_bytes()[:999])


def intend_a_profile_of_a_press(pdf: pikepdf.Pdf) -> None:
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    profile.write((ROOT / "press" / "Uncoated-FOGRA47L.icc").read_bytes())


BROKEN: tuple[tuple[Callable[[pikepdf.Pdf], object], set[str]], ...] = (
    (described("/UF", "../a.json"), {"preflight/enclosures"}),
    (described("/AFRelationship", pikepdf.Name.Data), {"preflight/enclosures"}),
    (described("/Subtype", pikepdf.Name("/text/plain")), {"preflight/enclosures"}),
    (described("/CheckSum", "0" * 16), {"preflight/enclosures"}),
    (described("/Size", 3), {"preflight/enclosures"}),
    (break_the_profile, {"preflight/intent"}),
    (intend_a_profile_of_a_press, {"preflight/intent"}),
    (packet(rb"(<dc:title>.*?<rdf:li[^>]*>)[^<]*", rb"\1"), {"preflight/metadata"}),
    (packet(rb"(<dc:title>.*?<rdf:li[^>]*>)[^<]*", rb"\1another"), {"preflight/metadata"}),
    (packet(rb"<pdfaExtension:schemas>.*?</pdfaExtension:schemas>", b""), {"preflight/metadata"}),
    (claim_part_1, {"preflight/claims"}),
    (claim_nothing, {"preflight/claims"}),
    (drop_the_intent, {"preflight/intent"}),
    (intend_a_press, {"preflight/intent"}),
    (change_the_issue, {"preflight/enclosures"}),
    (enclose_another, {"preflight/enclosures"}),
    (associate_less, {"preflight/enclosures"}),
    (script, {"preflight/script", "preflight/action"}),
)


def refusals(content: bytes, part: str = "3a") -> set[str]:
    with pytest.raises(EngineFault) as caught:
        typesetter().inspect(content, order(part), made(part).page_count)
    return {fault.code for fault in caught.value.findings}


@pytest.mark.parametrize(
    ("change", "codes"), BROKEN, ids=lambda case: getattr(case, "__name__", "")
)
def test_what_was_spoilt_is_refused(
    change: Callable[[pikepdf.Pdf], object], codes: set[str]
) -> None:
    assert refusals(altered(change)) == codes


def test_a_file_of_another_version_is_refused() -> None:
    content = made("3a").content.replace(b"%PDF-1.7", b"%PDF-1.6", 1)
    assert refusals(content) == {"preflight/version"}


def test_every_rule_for_the_archive_has_a_file_that_breaks_it() -> None:
    elsewhere = {"preflight/version", "preflight/folio"}  # above, and in test_preflight_reading.py
    broken = {code for _, codes in BROKEN for code in codes} | elsewhere
    own = {rule.code for rule in ARCHIVAL_PDF.rules} - {rule.code for rule in SCREEN_PDF.rules}
    assert own <= broken


@pytest.mark.parametrize("part", PARTS)
def test_a_file_of_another_part_is_refused(part: str) -> None:
    for other in set(PARTS) - {part}:
        assert refusals(made(other).content, part)


def test_the_profile_of_the_screen_is_in_the_folder_press() -> None:
    assert (ROOT / "press" / "sRGB2014.icc").stat().st_size < 4_000
