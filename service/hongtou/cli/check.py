"""``hongtou check``: lists the findings of an issue without writing a file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from hongtou.bulletin.errors import ServiceError
from hongtou.bulletin.finding import has_errors
from hongtou.bulletin.order import Order
from hongtou.cli.exits import DONE, ISSUE_AT_FAULT, exit_code
from hongtou.cli.folder import FolderPictures, folder_of, read_document
from hongtou.cli.options import ISSUE, as_json, normalize_option
from hongtou.cli.streams import show_json
from hongtou.config import read_config
from hongtou.records import error_record, finding_line, inspection_record


@click.command(short_help="只检查，列出问题与页数。")
@click.argument("issue", type=ISSUE, metavar="ISSUE.json")
@normalize_option
@as_json
def check(issue: Path, normalize: bool, as_json: bool) -> None:
    """检查一期简报，不写文件；有错误时退出码为 3。"""
    from hongtou.pipeline import Typesetter

    config = read_config()
    try:
        document = read_document(issue, config.limits.body_bytes)
        pictures = FolderPictures(folder_of(issue), config.image_bytes)
        found = Typesetter.open(config).check(document, Order(normalize=normalize), pictures)
    except ServiceError as error:
        if not as_json:
            raise
        show_json({**inspection_record(error.findings, None), "error": error_record(error)})
        sys.exit(exit_code(error))
    if as_json:
        show_json(inspection_record(found.findings, found.page_count, found.layout))
    else:
        for finding in found.findings:
            click.echo(finding_line(finding), err=True)
        pages = "不能排版" if found.page_count is None else f"{found.page_count} 页"
        click.echo(f"{issue}：{len(found.findings)} 条检查结果，{pages}", err=True)
    sys.exit(ISSUE_AT_FAULT if has_errors(found.findings) else DONE)
