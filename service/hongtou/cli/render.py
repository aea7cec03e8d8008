"""``hongtou render``: makes files of issues."""

from __future__ import annotations

import gc
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hongtou.bulletin.order import Order
from hongtou.cli.group import tell
from hongtou.cli.options import ISSUE, as_json, order_options
from hongtou.cli.streams import write_out
from hongtou.cli.writing import STANDARD, is_standard_output, write_whole
from hongtou.config import read_config
from hongtou.outputs import OUTPUTS
from hongtou.records import finding_line

if TYPE_CHECKING:
    from hongtou.cli.editions import Outcome, Task


def _place(context: click.Context, parameter: click.Parameter, given: str | None) -> Path | None:
    """Return where to write; a folder, as a / at the end says, is made where there is none."""
    if given is None:
        return None
    path = Path(given)
    if given.endswith("/"):
        path.mkdir(parents=True, exist_ok=True)
    return path


@click.command(short_help="排版，写出 PDF 等文件。")
@click.argument("issues", nargs=-1, required=True, type=ISSUE, metavar="ISSUE.json ...")
@click.option(
    "-o",
    "out",
    callback=_place,
    metavar="OUT",
    help="写到哪个文件，或哪个目录（以 / 结尾，没有就新建），- 为标准输出；"
    "默认为当前目录下与稿件同名的文件。",
)
@order_options
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="REPORT.json",
    help="把检查结果另存为 JSON 文件。",
)
@as_json
def render(
    issues: tuple[Path, ...], out: Path | None, order: Order, report: Path | None, as_json: bool
) -> None:
    """排版一期或多期简报；多期时并行。图片取自稿件所在目录。

    ISSUE.json 为 - 时读标准输入。检查结果写到标准错误。
    """
    if len(issues) == 1:
        gc.disable()  # saves a tenth of the time: little is freed before the end of the run
        click.get_current_context().call_on_close(_collect_garbage_again)
    from hongtou.cli.editions import make_all

    tasks = _tasks(issues, out, OUTPUTS[order.output].kind(order).extension)
    _refuse_mixed_output(tasks, report, as_json)
    _refuse_overwriting(tasks, report)
    outcomes = list(_watched(make_all(read_config(), order, tasks), len(tasks)))
    outcomes.sort(key=lambda outcome: tasks.index(outcome.task))
    for outcome in outcomes:
        _tell(outcome, named=len(tasks) > 1)
    record = {"editions": [outcome.record(order) for outcome in outcomes]}
    written = f"{json.dumps(record, ensure_ascii=False, indent=2)}\n".encode()
    if report is not None:
        write_whole(report, written)
    if as_json:
        write_out(written)
    sys.exit(max(outcome.exit_code for outcome in outcomes))


def _collect_garbage_again() -> None:
    """Let garbage be looked for, but none in what the run leaves: its process is about to end."""
    gc.freeze()
    gc.enable()


def _tasks(issues: Sequence[Path], out: Path | None, extension: str) -> list[Task]:
    """Return the issues with their target files.

    Raises:
        UsageError: two issues would have the same target, or several issues have no folder.
    """
    from hongtou.cli.editions import Task

    if len(issues) == 1 and out is not None and not out.is_dir():
        return [Task(issues[0], out)]
    if out is not None and len(issues) > 1:
        if is_standard_output(out) or out.suffix.lstrip(".") == extension:
            raise click.UsageError("多期稿件须用 -o 指定目录")
        out.mkdir(parents=True, exist_ok=True)
    folder = out or Path()
    tasks = [
        Task(issue, STANDARD if issue == STANDARD else folder / f"{issue.stem}.{extension}")
        for issue in issues
    ]
    targets = Counter(task.target for task in tasks)
    shared = [str(target) for target, count in targets.items() if count > 1]
    if shared:
        raise click.UsageError(f"有几期稿件会写到同一个文件：{'、'.join(shared)}")
    return tasks


def _refuse_mixed_output(tasks: Sequence[Task], report: Path | None, as_json: bool) -> None:
    """Refuse to write two things, or a PDF on a terminal, to standard output.

    Raises:
        UsageError: one of these was asked for.
    """
    editions = sum(is_standard_output(task.target) for task in tasks)
    others = as_json + (report is not None and is_standard_output(report))
    if editions + others > 1:
        raise click.UsageError("标准输出只能写一样：请用 -o 指定文件")
    if editions and sys.stdout is not None and sys.stdout.isatty():
        raise click.UsageError("不在终端上显示 PDF：请用 -o 指定文件")


def _refuse_overwriting(tasks: Sequence[Task], report: Path | None) -> None:
    """Refuse to overwrite an issue, or an edition by the report.

    Raises:
        UsageError: a target is an issue, or the report is a target.
    """
    issues = [task.source for task in tasks]
    targets = [task.target for task in tasks]
    for target in (*targets, *([report] if report else [])):
        if any(_is_same_file(target, issue) for issue in issues):
            raise click.UsageError(f"{target} 是稿件本身，不能写在上面：请用 -o 另指定文件")
    editions = {target.absolute() for target in targets if target != STANDARD}
    if report and report != STANDARD and report.absolute() in editions:
        raise click.UsageError(f"检查结果和成品不能写到同一个文件：{report}")


def _is_same_file(target: Path, issue: Path) -> bool:
    try:
        return STANDARD not in (target, issue) and target.is_file() and target.samefile(issue)
    except OSError:
        return False


def _watched(outcomes: Iterator[Outcome], count: int) -> Iterator[Outcome]:
    """Yield the outcomes; several on a terminal are shown by a progress bar."""
    if count == 1:
        yield from outcomes
        return
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    quiet = not console.is_terminal
    yield from track(outcomes, "排版", count, console=console, transient=True, disable=quiet)


def _tell(outcome: Outcome, *, named: bool) -> None:
    if named:
        click.echo(f"{outcome.task.source}:", err=True)
    if outcome.error is not None:
        tell(outcome.error, outcome.cause)
        return
    for finding in outcome.findings:
        click.echo(finding_line(finding), err=True)
    if not is_standard_output(outcome.task.target):
        click.echo(f"已写出 {outcome.task.target}（{outcome.pages} 页）", err=True)
