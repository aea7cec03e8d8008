"""``hongtou render``: issues → finished files."""

from __future__ import annotations

import gc
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from service.cli.folder import STANDARD, write_whole
from service.cli.group import tell
from service.cli.options import ISSUE, as_json, order_options
from service.config import read_config
from service.order import Order
from service.outputs import OUTPUTS
from service.report import finding_line

if TYPE_CHECKING:
    from service.cli.editions import Outcome, Task


@click.command(short_help="排版，写出 PDF 等文件。")
@click.argument("issues", nargs=-1, required=True, type=ISSUE, metavar="ISSUE.json ...")
@click.option(
    "-o", "out", type=click.Path(path_type=Path), metavar="OUT",
    help="写到哪个文件或目录，- 为标准输出；默认为当前目录下与稿件同名的文件。",
)
@order_options
@click.option(
    "--report", type=click.Path(path_type=Path, dir_okay=False), metavar="REPORT.json",
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
        gc.disable()  # what is made lasts until the end of the run anyway: a tenth of its time
        click.get_current_context().call_on_close(gc.enable)
    from service.cli.editions import make_all

    tasks = _tasks(issues, out, OUTPUTS[order.output].extension)
    _refuse_mixed_output(tasks, as_json)
    outcomes = list(_watched(make_all(read_config(), order, tasks), len(tasks)))
    outcomes.sort(key=lambda outcome: tasks.index(outcome.task))
    for outcome in outcomes:
        _tell(outcome, named=len(tasks) > 1)
    record = {"editions": [outcome.record() for outcome in outcomes]}
    written = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    if report is not None:
        write_whole(report, written.encode())
    if as_json:
        click.echo(written, nl=False)
    sys.exit(max(outcome.exit_code for outcome in outcomes))


def _tasks(issues: Sequence[Path], out: Path | None, extension: str) -> list[Task]:
    """Return which file is made of which issue; a usage error if two would be the same."""
    from service.cli.editions import Task

    if len(issues) == 1 and out is not None and not out.is_dir():
        return [Task(issues[0], out)]
    if out is not None and len(issues) > 1:
        if out == STANDARD or out.suffix.lstrip(".") == extension:
            raise click.UsageError("多期稿件须用 -o 指定目录")
        out.mkdir(parents=True, exist_ok=True)
    folder = out or Path()
    tasks = [
        Task(issue, STANDARD if issue == STANDARD else folder / f"{issue.stem}.{extension}")
        for issue in issues
    ]
    targets = Counter(task.target for task in tasks)
    same = [str(target) for target, count in targets.items() if count > 1]
    if same:
        raise click.UsageError(f"有几期稿件会写到同一个文件：{'、'.join(same)}")
    return tasks


def _refuse_mixed_output(tasks: Sequence[Task], as_json: bool) -> None:
    if STANDARD not in (task.target for task in tasks):
        return
    if as_json or len(tasks) > 1:
        raise click.UsageError("标准输出只能写一样：请用 -o 指定文件")
    if sys.stdout.isatty():
        raise click.UsageError("不在终端上显示 PDF：请用 -o 指定文件")


def _watched(outcomes: Iterator[Outcome], count: int) -> Iterator[Outcome]:
    """Yield the outcomes behind a progress bar, where several are made before a person."""
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
        tell(outcome.error)
        return
    for finding in outcome.findings:
        click.echo(finding_line(finding), err=True)
    if outcome.task.target != STANDARD:
        click.echo(f"已写出 {outcome.task.target}（{outcome.pages} 页）", err=True)
