"""What the contract's §3 promises to those who call the command."""

from __future__ import annotations

import gc
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from hongtou.bulletin import errors
from hongtou.cli import main
from hongtou.cli.exits import EXIT_CODES, exit_code
from hongtou.cli.folder import FolderPictures
from hongtou.cli.writing import write_whole
from hongtou.outputs import OUTPUTS
from hongtou.outputs.ordering import read_options
from hongtou.records import output_record

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "jianbao.json"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8ff9f0100050001ff2c1a4b"
    "c50000000049454e44ae426082"
)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str | Path, given: bytes = b"") -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=given)


def example(**masthead: Any) -> bytes:
    """Return the example with these fields of its masthead changed."""
    issue = json.loads(EXAMPLE.read_bytes())
    issue["masthead"].update(masthead)
    return json.dumps(issue, ensure_ascii=False).encode()


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.json"
    path.write_bytes(example(issue_number=0))
    return path


class TestRender:
    @pytest.mark.slow
    def test_a_place_that_ends_as_a_folder_is_one(self, tmp_path: Path) -> None:
        assert run("render", EXAMPLE, "-o", "new/one/").exit_code == 0
        assert [path.name for path in (tmp_path / "new" / "one").iterdir()] == ["jianbao.pdf"]
        (tmp_path / "file").touch()
        refused = run("render", EXAMPLE, "-o", "file/")
        assert refused.exit_code == 4
        assert (
            "file 读写失败：已有这个名字的文件，不是目录（请换一个名字，或移走该文件）"
            in refused.stderr
        )

    @pytest.mark.parametrize("issues", [["-"], [EXAMPLE, "-"]])
    def test_no_pdf_is_shown_on_a_terminal(
        self, monkeypatch: pytest.MonkeyPatch, issues: list[str]
    ) -> None:
        terminal = SimpleNamespace(stdout=SimpleNamespace(isatty=lambda: True))
        monkeypatch.setattr(sys.modules["hongtou.cli.render"], "sys", terminal)
        refused = run("render", *issues)
        assert (refused.exit_code, "不在终端上显示 PDF" in refused.stderr) == (2, True)

    @pytest.mark.slow
    def test_writes_a_pdf_of_the_same_name_here(self, tmp_path: Path) -> None:
        result = run("render", EXAMPLE)
        assert result.exit_code == 0, result.output
        assert (tmp_path / "jianbao.pdf").read_bytes().startswith(b"%PDF-")
        assert result.stderr.endswith("已写出 jianbao.pdf（2 页）\n")
        assert "jianbao.json:" not in result.stderr  # there is no other
        assert result.stdout == ""

    @pytest.mark.slow
    def test_reads_and_writes_the_standard_streams(self) -> None:
        result = run("render", "-", "-o", "-", given=EXAMPLE.read_bytes())
        assert result.exit_code == 0
        assert result.stdout_bytes.startswith(b"%PDF-")

    @pytest.mark.slow
    def test_makes_other_outputs(self, tmp_path: Path) -> None:
        assert run("render", EXAMPLE, "--output", "png").exit_code == 0
        assert (tmp_path / "jianbao.png").read_bytes().startswith(b"\x89PNG")

    @pytest.mark.slow
    def test_sets_what_may_be_chosen_of_an_output(self, tmp_path: Path) -> None:
        chosen = ("--output", "png", "--set", "page=2", "--set", "dpi=36")
        assert run("render", EXAMPLE, *chosen).exit_code == 0
        with Image.open(tmp_path / "jianbao.png") as picture:
            assert picture.size == (298, 421)

    @pytest.mark.slow
    def test_the_name_of_a_switch_alone_turns_it_on(self, tmp_path: Path) -> None:
        assert run("render", EXAMPLE, "--set", "even_pages").exit_code == 0
        alone = (tmp_path / "jianbao.pdf").read_bytes()
        assert run("render", EXAMPLE, "--set", "even_pages=true").exit_code == 0
        assert (tmp_path / "jianbao.pdf").read_bytes() == alone

    @pytest.mark.parametrize(
        ("chosen", "told"),
        [
            (
                ("--set", "page=2"),
                "输出 screen 没有参数 page，png 才有（可选：even_pages、margins、copyfit、line_numbers）",
            ),
            (("--output", "png", "--set", "pgae=2"), "没有名为“pgae”的参数（是否指 page？"),
            (
                ("--output", "png", "--set", "dpi=999"),
                "参数 dpi 不能是“999”（可为：36–300 的整数）",
            ),
            (("--output", "png", "--set", "page"), "参数 page 不能是“”（可为：1–9999 的整数）"),
            (
                ("--output", "pgn"),
                "参数 output 不能是“pgn”（是否指 png？可选：screen、print、booklet、",
            ),
            (("--purpose", "prof"), "参数 purpose 不能是“prof”（是否指 proof？"),
            (("--output", "png", "--set", "page=3"), "没有第 3 页，本期排成 2 页"),
        ],
    )
    def test_what_no_output_offers_is_a_usage_error(
        self, chosen: tuple[str, ...], told: str
    ) -> None:
        result = run("render", EXAMPLE, *chosen)
        assert result.exit_code == 2
        assert told in result.stderr

    def test_the_help_tells_what_may_be_chosen(self) -> None:
        told = "".join(run("render", "--help").stdout.split())
        assert "dpi每英寸像素（36–300的整数，默认110）" in told

    @pytest.mark.slow
    def test_garbage_of_earlier_runs_is_found(self) -> None:
        """A run keeps all that there is, as its process ends with it: that of these tests does not."""
        kept = gc.get_freeze_count()
        run("render", EXAMPLE)
        assert gc.get_freeze_count() <= kept
        assert gc.isenabled()

    @pytest.mark.slow
    def test_reports(self, tmp_path: Path) -> None:
        report = tmp_path / "report.json"
        result = run("render", EXAMPLE, "-o", "out.pdf", "--report", report, "--json")
        (edition,) = json.loads(result.stdout)["editions"]
        assert json.loads(report.read_text()) == json.loads(result.stdout)
        assert edition["file"] == "out.pdf"
        assert edition["pages"] >= 1
        assert edition["error"] is None
        assert len(edition["plan_digest"]) == 64
        assert edition["preflight"]["passed"]

    @pytest.mark.slow
    def test_an_issue_at_fault_gives_3_and_no_file(self, broken: Path, tmp_path: Path) -> None:
        result = run("render", broken)
        assert result.exit_code == 3
        assert "error document/out-of-range /masthead/issue_number " in result.stderr
        assert list(tmp_path.iterdir()) == [broken]

    @pytest.mark.slow
    def test_a_file_that_cannot_be_written_gives_4(self, tmp_path: Path) -> None:
        result = run("render", EXAMPLE, "-o", tmp_path / "nowhere" / "a.pdf")
        assert result.exit_code == 4
        assert "读写失败" in result.stderr

    @pytest.mark.parametrize(
        "arguments",
        [
            ("render",),
            ("render", "nowhere.json"),
            ("render", EXAMPLE, "--output", "fax"),
            ("render", EXAMPLE, "--purpose", "print"),
            ("render", EXAMPLE, EXAMPLE),
            ("render", EXAMPLE, "-", "-o", "one.pdf"),
            ("render", EXAMPLE, "-o", "-", "--json"),
            ("typeset", EXAMPLE),
        ],
    )
    def test_wrong_use_gives_2(self, arguments: tuple[str | Path, ...]) -> None:
        assert run(*arguments).exit_code == 2

    @pytest.mark.slow
    def test_pictures_lie_beside_the_issue(self, tmp_path: Path) -> None:
        issue = json.loads(EXAMPLE.read_bytes())
        issue["articles"][0]["body"].append({"type": "figure", "image": "河.png"})
        folder = tmp_path / "issue"
        folder.mkdir()
        (folder / "a.json").write_text(json.dumps(issue))
        assert run("render", folder / "a.json").exit_code == 3
        (folder / "河.png").write_bytes(PNG)
        assert run("render", folder / "a.json").exit_code == 0


@pytest.mark.slow
class TestSeveral:
    def test_each_becomes_a_file_and_one_at_fault_does_not_stop_the_others(
        self, tmp_path: Path, broken: Path
    ) -> None:
        other = tmp_path / "other.json"
        other.write_bytes(example(issue_number=9))
        result = run("render", EXAMPLE, broken, other, "-o", tmp_path / "out", "--json")
        assert result.exit_code == 3
        assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
            "jianbao.pdf",
            "other.pdf",
        ]
        assert [line for line in result.stderr.splitlines() if line.endswith(".json:")] == [
            f"{path}:" for path in (EXAMPLE, broken, other)
        ]
        editions = json.loads(result.stdout)["editions"]
        assert [Path(edition["issue"]).name for edition in editions] == [
            "jianbao.json",
            "broken.json",
            "other.json",
        ]
        assert [edition["error"] is None for edition in editions] == [True, False, True]
        assert editions[1]["error"]["kind"] == "review-failed"

    def test_what_is_missing_is_told_once_for_each_in_chinese(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        shutil.copytree(ROOT / "layouts", tmp_path / "layouts")
        (tmp_path / "layouts" / "dongtai" / "layout.toml").write_text("[layuot]")
        monkeypatch.setenv("HONGTOU_LAYOUTS_DIR", str(tmp_path / "layouts"))
        other = tmp_path / "other.json"
        other.write_bytes(example(issue_number=9))
        result = run("render", EXAMPLE, other, "-o", tmp_path / "out")
        assert result.exit_code == 4
        assert result.stderr.count("错误：版式 dongtai 不能用") == 2
        assert "Traceback" not in capfd.readouterr().err


class TestCheck:
    @pytest.mark.slow
    def test_a_sound_issue_gives_0(self) -> None:
        result = run("check", EXAMPLE)
        assert result.exit_code == 0
        assert "页" in result.stderr

    @pytest.mark.slow
    def test_an_issue_at_fault_gives_3(self, broken: Path) -> None:
        result = run("check", broken)
        assert result.exit_code == 3
        assert "/masthead/issue_number" in result.stderr

    @pytest.mark.slow
    def test_json_is_that_of_http(self, broken: Path) -> None:
        found = json.loads(run("check", broken, "--json").stdout)
        assert set(found) == {"findings", "pages", "layout"}
        assert found["pages"] is None
        assert found["findings"][0]["pointer"] == "/masthead/issue_number"

    def test_json_even_of_what_is_none(self) -> None:
        result = run("check", "-", "--json", given=b"{")
        assert result.exit_code == 3
        assert json.loads(result.stdout)["error"]["kind"] == "malformed-document"

    @pytest.mark.slow
    def test_normalizing_leaves_less_to_find(self) -> None:
        issue = json.loads(EXAMPLE.read_bytes())
        issue["articles"][0]["headline"] = "青坪县:一窗通办"
        given = json.dumps(issue).encode()
        assert "punctuation/half-width" in run("check", "-", given=given).stderr
        assert "punctuation/half-width" not in run("check", "-", "--normalize", given=given).stderr


class TestInventory:
    @pytest.mark.slow
    def test_layouts(self) -> None:
        names = [
            layout["name"] for layout in json.loads(run("layouts", "--json").stdout)["layouts"]
        ]
        assert names == sorted(p.parent.name for p in (ROOT / "layouts").glob("[!_]*/layout.toml"))
        assert all(name in run("layouts").stdout for name in names)

    def test_outputs(self) -> None:
        records = json.loads(run("outputs", "--json").stdout)["outputs"]
        assert records == [output_record(output) for output in OUTPUTS.values()]
        lines = run("outputs").stdout.splitlines()
        assert [line.split("\t")[0] for line in lines if line[0] != " "] == [*OUTPUTS]
        listed = [line.split("=")[0].strip() for line in lines if line[0] == " "]
        assert listed == [one.name for output in OUTPUTS.values() for one in output.options]

    def test_what_outputs_lists_may_be_ordered(self) -> None:
        output = ""
        for line in run("outputs").stdout.splitlines():
            name = line.strip().split("\t")[0]
            output = name if line[0] != " " else output
            given = [tuple(name.split("=", 1))] if line[0] == " " else []
            assert read_options(output, given) == ()  # the default is no option of an order

    @pytest.mark.slow
    def test_fonts(self) -> None:
        roles = json.loads(run("fonts", "--json").stdout)["roles"]
        assert {"body", "title", "folio"} <= {role["role"] for role in roles}
        assert all(role["faces"] and role["coverage"] for role in roles)
        assert "通用规范汉字表" in run("fonts").stdout


@pytest.mark.slow
class TestDoctor:
    """That it finds what is broken: tests/test_doctor.py."""

    def test_finds_this_installation_whole(self) -> None:
        result = run("doctor", "--json")
        checks = json.loads(result.stdout)["checks"]
        assert [check for check in checks if not check["ok"]] == []
        assert result.exit_code == 0


class TestExits:
    def test_no_kind_of_error_is_forgotten(self) -> None:
        assert set(EXIT_CODES) == {
            kind for kind in _kinds(errors.ServiceError) if not kind.__subclasses__()
        }

    def test_only_2_3_and_4(self) -> None:
        assert set(EXIT_CODES.values()) == {2, 3, 4}
        assert exit_code(RuntimeError()) == 4

    def test_a_wrong_setting_gives_4(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HONGTOU_PORT", "x")
        result = run("render", EXAMPLE)
        assert result.exit_code == 4
        assert "HONGTOU_PORT" in result.stderr

    def test_what_nobody_foresaw_gives_4(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("hongtou.pipeline.open_layouts", lambda folder: 1 / 0)
        assert run("layouts").exit_code == 4


class TestFolder:
    def test_only_pictures_of_the_folder_itself(self, tmp_path: Path) -> None:
        for name in ("a.png", "b.JPG", "c.heic", "d.json"):
            (tmp_path / name).write_bytes(b"x")
        (tmp_path / "e.png").mkdir()
        assert list(FolderPictures(tmp_path, 10)) == ["a.png", "b.JPG", "c.heic"]

    def test_a_picture_over_the_limit_is_not_read(self, tmp_path: Path) -> None:
        (tmp_path / "a.png").write_bytes(bytes(11))
        with pytest.raises(errors.TooLarge, match=r"a\.png"):
            FolderPictures(tmp_path, 10)["a.png"]

    def test_a_file_is_whole_or_not_there(self, tmp_path: Path) -> None:
        target = tmp_path / "a.pdf"
        write_whole(target, b"old")
        with pytest.raises(TypeError):
            write_whole(target, "not bytes")  # type: ignore[arg-type]
        assert target.read_bytes() == b"old"
        assert list(tmp_path.iterdir()) == [target]

    def test_a_file_may_be_read_as_the_mask_allows(self, tmp_path: Path) -> None:
        mask = os.umask(0o027)
        try:
            write_whole(tmp_path / "a.pdf", b"x")
        finally:
            os.umask(mask)
        assert (tmp_path / "a.pdf").stat().st_mode & 0o777 == 0o640


@pytest.mark.slow
def test_help_loads_no_engine_and_no_server() -> None:
    program = (
        "import sys; from hongtou.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'weasyprint', 'flask', 'pydantic', 'uharfbuzz', 'PIL'} & set(sys.modules)))"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert found.stdout.splitlines()[-1] == "[]"


def _kinds(kind: type[errors.ServiceError]) -> list[type[errors.ServiceError]]:
    return [kind, *(one for below in kind.__subclasses__() for one in _kinds(below))]


@pytest.mark.slow
def test_a_command_of_its_own_process_ends_with_its_exit_code() -> None:
    program = (
        "import atexit\n"
        "class Held:\n"
        "    def __del__(self): print('freed')\n"
        "held = Held()\n"
        "atexit.register(print, 'ended')\n"
        "from hongtou.cli import run; run()"
    )
    found = subprocess.run(
        [sys.executable, "-c", program, "render", "no such file"],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert (found.returncode, found.stdout) == (2, "ended\n")  # and nothing was freed


@pytest.mark.slow
def test_no_plugin_of_pydantic_sees_an_issue(tmp_path: Path) -> None:
    (tmp_path / "plugin-1.dist-info").mkdir()
    (tmp_path / "plugin-1.dist-info" / "entry_points.txt").write_text("[pydantic]\na = plugin\n")
    (tmp_path / "plugin.py").write_text("print('seen')")
    command = [sys.executable, "-c", "from hongtou.cli import run; run()", "check", str(EXAMPLE)]
    paths = {**os.environ, "PYTHONPATH": str(tmp_path)}
    found = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=paths)
    assert found.returncode == 0
    assert "seen" not in found.stdout
