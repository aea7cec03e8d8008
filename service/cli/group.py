"""The group of commands: every error ends as a line for people and an exit code."""

from __future__ import annotations

import sys
import traceback
from typing import Any

import click

from service import __version__
from service.cli.exits import exit_code
from service.errors import ServiceError
from service.report import finding_line


class Commands(click.Group):
    """Commands whose errors become messages in Chinese and the contract's exit codes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, context_settings={"help_option_names": ["-h", "--help"]})
        version = click.version_option(__version__, message="hongtou %(version)s")
        version(self)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; exit 2, 3 or 4 where it raises."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            tell(error)
            sys.exit(exit_code(error))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of daily use."""
        return list(self.commands)


def tell(error: Exception) -> None:
    """Write an error to standard error: its findings, what happened and what to do."""
    match error:
        case ServiceError():
            for finding in error.findings:
                click.echo(finding_line(finding), err=True)
            hint = f"（{error.hint}）" if error.hint else ""
            click.echo(f"错误：{error.message}{hint}", err=True)
        case OSError():
            reason = error.strerror or str(error)
            click.echo(f"错误：{error.filename or '文件'} 读写失败：{reason}", err=True)
        case _:
            traceback.print_exception(error)
            click.echo("内部错误，请把以上内容报告给维护者", err=True)
