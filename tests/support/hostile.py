"""What a hostile sender puts into texts and pictures."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

SIZE = (600, 400)
MIB = 1024 * 1024
LIGHT, DARK = 200, 60
BEHIND = b"<script>alert(1)</script>"


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
        f"{address}/picture.png",
        f"file://{file}",
        str(file),
        f"../../../..{file}",
        "\\\\host\\share\\a.png",
        "asset:../a.png",
        "data:image/png;base64,AAAA",
        "CON",
        "a/b.png",
        "..",
    ]


def drawn(mode: str = "RGB") -> Image.Image:
    """Return a light picture of 600 × 400 with a dark mark in its top left corner."""
    grey = Image.new("L", SIZE, LIGHT)
    grey.paste(DARK, (0, 0, 150, 100))
    match mode:
        case "I;16":
            return grey.convert("I").point(lambda level: level * 257).convert(mode)
        case "1":
            return grey.convert(mode, dither=Image.Dither.NONE)
        case "RGBA":
            clear = Image.new(mode, SIZE)
            clear.paste((DARK, DARK, DARK, 255), (0, 0, 150, 100))
            return clear
    return grey.convert("RGB").convert(mode)


def saved(kind: str = "PNG", mode: str = "RGB", **options: object) -> bytes:
    written = io.BytesIO()
    drawn(mode).save(written, kind, **options)
    return written.getvalue()


def zeros(count: int) -> bytes:
    """Return so many bytes of nothing as zlib writes them, a piece made once and repeated (RFC 1950)."""
    whole, rest = divmod(count, MIB)
    writer = zlib.compressobj(9, wbits=-15)
    piece = writer.compress(bytes(MIB)) + writer.flush(zlib.Z_FULL_FLUSH)
    last = writer.compress(bytes(rest)) + writer.flush()
    return b"\x78\xda" + whole * piece + last + struct.pack("!HH", count % 65_521, 1)


def bomb(side: int) -> bytes:
    """Return a small PNG that says that it is this many pixels wide and high."""
    content = zeros(side * (1 + (side + 7) // 8))
    header = struct.pack("!IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack("!I", len(part)) + kind + part + struct.pack("!I", zlib.crc32(kind + part))
        for kind, part in ((b"IHDR", header), (b"IDAT", content), (b"IEND", b""))
    )


def turned_jpeg() -> bytes:
    """Return a JPEG that says it was taken with the camera on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: what is top left belongs at the top right
    exif[0x010E] = BEHIND.decode()
    return saved("JPEG", exif=exif)


def commented_png() -> bytes:
    """Return a PNG with text in it."""
    notes = PngInfo()
    notes.add_text("Comment", BEHIND.decode(), zip=True)
    return saved(pnginfo=notes)


def bad_pictures(address: str, file: Path) -> dict[str, bytes]:
    """Return what is called a PNG and must be refused."""
    xml = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}/in-svg"/></svg>'
    eps = f"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n({file}) (r) file\n"
    return {
        "svg": xml.encode(),
        "svg with entity": f'<!DOCTYPE s [<!ENTITY e SYSTEM "file://{file}">]>{xml}'.encode(),
        "eps": eps.encode(),
        "truncated gif": saved("GIF")[:-200],
        "truncated tiff": saved("TIFF")[:-600],
        "truncated bmp": saved("BMP")[:-300],
        "truncated webp": saved("WEBP")[:-100],
        "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64),
        "html": b"<html><script>1</script>",
        "pdf": b"%PDF-1.7\n%%EOF",
        "empty": b"",
        "signature alone": b"\x89PNG\r\n\x1a\n",
        "truncated": saved()[:-100],
        "truncated jpeg": saved("JPEG")[:-300],
        "bomb of 30000": bomb(30_000),
        "bomb of 12000": bomb(12_000),
    }


def undated(profile: bytes) -> bytes:
    """Return an ICC profile without the time at which it was made (ICC.1:2022 §7.2.8)."""
    return profile[:24] + bytes(12) + profile[36:]


def odd_pictures() -> dict[str, bytes]:
    """Return pictures that are unusual but good."""
    profile = undated(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    return {
        "16-bit PNG": saved(mode="I;16"),
        "palette": saved(mode="P"),
        "one bit": saved(mode="1"),
        "transparent": saved(mode="RGBA"),
        "CMYK JPEG": saved("JPEG", "CMYK"),
        "grey JPEG": saved("JPEG", "L"),
        "JPEG with a profile": saved("JPEG", icc_profile=profile),
        "PNG with a profile": saved(icc_profile=profile),
        "EXIF-rotated": turned_jpeg(),
        "GIF": saved("GIF"),
        "TIFF": saved("TIFF"),
        "TIFF of LZW": saved("TIFF", compression="tiff_lzw"),
        "BMP": saved("BMP"),
        "WebP": saved("WEBP", lossless=True),
        "PNG with text": commented_png(),
        "PNG with HTML behind it": saved() + BEHIND,
    }
