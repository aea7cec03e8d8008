"""``hongtou extract``: gives back the issue that an archived PDF or OFD file carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePath
from shlex import quote
from typing import Any

import click

from hongtou import __version__
from hongtou.bulletin.enclosed_names import EDITION, ISSUE
from hongtou.bulletin.errors import SetupError
from hongtou.bulletin.finding import printable
from hongtou.cli.folder import PICTURE_SUFFIXES, read_archived
from hongtou.cli.options import ISSUE as FILE
from hongtou.cli.writing import write_new
from hongtou.config import read_config


@click.command(short_help="从归档 PDF 或 OFD 里取出稿件与图片。")
@click.argument("source", type=FILE, metavar="FILE")
@click.option(
    "-o",
    "out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="写到哪个目录；默认为当前目录下与文件同名的目录。",
)
def extract(source: Path, out: Path | None) -> None:
    """从归档 PDF（PDF/A-3a、PDF/A-4f）或 OFD 里取出稿件与图片，照当初送来的样子。

    附件与归档时所记的摘要不同的不取。已有的同名文件会被替换。照稿件重排，得到的文件与归档的
    一字节不差；版本、版式或字体换过的，会说明。
    """
    from hongtou.outputs.enclosed import enclosed_in

    enclosed = enclosed_in(read_archived(source))
    folder = out or Path(source.stem)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in enclosed.files.items():
        write_new(folder / name, content)
    click.echo(f"已取出 {len(enclosed.files)} 个文件，在 {folder}")
    click.echo(f"重排：{_command(folder, enclosed.edition)}")
    for warning in (*_changes(enclosed.edition), *_unseen(enclosed.files)):
        click.echo(warning, err=True)


def _changes(edition: Mapping[str, Any]) -> Iterator[str]:
    """Yield what has changed since a file was archived, so that pages may come out otherwise."""
    version = edition.get("hongtou")
    if version != __version__:
        told = printable(str(version))
        yield f"归档时的版本是 {told}，现在是 {__version__}：重排的版面可能不同"
    try:
        yield from _other_materials(edition)
    except SetupError as cause:
        yield f"版式与字体有没有换过，未能核对：{cause.message}"


def _other_materials(edition: Mapping[str, Any]) -> Iterator[str]:
    """Yield whether the layout or the faces are others; what is not recorded is not told of.

    Raises:
        SetupError: the installation is incomplete.
    """
    from hongtou.faces import open_faces
    from hongtou.layouts import open_layouts

    config = read_config()
    name, digest = _recorded(edition, "layout", "name"), _recorded(edition, "layout", "digest")
    layout = open_layouts(config.layouts_dir).get(name)
    if layout is None:
        yield f"没有名为“{printable(name)}”的版式：排不出归档的版面"
    elif layout.digest != digest:
        yield f"版式“{printable(name)}”在归档以后改过：重排的版面会不同"
    faces = _recorded(edition, "faces", "digest")
    if faces and faces != open_faces(config.fonts_dir, config.own_fonts).digest:
        yield "字体在归档以后换过：重排的文件会不同"


def _recorded(edition: Mapping[str, Any], of: str, name: str) -> str:
    part = edition.get(of)
    return str(part.get(name, "")) if isinstance(part, dict) else ""


def _unseen(names: Iterable[str]) -> Iterator[str]:
    """Yield pictures that the command line does not take for pictures; HTTP takes any name."""
    for name in names:
        if name not in (ISSUE, EDITION) and PurePath(name).suffix.lower() not in PICTURE_SUFFIXES:
            yield f"“{printable(name)}”没有图片的后缀，命令行不读：请用 HTTP 接口重排"


def _command(folder: Path, edition: Mapping[str, Any]) -> str:
    """Return the command that makes the edition again."""
    order = edition.get("order")
    order = order if isinstance(order, dict) else {}
    output = "ofd" if order.get("output") == "ofd" else "archive"
    options = order.get("options")
    words = ["hongtou", "render", str(folder / ISSUE), "--output", output]
    words += ["--purpose", "proof"] if order.get("purpose") == "proof" else []
    words += ["--normalize"] if order.get("normalize") is True else []
    for name, value in sorted(options.items()) if isinstance(options, dict) else ():
        set_to = str(value).lower() if isinstance(value, bool) else value
        words += ["--set", printable(f"{name}={set_to}")]  # a stranger's words, as the file is
    return " ".join(map(quote, words))
