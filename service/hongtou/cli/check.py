"""``hongtou check``: lists the findings of an issue without writing a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from hongtou.bulletin.errors import ServiceError
from hongtou.bulletin.finding import has_errors
from hongtou.bulletin.order import Order
from hongtou.cli.exits import DONE, ISSUE_AT_FAULT, RUN_FAILED, exit_code
from hongtou.cli.folder import FolderPictures, folder_of, read_document
from hongtou.cli.options import ISSUE, as_json, order_options
from hongtou.cli.streams import show_json
from hongtou.config import read_config
from hongtou.pages.inspection import Inspection
from hongtou.records import error_record, finding_line, inspection_record, order_preflight


@click.command(short_help="只检查，列出问题与页数。")
@click.argument("issue", type=ISSUE, metavar="ISSUE.json")
@order_options
@as_json
@click.pass_context
def check(context: click.Context, issue: Path, order: Order, as_json: bool) -> None:
    """检查一期简报，不写文件；有错误时退出码为 3。

    写明 --output 时，另做出这种成品，照出厂的规则逐条查过；有一条不合，退出码为 4。
    """
    from hongtou.pipeline import Typesetter

    config = read_config()
    names_output = context.get_parameter_source("output") is ParameterSource.COMMANDLINE
    try:
        document = read_document(issue, config.limits.body_bytes)
        pictures = FolderPictures(folder_of(issue), config.image_bytes)
        typesetter = Typesetter.open(config)
        look = typesetter.preflight if names_output else typesetter.check
        found = look(document, order, pictures)
    except ServiceError as error:
        if not as_json:
            raise
        show_json({**inspection_record(error.findings, None), "error": error_record(error)})
        sys.exit(exit_code(error))
    if as_json:
        show_json(_record(found, order, names_output=names_output))
    else:
        _tell(issue, found, order)
    sys.exit(ISSUE_AT_FAULT if has_errors(found.findings) else RUN_FAILED if found.faults else DONE)


def _record(found: Inspection, order: Order, *, names_output: bool) -> dict[str, Any]:
    record = inspection_record(found.findings, found.page_count, found.layout)
    if names_output:
        record["preflight"] = order_preflight(order, found.faults)
    return record


def _tell(issue: Path, found: Inspection, order: Order) -> None:
    """Write the findings, the faults of the file, and what comes of both to standard error."""
    for finding in (*found.findings, *(found.faults or ())):
        click.echo(finding_line(finding), err=True)
    pages = "不能排版" if found.page_count is None else f"{found.page_count} 页"
    told = f"{issue}：{len(found.findings)} 条检查结果，{pages}"
    if found.faults is not None:
        told += f"；{order.output} 出厂检查{'未通过' if found.faults else '通过'}"
    click.echo(told, err=True)
