"""The files of an installation: layouts, fonts, examples and keys."""

from __future__ import annotations

import errno
import hashlib
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

from hongtou.bulletin.errors import SetupError
from hongtou.bulletin.sizes import shown_size
from hongtou.bulletin.system_errors import reason_of
from hongtou.config import Config
from hongtou.doctor.check import Check, refusal, well
from hongtou.keys import MAX_FILE_BYTES, key_files, parse_keys
from hongtou.layouts import open_layouts
from hongtou.resources import reinstall, resource_dir, restore


def look_at_layouts(config: Config) -> Iterator[Check]:
    """Read every layout."""
    if not config.layouts_dir.is_dir():
        is_ours = config.layouts_dir == resource_dir("layouts")
        remedy = reinstall() if is_ours else "请核对 HONGTOU_LAYOUTS_DIR"
        yield Check("版式", False, f"找不到版式目录 {config.layouts_dir}", remedy)
        return
    try:
        names = "、".join(open_layouts(config.layouts_dir))
    except SetupError as fault:
        yield refusal("版式", fault)
    except OSError as fault:
        yield _unreadable("版式", config.layouts_dir, fault)
    else:
        yield well("版式", names)


def look_at_fonts(config: Config) -> Iterator[Check]:
    """Compare every font with its digest in the manifest."""
    folder = config.fonts_dir
    manifest = folder / "manifest.toml"
    remedy = restore("fonts", folder, manifest.name)
    try:
        faces = tomllib.loads(manifest.read_text(encoding="utf-8"))["face"]
        entries = [(one["title"], one["file"], one["sha256"]) for one in faces.values()]
    except FileNotFoundError:
        yield Check("字体清单", False, f"找不到 {manifest}", remedy)
        return
    except OSError as fault:
        yield _unreadable("字体清单", manifest, fault)
        return
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        yield Check("字体清单", False, f"{manifest} 写得不对：{fault}", remedy)
        return
    for title, file, digest in entries:
        yield _font(folder, title, file, digest)


def _font(folder: Path, title: str, file: str, digest: str) -> Check:
    name, path = f"字体 {title}", folder / file
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return Check(name, False, f"找不到 {path.name}", restore("fonts", folder, file))
    except OSError as fault:
        return _unreadable(name, path, fault)
    if found != digest:
        detail = f"{path.name} 内容有变，应有 SHA-256 {digest}"
        return Check(name, False, detail, restore("fonts", folder, file))
    return well(name, f"{path.name} {digest[:12]}")


def look_at_examples(config: Config) -> Iterator[Check]:
    """Check for the examples, which the service sets at start."""
    folder = resource_dir("examples")
    found = sorted(path.name for path in folder.glob("*.json"))
    if not found:
        yield Check("样稿", False, f"{folder} 里没有样稿", reinstall())
        return
    for name in found:
        if not os.access(folder / name, os.R_OK):
            yield _unreadable("样稿", folder / name, PermissionError(errno.EACCES, ""))
            return
    yield well("样稿", "、".join(found))


def look_at_keys(config: Config) -> Iterator[Check]:
    """Read the key file, or every key file of the folder."""
    if config.keys is None:
        return
    count = 0
    try:
        for path in key_files(config.keys):
            if path.stat().st_size > MAX_FILE_BYTES:
                detail = f"{path} 超过 {shown_size(MAX_FILE_BYTES)}"
                yield Check("密钥", False, detail, "请拆成几个 .keys 文件，放进一个目录")
                return
            count += len(parse_keys(path.read_text(encoding="utf-8")))
    except SetupError as fault:
        yield Check("密钥", False, f"{path}：{fault.message}", fault.hint)
    except UnicodeDecodeError:
        yield Check("密钥", False, f"{path} 不是 UTF-8 文字", "请把文件存成 UTF-8，或移出该目录")
    except OSError as fault:
        yield _unreadable("密钥", Path(fault.filename or config.keys), fault)
    else:
        remedy = f"请运行 hongtou keys new --name 名称 --to {quote(str(config.keys))}"
        detail = f"{config.keys} 中有 {count} 把"
        yield Check("密钥", count > 0, detail, "" if count else remedy)


def _unreadable(name: str, path: Path, fault: OSError) -> Check:
    """Return the check of an unreadable file, with the command that grants the missing right."""
    reason = reason_of(fault)
    for folder in reversed(path.absolute().parents):
        if folder.is_dir() and not os.access(folder, os.X_OK):
            return Check(name, False, f"{path} 读不了：{reason}", _allowed("a+rx", folder))
    right = "a+rx" if path.is_dir() else "a+r"
    return Check(name, False, f"{path} 读不了：{reason}", _allowed(right, path))


def _allowed(right: str, path: Path) -> str:
    return f"请以该文件的主人或 root 运行 chmod {right} {quote(str(path))}"
