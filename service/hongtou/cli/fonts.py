"""``hongtou fonts``: the faces of every role and their character coverage."""

from __future__ import annotations

from typing import Any

import click

from hongtou.cli.options import as_json
from hongtou.cli.streams import show, show_json
from hongtou.config import read_config


@click.command(short_help="列出字体角色与字符覆盖。")
@as_json
def fonts(as_json: bool) -> None:
    """列出每个字体角色所用的字体，以及对国家字符集的覆盖。"""
    from hongtou.faces import coverage, open_faces, read_manifest

    config = read_config()
    faces = open_faces(config.fonts_dir, config.own_fonts)
    titles = {name: role.title for name, role in read_manifest(config.fonts_dir).roles.items()}
    records = [
        {
            "role": role,
            "title": titles[role],
            "faces": [
                {
                    "id": face.id,
                    "family": face.family,
                    "file": face.path.name,
                    "sha256": face.sha256,
                }
                for face in faces.chain(role)
            ],
            "coverage": [
                {
                    "set": found.name,
                    "held": found.held,
                    "total": found.total,
                    "percent": found.percent,
                }
                for found in coverage(faces.chain(role), config.fonts_dir)
            ],
        }
        for role in faces.roles
    ]
    if as_json:
        show_json({"roles": records})
    else:
        show("\n".join(line for record in records for line in _lines(record)))


def _lines(record: dict[str, Any]) -> tuple[str, ...]:
    covered = (f"{found['set']} {found['percent']:.2f}%" for found in record["coverage"])
    return (
        f"{record['role']}\t{record['title']}",
        "\t依次取用：" + "、".join(face["family"] for face in record["faces"]),
        "\t字符覆盖：" + "，".join(covered),
    )
