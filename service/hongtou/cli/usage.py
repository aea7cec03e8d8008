"""What is wrong with a command line: click's words in Chinese, with what to do."""

from __future__ import annotations

import re

import click

# Click's texts as its source has them, `{…!r}` in quotation marks, and ours in their place.
WORDS = {
    "No such option {name!r}.": "没有选项 {name}",
    "No such option: {name}": "没有选项 {name}",  # of click 8.1
    "No such command {name!r}.": "没有命令 {name}",
    "Missing command.": "缺少命令",
    "Option {name!r} does not take a value.": "选项 {name} 后面不写值",
    "Option {name!r} requires an argument.": "选项 {name} 后面要写一个值",
    "Option {name!r} requires {nargs} arguments.": "选项 {name} 后面要写 {nargs} 个值",
    "Argument {name!r} takes {nargs} values.": "{name} 要写 {nargs} 个值",
    "Got unexpected extra argument ({args})": "多出了 {args}，名称里有空格的请加引号",
    "Got unexpected extra arguments ({args})": "多出了 {args}，名称里有空格的请加引号",
    "{value!r} is not one of {choices}.": "“{value}”不行，请用其中一个：{choices}",
    "{value!r} is not a valid {number_type}.": "“{value}”不是数字，请写整数",
    "{value} is not in the range {range}.": "{value} 超出范围，应为 {range}",
    "{name} {filename!r} does not exist.": "没有 {filename}，请核对路径",
    "{name} {filename!r} is a directory.": "{filename} 是目录，请写文件名",
    "{name} {filename!r} is a file.": "{filename} 是文件，请写目录",
    "{name} {filename!r} is not readable.": "没有权限读 {filename}，请管理员放开权限",
    "{name} {filename!r} is not writable.": "没有权限写 {filename}，请换一个，或请管理员放开权限",
    "{value!r} is not {choice}.": "“{value}”不行，只能是 {choice}",  # last: others begin so too
}
HOLE = re.compile(r"\\{(\w+)(!r)?\\}")  # as re.escape leaves it
RANGE = re.compile(r"(-?\d+)<=x<=(-?\d+)")


def usage_line(error: click.UsageError) -> str:
    """Return what is wrong with a command line, what to do, and where the usage is told."""
    told = _told(error)
    possible = getattr(error, "possibilities", None)
    if possible:
        told = f"{told}，是否指 {'、'.join(possible)}？"
    command = error.ctx.command_path if error.ctx else "hongtou"
    return f"错误：{told}（用法见 {command} --help）"


def _told(error: click.UsageError) -> str:
    hint = _hint(error)
    if isinstance(error, click.MissingParameter):
        return f"缺少 {hint}"
    told = in_chinese(error.message)
    return f"{hint}：{told}" if hint else told


def _hint(error: click.UsageError) -> str:
    """Return the option or argument that is at fault, as the usage names it."""
    if not isinstance(error, click.BadParameter):
        return ""
    if error.param is None or error.ctx is None:
        return str(error.param_hint or "")
    return error.param.get_error_hint(error.ctx).replace("'", "")


def in_chinese(message: str) -> str:
    """Return a message of click in Chinese; one that is not its own stays."""
    for template, words in WORDS.items():
        if found := _pattern(template).fullmatch(message):
            return words.format(**{name: _shown(text) for name, text in found.groupdict().items()})
    return message


def _pattern(template: str) -> re.Pattern[str]:
    def hole(found: re.Match[str]) -> str:
        part = f"(?P<{found[1]}>.*)"
        return f"['\"]{part}['\"]" if found[2] else part

    return re.compile(HOLE.sub(hole, re.escape(template)), re.DOTALL)


def _shown(text: str) -> str:
    return RANGE.sub(r"\1 至 \2", text).replace("', '", "、").strip("'")
