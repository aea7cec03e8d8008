"""What a hostile sender puts into texts and pictures."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

from PIL import Image


def texts(address: str, file: Path) -> list[str]:
    """Return texts that would fetch an address or read a file if anything understood them."""
    return [
        f"<img src={address}/img>",
        f'"><img src="{address}/quoted">',
        f"</p><link rel=attachment href={address}/attached>",
        f"<link rel=attachment href=file://{file}>",
        f"<style>@import '{address}/css'</style>",
        f"</style><style>*{{background:url({address}/bg)}}",
        f"');}}*{{background:url({address}/css-string)",
        f"<script>fetch('{address}/js')</script>",
        f"<a href=javascript:alert(1)>x</a><a href=file://{file}>y</a>",
        f"<object data={address}/object><embed src=file://{file}>",
        f"<svg><image href={address}/svg /></svg>",
        f"<iframe src=file://{file}></iframe>",
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{file}">]>&e;',
        f"url({address}/url)",
        f"attr(x url) content: url(file://{file})",
        f"{{{{ ''.__class__.__mro__ }}}}{{% include '{file}' %}}",
        f"${{jndi:ldap://{address.removeprefix('http://')}/a}}%s%n",
        f"\\input{{{file}}}\\write18{{id}}",
        f"(/S /URI /URI ({address}/pdf)) endobj",
        "<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
        f"`cat {file}`;$(id)|id",
        f"]]><xi:include href='file://{file}'/>",
        "&lt;b&gt;&#60;img src=x&#62;",
        f"file://{file}",
    ]


def image_names(address: str, file: Path) -> list[str]:
    """Return picture names that are no names."""
    return [
        f"{address}/picture.png", f"file://{file}", str(file), f"../../../..{file}",
        "\\\\host\\share\\a.png", "asset:../a.png", "data:image/png;base64,AAAA", "CON", "a/b.png", "..",
    ]


def png(width: int = 600, height: int = 400, mode: str = "RGB") -> bytes:
    written = io.BytesIO()
    Image.new(mode, (width, height)).save(written, "PNG")
    return written.getvalue()


def bomb(side: int) -> bytes:
    """Return a small PNG that says that it is this many pixels wide and high."""
    rows = zlib.compressobj(9)
    row = bytes(1 + (side + 7) // 8)
    content = b"".join(rows.compress(row) for _ in range(side)) + rows.flush()
    header = struct.pack("!IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack("!I", len(part)) + kind + part + struct.pack("!I", zlib.crc32(kind + part))
        for kind, part in ((b"IHDR", header), (b"IDAT", content), (b"IEND", b""))
    )


def saved(kind: str, mode: str = "RGB", **options: object) -> bytes:
    written = io.BytesIO()
    Image.new(mode, (600, 400)).save(written, kind, **options)
    return written.getvalue()


def turned_jpeg() -> bytes:
    """Return a JPEG of 600 × 400 that says it stands on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return saved("JPEG", exif=exif)


def bad_pictures(address: str, file: Path) -> dict[str, bytes]:
    """Return what is called a PNG and must be refused."""
    xml = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}/in-svg"/></svg>'
    eps = f"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n({file}) (r) file\n"
    return {
        "svg": xml.encode(),
        "svg with entity": f'<!DOCTYPE s [<!ENTITY e SYSTEM "file://{file}">]>{xml}'.encode(),
        "eps": eps.encode(),
        "gif": saved("GIF"),
        "tiff": saved("TIFF"),
        "bmp": saved("BMP"),
        "webp": saved("WEBP"),
        "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64),
        "html": b"<html><script>1</script>",
        "pdf": b"%PDF-1.7\n%%EOF",
        "empty": b"",
        "signature alone": b"\x89PNG\r\n\x1a\n",
        "truncated": png()[:-40],
        "truncated jpeg": saved("JPEG")[:300],
        "bomb of 30000": bomb(30_000),
        "bomb of 12000": bomb(12_000),
    }


def odd_pictures() -> dict[str, tuple[bytes, tuple[int, int]]]:
    """Return pictures that are unusual but good, with the size they have upright."""
    return {
        "16-bit PNG": (png(mode="I;16"), (600, 400)),
        "palette": (png(mode="P"), (600, 400)),
        "one bit": (png(mode="1"), (600, 400)),
        "transparent": (png(mode="RGBA"), (600, 400)),
        "CMYK JPEG": (saved("JPEG", "CMYK"), (600, 400)),
        "grey JPEG": (saved("JPEG", "L"), (600, 400)),
        "EXIF-rotated": (turned_jpeg(), (400, 600)),
        "PNG with HTML behind it": (png() + b"<script>alert(1)</script>", (600, 400)),
    }
