"""The group of commands, which turns every error into a message and an exit code."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from hongtou import __version__
from hongtou.bulletin.causes import cause_of
from hongtou.bulletin.errors import EngineFault, ServiceError
from hongtou.cli.exits import exit_code
from hongtou.cli.reasons import reason_of
from hongtou.cli.streams import settle
from hongtou.cli.usage import usage_line
from hongtou.records import finding_line

INTERRUPTED = 1  # as click has it
DOCTOR = "请运行 hongtou doctor 查看缺什么、怎么补"


class Commands(click.Group):
    """Commands whose errors become Chinese messages and the exit codes of the contract."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, context_settings={"help_option_names": ["-h", "--help"]})
        version = click.version_option(__version__, message="hongtou %(version)s")
        version(self)

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        """Parse the arguments or show the help; exit 2 if they are wrong, 4 if the output fails."""
        with _exiting():
            return super().make_context(*arguments, **options)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; exit 2, 3 or 4 if it raises."""
        with _exiting():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of daily use."""
        return list(self.commands)


@contextmanager
def _exiting() -> Iterator[None]:
    try:
        yield
    except (click.exceptions.Exit, click.exceptions.NoArgsIsHelpError):
        raise
    except click.UsageError as error:
        click.echo(usage_line(error), err=True)
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("\n已中断", err=True)
        sys.exit(INTERRUPTED)
    except Exception as error:
        settle()
        tell(error)
        sys.exit(exit_code(error))


def tell(error: Exception, cause: str = "") -> None:
    """Write an error to standard error: its findings, what happened and what to do.

    Of a fault of ours also what it came of; ``cause`` tells that of an error in another process.
    """
    match error:
        case ServiceError():
            for finding in error.findings:
                click.echo(finding_line(finding), err=True)
            hint = f"（{error.hint}）" if error.hint else ""
            click.echo(f"错误：{error.message}{hint}", err=True)
            if isinstance(error, EngineFault) and (cause := cause or cause_of(error)):
                click.echo(f"原因：{cause}", err=True)
        case OSError(errno=None):  # a shared library that did not load
            click.echo(f"错误：{error}（{DOCTOR}）", err=True)
        case OSError():
            click.echo(f"错误：{reason_of(error)}", err=True)
        case ImportError():
            click.echo(f"错误：软件包 {error.name or error} 没有装好（{DOCTOR}）", err=True)
        case MemoryError():
            click.echo(f"错误：内存不够（{DOCTOR}）", err=True)
        case RuntimeError() if "new thread" in str(error):
            click.echo(f"错误：不能再启动线程，进程数或内存到了上限（{DOCTOR}）", err=True)
        case _:
            traceback.print_exception(error)
            click.echo(f"内部错误（{DOCTOR}；都正常的，请把以上内容报告给维护者）", err=True)
