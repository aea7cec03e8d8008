"""What a fault of ours came of: told to who keeps the service, and to no sender."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from hongtou.bulletin.causes import CAUSE_CHARS, RemoteCause, account_of, cause_of
from hongtou.bulletin.errors import EngineFault, SetupError
from hongtou.cli import main
from hongtou.rendering.messages import Failure
from tests.support.serving import Serving
from tests.support.shop import ROOT
from tests.support.stand_in import OPENER
from tests.support.warm_start import warm_serving


def raised(*chain: Exception) -> EngineFault:
    """Return a fault that came of the first of these, which came of the next."""
    fault = EngineFault("没有做成")
    for error, cause in zip((fault, *chain), chain, strict=False):
        error.__cause__ = cause
    return fault


class TestTheLine:
    def test_of_nothing_is_empty(self) -> None:
        assert cause_of(EngineFault("没有做成")) == ""

    def test_of_an_error_that_nothing_else_tells_begins_with_it(self) -> None:
        error = SetupError("没有地方放备份", hint="请清理磁盘")
        error.__cause__ = OSError(28, "No space left on device")
        assert account_of(error) == (
            "SetupError: 没有地方放备份（请清理磁盘） ← OSError: [Errno 28] No space left on device"
        )

    def test_names_the_nearest_first(self) -> None:
        fault = raised(ValueError("no grid"), KeyError("page.lines"))
        assert cause_of(fault) == "ValueError: no grid ← KeyError: 'page.lines'"

    def test_takes_what_was_being_handled_unless_it_was_set_aside(self) -> None:
        try:
            try:
                raise KeyError("x")
            except KeyError:
                raise EngineFault("没有做成")  # noqa: B904 - what is tried here
        except EngineFault as fault:
            assert cause_of(fault) == "KeyError: 'x'"
            fault.__suppress_context__ = True
            assert cause_of(fault) == ""

    def test_is_one_printable_line_of_bounded_length(self) -> None:
        line = cause_of(raised(ValueError("a\nb\x1b[31m\u202e" + "字" * 10_000)))
        assert line.startswith("ValueError: a b�[31m�字")
        assert line.isprintable()
        assert len(line) == CAUSE_CHARS

    def test_of_another_process_is_what_that_process_told(self) -> None:
        fault = Failure.of(raised(ValueError("no grid"))).error()
        assert isinstance(fault.__cause__, RemoteCause)
        assert cause_of(fault) == "ValueError: no grid"


@pytest.mark.slow
class TestOnTheCommandLine:
    @pytest.fixture(autouse=True)
    def layouts_dir(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Prepare layouts whose template asks for what no plan has."""
        shutil.copytree(ROOT / "layouts", tmp_path / "layouts")
        shared = tmp_path / "layouts" / "_shared" / "bulletin.html.j2"
        text = shared.read_text(encoding="utf-8").replace("plan.title", "plan.titel")
        shared.write_text(text, encoding="utf-8")
        monkeypatch.setenv("HONGTOU_LAYOUTS_DIR", str(tmp_path / "layouts"))
        monkeypatch.chdir(tmp_path)
        return tmp_path / "layouts"

    @pytest.mark.defect(4)
    @pytest.mark.parametrize("others", [[], [str(ROOT / "examples" / "jianbao.json")]])
    def test_a_fault_shows_what_it_came_of(self, others: list[str]) -> None:
        found = CliRunner().invoke(main, ["render", str(ROOT / "examples/dongtai.json"), *others])
        assert found.exit_code == 4
        assert (
            "错误：版式 dongtai 的模板有误：_shared/bulletin.html.j2 第 5 行\n原因：UndefinedError: "
            "'hongtou.plan.plan.Plan object' has no attribute 'titel'\n"
        ) in found.stderr

    def test_a_broken_template_is_named_with_its_line(self, layouts_dir: Path) -> None:
        template = layouts_dir / "_shared" / "set.html.j2"
        template.write_text("\n{% broken", encoding="utf-8")
        found = CliRunner().invoke(main, ["render", str(ROOT / "examples/jianbao.json")])
        assert "错误：版式 jianbao 的模板有误：_shared/set.html.j2 第 2 行\n" in found.stderr
        assert "原因：TemplateSyntaxError: Encountered unknown tag 'broken'" in found.stderr


@pytest.mark.slow
class TestOverHttp:
    @pytest.fixture
    def log(self, tmp_path: Path) -> Path:
        return tmp_path / "log"

    @pytest.fixture
    def service(self, log: Path) -> Iterator[Serving]:
        with warm_serving(OPENER, log=log, workers=1, queue=1, threads=4) as running:
            yield running

    def test_the_log_tells_it_and_the_answer_does_not(self, service: Serving, log: Path) -> None:
        answer = service.do("fault")
        assert answer.status == 500
        assert b"the cause" not in answer.body
        (line,) = (
            json.loads(line)
            for line in log.read_text(encoding="utf-8").splitlines()
            if '"event": "fault"' in line
        )
        assert line["cause"] == "ValueError: the cause"
        assert "stand_in.py" in line["exception"]
