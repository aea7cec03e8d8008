"""Whoever mistypes a command is told in Chinese what is wrong and where the usage stands, and exits 2."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from hongtou.cli import main
from hongtou.cli.usage import WORDS, in_chinese

EXAMPLE = str(Path(__file__).parents[1] / "examples" / "jianbao.json")
CLICK = Path(click.__file__).parent
# What click says of a command line; the rest of its texts are of help pages, prompts and definitions.
SOURCES = ("types.py", "parser.py", "exceptions.py")
# Of kinds of values that no command of ours has, or words in other words.
NOT_OURS = re.compile(
    r"UUID|format|boolean|values are required|executable|^Choice|^Choose|^file$|^path$|^directory$"
    r"|^Error|^Try|^Missing|^Invalid|Did you mean|Could not open|unknown error"
)

MISTAKES = {
    "an option": (["render", "--outptu", "png", EXAMPLE], "没有选项 --outptu，是否指 --output？（用法见 hongtou render --help）"),
    "a command": (["rendr"], "没有命令 rendr，是否指 render？（用法见 hongtou --help）"),
    "an argument that is missing": (["check"], "缺少 ISSUE.json（用法见 hongtou check --help）"),
    "an option that is missing": (["keys", "new"], "缺少 --name（用法见 hongtou keys new --help）"),
    "a value that is missing": (["serve", "--port"], "选项 --port 后面要写一个值（用法见 hongtou --help）"),
    "a value too many": (["check", "--json=1", EXAMPLE], "选项 --json 后面不写值（用法见 hongtou --help）"),
    "no number": (["serve", "--port", "http"], "--port：“http”不是数字，请写整数（用法见 hongtou serve --help）"),
    "a number out of range": (["serve", "--port", "0"], "--port：0 超出范围，应为 1 至 65535（用法见 hongtou serve --help）"),
    "none of a list": (["keys", "new", "--name", "甲", "--scope", "all"], "--scope：“all”不行，请用其中一个：render、"),
    "no file": (["check", "没有.json"], "ISSUE.json：没有 没有.json，请核对路径（用法见 hongtou check --help）"),
    "a folder": (["check", "."], "ISSUE.json：. 是目录，请写文件名（用法见 hongtou check --help）"),
    "a file for a folder": (["import", EXAMPLE, "--pictures", EXAMPLE], " 是文件，请写目录（用法见 hongtou import --help）"),
    "an argument too many": (["restore", EXAMPLE, "b"], "多出了 b，名称里有空格的请加引号（用法见 hongtou restore --help）"),
    "our own words": (["keys", "new", "--name", "a/b"], "--name：名称不能含有 /，也不能以 . 开头（用法见 hongtou keys new --help）"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "told"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_in_chinese(arguments: list[str], told: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("错误：")
    assert told in result.stderr
    assert not re.search(r"Usage|Error|Try|No such|Missing|valid", result.stderr)


def test_an_interrupted_command_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(main.commands["layouts"], "callback", interrupted)
    result = CliRunner().invoke(main, ["layouts"])
    assert (result.exit_code, result.stderr) == (1, "\n已中断\n")


def said_by_click() -> set[str]:
    """Return the texts of click that it may say of a command line."""
    nodes = (node for name in SOURCES for node in ast.walk(ast.parse((CLICK / name).read_text())))
    calls = (node for node in nodes if isinstance(node, ast.Call))
    named = (
        one for one in calls if isinstance(one.func, ast.Name) and one.func.id in ("_", "ngettext")
    )
    texts = {part.value for one in named for part in one.args if isinstance(part, ast.Constant)}
    return {str(text) for text in texts if not NOT_OURS.search(str(text))}


def test_whatever_click_says_of_a_command_line_is_known() -> None:
    """With another release of click too."""
    assert len(said_by_click()) > 10
    assert said_by_click() <= set(WORDS)


def test_what_is_none_of_click_stays() -> None:
    assert in_chinese("多期稿件须用 -o 指定目录") == "多期稿件须用 -o 指定目录"
