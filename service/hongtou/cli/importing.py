"""``hongtou import``: reads a finished issue in another form and writes its issue JSON."""

from __future__ import annotations

from pathlib import Path

import click

from hongtou.cli.folder import read_source
from hongtou.cli.options import ISSUE
from hongtou.cli.streams import show_json
from hongtou.cli.writing import write_new
from hongtou.records import doubt_line, import_record


@click.command(name="import", short_help="把旧的一期（.docx、PDF、文本）读成稿件 JSON。")
@click.argument("source", type=ISSUE, metavar="FILE")
@click.option("--lines", "with_lines", is_flag=True, help="连同每一行认作了什么，写成一份 JSON。")
@click.option(
    "--pictures",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="把 .docx 里的图片写到这个目录；已有的同名文件会被替换。",
)
def import_command(source: Path, with_lines: bool, pictures: Path | None) -> None:
    """读一期旧简报，在标准输出写稿件 JSON；拿不准之处写到标准错误，请逐条核对。"""
    from hongtou.importing.reading import read_file
    from hongtou.rendering.office import as_docx

    imported = read_file(as_docx(read_source(source)))
    if pictures and imported.pictures:
        pictures.mkdir(parents=True, exist_ok=True)
        for name, content in imported.pictures.items():
            write_new(pictures / name, content)
    show_json(import_record(imported) if with_lines else imported.issue)
    if imported.pictures and not pictures:
        names = "、".join(imported.pictures)
        click.echo(f"图片在文件里，没有写出：{names}。加 --pictures FOLDER 写出来", err=True)
    if with_lines:  # the doubts are in it
        return
    for doubt in imported.doubts:
        click.echo(doubt_line(doubt), err=True)
    click.echo(f"{source}：{len(imported.lines)} 行，{len(imported.doubts)} 处待核对", err=True)
