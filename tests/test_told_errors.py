"""On the command line every kind of error says in Chinese what happened and what to do."""

from __future__ import annotations

import ast
import errno
from pathlib import Path
from typing import Any

import pytest

from hongtou.bulletin.errors import Busy, EngineFault, ReviewFailed, SetupError
from hongtou.bulletin.finding import Finding, Severity, Strength
from hongtou.bulletin.system_errors import REASONS
from hongtou.cli.editions import Outcome, Task
from hongtou.cli.group import DOCTOR, tell
from hongtou.cli.reasons import reason_of
from hongtou.cli.render import _tell
from scripts.rooms import tree_of

FINDING = Finding(
    code="text/odd-space",
    severity=Severity.WARNING,
    message="有一个不间断空格",
    hint="请改为普通空格",
    strength=Strength.PRACTICE,
    source="实务",
    pointer="/articles/0/body",
)
LINE = "warning text/odd-space /articles/0/body 有一个不间断空格（请改为普通空格）\n"


def caused(cause: Exception) -> EngineFault:
    fault = EngineFault("没有做成", hint="请重试")
    fault.__cause__ = cause
    return fault


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Busy("正忙", hint="请稍后再试"), "错误：正忙（请稍后再试）\n"),
        (SetupError("字体有变"), "错误：字体有变\n"),
        (ReviewFailed("稿件有错", findings=[FINDING]), f"{LINE}错误：稿件有错\n"),
        (caused(KeyError("x")), "错误：没有做成（请重试）\n原因：KeyError: 'x'\n"),
        (EngineFault("没有做成"), "错误：没有做成\n"),
        (
            OSError("libpango-1.0.so.0 not found"),
            f"错误：libpango-1.0.so.0 not found（{DOCTOR}）\n",
        ),
        (ImportError("no PIL", name="PIL"), f"错误：软件包 PIL 没有装好（{DOCTOR}）\n"),
        (ImportError("no PIL"), f"错误：软件包 no PIL 没有装好（{DOCTOR}）\n"),
        (MemoryError(), f"错误：内存不够（{DOCTOR}）\n"),
        (
            RuntimeError("can't start new thread"),
            f"错误：不能再启动线程，进程数或内存到了上限（{DOCTOR}）\n",
        ),
    ],
)
def test_what_was_foreseen_is_told_without_a_traceback(
    error: Exception, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tell(error)
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", told)


def test_what_nobody_foresaw_is_shown_whole_for_whoever_mends_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tell(RuntimeError("dictionary changed size"))
    shown = capsys.readouterr().err
    assert "RuntimeError: dictionary changed size\n" in shown
    assert shown.endswith(f"内部错误（{DOCTOR}；都正常的，请把以上内容报告给维护者）\n")


class TestFiles:
    @pytest.mark.parametrize("number", REASONS)
    def test_a_reason_is_told_with_its_remedy(self, number: int) -> None:
        reason, remedy = REASONS[number]
        error = OSError(number, "in English", "a.pdf")
        assert reason_of(error) == f"a.pdf 读写失败：{reason}（{remedy}）"

    def test_a_reason_that_nobody_foresaw_is_told_as_the_system_has_it(self) -> None:
        error = OSError(errno.ENOTTY, "Inappropriate ioctl", "a.pdf")
        assert reason_of(error) == "a.pdf 读写失败：Inappropriate ioctl"

    @pytest.mark.parametrize(
        ("number", "whose"),
        [
            (errno.ENOSPC, "标准输出"),
            (errno.EPIPE, "标准输出"),
            (errno.EAGAIN, "系统"),
            (errno.EMFILE, "系统"),
        ],
    )
    def test_without_a_name_it_is_a_stream_or_the_system(self, number: int, whose: str) -> None:
        assert reason_of(OSError(number, "")).startswith(f"{whose} 读写失败：")


OWN_WORDS = {"bulletin/system_errors.py"}  # for what nobody foresaw


def test_nobody_shows_a_person_what_the_system_says_in_english() -> None:
    package = Path(__file__).parents[1] / "service" / "hongtou"
    shown = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        for text in ast.walk(tree_of(path))
        if isinstance(text, ast.FormattedValue) and "strerror" in ast.unparse(text)
    }
    assert shown - OWN_WORDS == set()


class TestOutcomes:
    """Of one issue its name need not be told, of several it must be."""

    TASK = Task(Path("a.json"), Path("a.pdf"))

    @pytest.mark.parametrize(
        ("given", "told"),
        [
            ({"pages": 4}, "已写出 a.pdf（4 页）\n"),
            ({"pages": 4, "findings": (FINDING,)}, f"{LINE}已写出 a.pdf（4 页）\n"),
            ({"error": SetupError("字体有变")}, "错误：字体有变\n"),
            (
                {"error": EngineFault("没有做成"), "cause": "KeyError: 'x'"},
                "错误：没有做成\n原因：KeyError: 'x'\n",
            ),
        ],
    )
    def test_each_is_told(
        self, given: dict[str, Any], told: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for named in (False, True):
            _tell(Outcome(self.TASK, **given), named=named)
            assert capsys.readouterr().err == ("a.json:\n" if named else "") + told

    def test_what_goes_to_standard_output_was_not_written_to_a_file(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        _tell(Outcome(Task(Path("a.json"), Path("-")), pages=4), named=False)
        assert capsys.readouterr().err == ""
