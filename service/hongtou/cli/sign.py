"""``hongtou sign``: signs a finished PDF with the key of whoever runs it.

Only here: keys belong to people and their machines, so no service ever asks for one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import click

from hongtou.cli.folder import read_source
from hongtou.cli.options import ISSUE
from hongtou.cli.writing import is_standard_output, write_whole

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(short_help="给排出的 PDF 签名（另装 hongtou[sign]）。")
@click.argument("source", type=ISSUE, metavar="FILE.pdf")
@click.option(
    "--certificate", type=FILE, required=True, metavar="FILE.p12", help="证书与私钥（PKCS#12）。"
)
@click.option(
    "-o",
    "out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="OUT.pdf",
    help="签好的写到哪个文件；不能就是原来的文件。",
)
@click.option(
    "--passphrase-file",
    type=FILE,
    metavar="FILE",
    help="第一行是证书口令的文件；不写就在终端上问。",
)
def sign(source: Path, certificate: Path, out: Path, passphrase_file: Path | None) -> None:
    """给 hongtou 排出的 PDF 签名：PAdES B-B，并认证为不许改动。

    页面上没有章，也不画像章的图：签名由阅读器核对，显示在它的签名面板里。
    """
    _refuse_the_same([source, certificate, passphrase_file], out)
    document, key = read_source(source), read_source(certificate)
    from hongtou.signing import require_signing, signed

    require_signing()
    passphrase = _passphrase(passphrase_file)
    write_whole(out, signed(document, key, passphrase, datetime.now(UTC)))
    if not is_standard_output(out):
        click.echo(f"已签名，写出 {out}")


def is_terminal() -> bool:
    """Tell whether there is somebody who can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def _refuse_the_same(read: Iterable[Path | None], out: Path) -> None:
    """Refuse to write over the file that is signed, the certificate or its passphrase.

    Raises:
        UsageError: the target is one of these files, under any name.
    """
    given = [path for path in read if path is not None and path.exists()]
    if out.exists() and any(path.samefile(out) for path in given):
        raise click.UsageError("不改原来的文件：-o 请写另一个名称")


def _passphrase(file: Path | None) -> str:
    """Return the passphrase of the certificate, "" if it has none.

    Raises:
        UsageError: there is no terminal to ask on, or the file is no text.
    """
    if file is not None:
        try:
            first, *_ = read_source(file).decode("utf-8-sig").splitlines() or [""]
        except UnicodeDecodeError as cause:
            raise click.UsageError("口令文件不是 UTF-8 文字") from cause
        return first
    if not is_terminal():
        raise click.UsageError("没有终端可以问口令：请用 --passphrase-file 指定文件")
    answer: str = click.prompt(
        "证书的口令", hide_input=True, default="", show_default=False, err=True
    )
    return answer
