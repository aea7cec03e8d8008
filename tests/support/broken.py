"""Installations that are broken in one way each, and how they are mended: the doctor's patients.

A patient is a generator: it breaks something in a folder of its own and yields how the doctor is
called; then it does what the remedy says, or the same with the means of a test, and yields once
more. Where this system does not allow the damage it is skipped, and says why.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cssselect2
import pytest

from hongtou.doctor.software import PACKAGES
from hongtou.pins import PINNED
from hongtou.store.backup import restore
from tests.support.machine import with_own_mounts
from tests.support.provider import CLIENT, SECRET, identity_provider
from tests.support.serving import free_port

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "service" / "hongtou"
STRANGER = 10001  # the uid of the image
GOOD_LINE = f"{hashlib.sha256(b'hongtou_a').hexdigest()} render,check,read 办公系统\n"
NOBODY_THERE = "http://127.0.0.1:9/realms/main"  # an identity provider at the port of discard
ONE = socket.create_server(("127.0.0.1", 0))  # somebody else's port, as long as the tests run


@dataclass(frozen=True)
class Call:
    """How the doctor is called: its settings, the command before it, the folder it is run in."""

    settings: tuple[tuple[str, str], ...] = ()
    under: tuple[str, ...] = ()
    folder: Path = ROOT
    closed: str = ""


Damage = Callable[[Path], Iterator[Call]]


@dataclass(frozen=True)
class Patient:
    """A broken installation: which checks find it, what the remedy has to say."""

    name: str
    checks: tuple[str, ...]
    remedy: str
    damage: Damage


PATIENTS: dict[str, Patient] = {}


def patient(
    check: str, remedy: str, name: str = "", more: tuple[str, ...] = ()
) -> Callable[[Damage], Damage]:
    """Add a broken installation to the table; ``remedy`` is a pattern, ``more`` are more checks."""

    def add(damage: Damage) -> Damage:
        key = name or damage.__name__.replace("_", " ")
        PATIENTS[key] = Patient(key, (check, *more), remedy, damage)
        return damage

    return add


def call(
    under: tuple[str, ...] = (), folder: Path = ROOT, closed: str = "", **settings: object
) -> Call:
    return Call(
        tuple((name, str(value)) for name, value in settings.items()), under, folder, closed
    )


def environment(asked: Call) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("HONGTOU_", "PYTHON", "TMPDIR"))
    }
    own = {"HONGTOU_PORT": str(PORT), "PYTHONDONTWRITEBYTECODE": "1"}
    return {**kept, **own, **dict(asked.settings)}


def only_sets(asked: Call) -> bool:
    """Tell whether a call differs from any other by the settings of hongtou alone, and who asks."""
    names = {name for name, _ in asked.settings}
    plain = call(as_stranger() if is_of_stranger(asked) else (), **dict(asked.settings))
    return asked == plain and all(name.startswith("HONGTOU_") for name in names)


def is_of_stranger(asked: Call) -> bool:
    """Tell whether a call is made by somebody else than these tests."""
    return asked.under[:1] == ("setpriv",)


def examine(asked: Call) -> subprocess.CompletedProcess[str]:
    """Run the doctor as it is installed: the current folder is not where modules come from."""
    command = [*asked.under, sys.executable, "-P", "-m", "hongtou", "doctor"]
    if asked.closed:
        command = ["sh", "-c", f'exec "$@" {asked.closed}', "sh", *command]
    return subprocess.run(
        command,
        cwd=asked.folder,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
        env=environment(asked),
    )


PORT = free_port()


def limited(letter: str, most: int) -> tuple[str, ...]:
    return ("bash", "-c", f'ulimit -{letter} {most}; exec "$@"', "bash")


@cache
def as_stranger() -> tuple[str, ...]:
    """Return a command under which the doctor is not root, so that rights and limits count."""
    if os.geteuid():
        return ()
    under = ("setpriv", f"--reuid={STRANGER}", f"--regid={STRANGER}", "--clear-groups")
    try:
        subprocess.run(
            [*under, sys.executable, "-c", "import hongtou.doctor"],
            check=True,
            capture_output=True,
            cwd=ROOT,
        )
    except (OSError, subprocess.CalledProcessError) as refusal:
        pytest.skip(f"这里不能换成别的用户来运行：{refusal}")
    return under


# Keys and the address


@patient("密钥", "hongtou keys new")
def a_line_of_the_key_file_is_none(folder: Path) -> Iterator[Call]:
    keys = folder / "keys"
    keys.write_text("render\n")
    yield call(HONGTOU_KEYS=keys)
    keys.write_text(GOOD_LINE)
    yield call(HONGTOU_KEYS=keys)


@patient("密钥", r"chmod a\+r .*keys")
def the_key_file_cannot_be_read(folder: Path) -> Iterator[Call]:
    keys = folder / "keys"
    keys.write_text(GOOD_LINE)
    keys.chmod(0)
    yield call(as_stranger(), HONGTOU_KEYS=keys)
    keys.chmod(0o444)
    yield call(as_stranger(), HONGTOU_KEYS=keys)


@patient("密钥", r"chmod a\+rx .*keys")
def the_folder_of_keys_cannot_be_entered(folder: Path) -> Iterator[Call]:
    keys = folder / "keys"
    keys.mkdir()
    (keys / "a.keys").write_text(GOOD_LINE)
    keys.chmod(0)
    yield call(as_stranger(), HONGTOU_KEYS=keys)
    keys.chmod(0o755)
    yield call(as_stranger(), HONGTOU_KEYS=keys)


@patient("密钥", r"hongtou keys new --name \S+ --to ")
def there_is_no_key(folder: Path) -> Iterator[Call]:
    keys = folder / "keys"
    keys.mkdir()
    yield call(HONGTOU_KEYS=keys)
    subprocess.run(
        [sys.executable, "-P", "-m", "hongtou", "keys", "new", "--name", "甲", "--to", keys],
        check=True,
        capture_output=True,
        cwd=ROOT,
    )
    yield call(HONGTOU_KEYS=keys)


@patient("设置", "改正或删除")
def the_key_file_is_not_there(folder: Path) -> Iterator[Call]:
    yield call(HONGTOU_KEYS=folder / "keys")
    (folder / "keys").write_text(GOOD_LINE)
    yield call(HONGTOU_KEYS=folder / "keys")


@patient("服务", "hongtou keys new")
def strangers_would_need_no_key(folder: Path) -> Iterator[Call]:
    alone = {"HONGTOU_HOST": "0.0.0.0", "HONGTOU_DATABASE": "none"}  # and so without accounts
    yield call(**alone)
    (folder / "keys").write_text(GOOD_LINE)
    yield call(**alone, HONGTOU_KEYS=folder / "keys")


@patient("端口", "HONGTOU_PORT")
def another_program_has_the_port(folder: Path) -> Iterator[Call]:
    yield call(HONGTOU_PORT=ONE.getsockname()[1])
    yield call()


@patient("端口", "HONGTOU_HOST")
def the_address_is_not_of_this_machine(folder: Path) -> Iterator[Call]:
    (folder / "keys").write_text(GOOD_LINE)
    yield call(HONGTOU_HOST="192.0.2.1", HONGTOU_KEYS=folder / "keys")
    yield call(HONGTOU_HOST="127.0.0.1", HONGTOU_KEYS=folder / "keys")


# Settings

for variable, wrong in (
    ("HONGTOU_PROT", "80"),
    ("HONGTOU_QUEUE", "a few"),
    ("HONGTOU_QUEUE", "255"),  # with the threads that there may be
    ("HONGTOU_HOSTS", "https://a.example:8443"),
    ("HONGTOU_HOST", "127.0.0.1:80"),
    ("HONGTOU_PREFIX", "hongtou/"),
    ("HONGTOU_OWN_FONTS", "/nowhere"),
):

    @patient("设置", "改正或删除", f"{variable}={wrong}")
    def _wrong_setting(
        folder: Path, variable: str = variable, wrong: str = wrong
    ) -> Iterator[Call]:
        yield call(**{variable: wrong})
        yield call()


# The machine


@patient("服务", "ulimit -n")
def few_descriptors(folder: Path) -> Iterator[Call]:
    yield call(limited("n", 64))
    yield call()


@patient("进程与线程", "ulimit -u")
def few_processes(folder: Path) -> Iterator[Call]:
    yield call((*as_stranger(), *limited("u", 12)))
    yield call(as_stranger())


@patient("系统限制", "ulimit -f unlimited")
def small_files_only(folder: Path) -> Iterator[Call]:
    yield call(limited("f", 1024))
    yield call()


@patient("系统限制", "LimitCPU=infinity")
def little_processor_time(folder: Path) -> Iterator[Call]:
    yield call(limited("t", 600))
    yield call()


@patient("系统限制", "ulimit -v unlimited")
def less_address_space_than_a_worker_may_have(folder: Path) -> Iterator[Call]:
    yield call(limited("v", 900 * 1024))
    yield call()


@patient("系统限制", "ulimit -v unlimited")
def too_little_address_space_to_load_anything(folder: Path) -> Iterator[Call]:
    yield call(limited("v", 80 * 1024))
    yield call()


@patient("临时目录", r"mkdir -p /.*tmp|unset TMPDIR")
def no_folder_for_temporary_files(folder: Path) -> Iterator[Call]:
    yield call(TMPDIR=folder / "tmp")
    (folder / "tmp").mkdir()
    yield call(TMPDIR=folder / "tmp")


@patient("临时目录", "export TMPDIR=")
def temporary_files_cannot_be_written(folder: Path) -> Iterator[Call]:
    (folder / "tmp").mkdir(mode=0o555)
    yield call(as_stranger(), TMPDIR=folder / "tmp")
    yield call(as_stranger(), TMPDIR="/var/tmp")


@patient("临时目录", "清理")
def too_little_room_for_temporary_files(folder: Path) -> Iterator[Call]:
    for size in ("16m", "96m"):
        under = with_own_mounts(f"mount -t tmpfs -o size={size} none {folder}")
        yield call(tuple(under), TMPDIR=folder)


@patient("/proc", "mount -t proc")
def no_proc(folder: Path) -> Iterator[Call]:
    hidden = with_own_mounts("mount -t tmpfs none /proc")
    yield call(tuple(hidden))
    yield call()


@patient("输出", ">&-")
def standard_output_is_closed(folder: Path) -> Iterator[Call]:
    yield call(closed=">&-")
    yield call()


# Libraries and packages


def shadow(folder: Path, name: str, text: str) -> Call:
    (folder / f"{name}.py").write_text(text)
    return call(PYTHONPATH=folder)


# Without click the command line does not start; the others are missing several at a time.
OTHERS = [package for package in PACKAGES if package != "click"]
for missing in (["click"], *(OTHERS[first::5] for first in range(5))):
    named = [f"软件包 {package}" for package in missing]

    @patient(named[0], "repair|pip install", f"no {', '.join(missing)}", tuple(named[1:]))
    def _missing_packages(folder: Path, missing: list[str] = missing) -> Iterator[Call]:
        for module in (PACKAGES[package] for package in missing):
            told = f"raise ModuleNotFoundError('no {module}', name='{module}')"
            asked = shadow(folder, module, told)
        yield asked
        yield call()


@patient("软件包 deflate", "repair|pip install")
def a_package_that_ends_the_process(folder: Path) -> Iterator[Call]:
    yield shadow(folder, "deflate", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    yield call()


for package in PINNED:

    @patient(package, "repair|pip install", f"another release of {package}")
    def _another_release(folder: Path, package: str = package) -> Iterator[Call]:
        told = folder / f"{package}-0.11.0.dist-info"
        told.mkdir()
        (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 0.11.0\n")
        yield call(PYTHONPATH=folder)
        yield call()


def altered_cssselect2(folder: Path, more: str) -> Call:
    """Let a copy of cssselect2 stand before the installed one, with these lines behind its own."""
    source = Path(cssselect2.__file__).parent
    copied = Path(shutil.copytree(source, folder / "cssselect2"))
    with (copied / "__init__.py").open("a", encoding="utf-8") as module:
        module.write(more)
    return call(PYTHONPATH=folder)


@patient("软件包 cssselect2", "repair|pip install")
def another_cssselect2_than_its_metadata_say(folder: Path) -> Iterator[Call]:
    yield altered_cssselect2(folder, "VERSION = __version__ = '0.1.0'\n")
    yield call()


@patient("试排", "repair|pip install")
def a_cssselect2_that_loads_and_lays_out_no_page(folder: Path) -> Iterator[Call]:
    """Defect 7 of the code review: all was called 正常, and every render ended in KeyError: 2."""
    fails = (
        "def _fail(*_, **__):\n    raise KeyError(2)\n\n\nElementWrapper.from_html_root = _fail\n"
    )
    yield altered_cssselect2(folder, fails)
    yield call()


for title, library, debian in (
    ("Pango", "libpango-1.0.so.0", "libpango-1.0-0"),
    ("Pango FreeType", "libpangoft2-1.0.so.0", "libpangoft2-1.0-0"),
    ("HarfBuzz subset", "libharfbuzz-subset.so.0", "libharfbuzz-subset0"),
):

    @patient(title, f"apt-get install .*{debian}", f"no {library}")
    def _missing_library(folder: Path, library: str = library) -> Iterator[Call]:
        (folder / library).touch()
        yield call(LD_LIBRARY_PATH=folder)
        yield call()


@patient("Python 环境", "python3.11")
def an_old_python(folder: Path) -> Iterator[Call]:
    yield shadow(folder, "sitecustomize", "import sys; sys.version_info = (3, 9, 2, 'final', 0)")
    yield call()


@patient("Python 环境", "unset PYTHONPATH")
def planted_modules_on_the_path(folder: Path) -> Iterator[Call]:
    (folder / "json.py").write_text("open('ran', 'w')\nraise ImportError")
    yield call(folder=folder, PYTHONPATH=".")
    yield call(folder=folder)


# Fonts and layouts


def fonts_copy(folder: Path) -> Path:
    """Return a fonts folder whose files can be altered one by one."""
    fonts = folder / "fonts"
    (fonts / "files").mkdir(parents=True)
    for source in (*(ROOT / "fonts").glob("*.toml"), *(ROOT / "fonts" / "files").iterdir()):
        (fonts / source.relative_to(ROOT / "fonts")).symlink_to(source)
    return fonts


@patient("字体 仿宋", r"cp \S+/fonts/files/body.ttf \S+/fonts/files/body.ttf")
def a_font_is_missing(folder: Path) -> Iterator[Call]:
    fonts = fonts_copy(folder)
    (fonts / "files" / "body.ttf").unlink()
    yield call(HONGTOU_FONTS_DIR=fonts)
    shutil.copy(ROOT / "fonts/files/body.ttf", fonts / "files/body.ttf")
    yield call(HONGTOU_FONTS_DIR=fonts)


@patient("字体 小标宋", r"cp \S+/fonts/files/title.ttf \S+/fonts/files/title.ttf")
def a_font_is_altered(folder: Path) -> Iterator[Call]:
    fonts = fonts_copy(folder)
    title = fonts / "files" / "title.ttf"
    title.unlink()
    title.write_bytes((ROOT / "fonts/files/title.ttf").read_bytes()[:-1] + b"?")
    yield call(HONGTOU_FONTS_DIR=fonts)
    shutil.copy(ROOT / "fonts/files/title.ttf", title)
    yield call(HONGTOU_FONTS_DIR=fonts)


@patient("字体 西文", r"chmod a\+r \S+latin.ttf")
def a_font_cannot_be_read(folder: Path) -> Iterator[Call]:
    fonts = fonts_copy(folder)
    latin = fonts / "files" / "latin.ttf"
    latin.unlink()
    shutil.copy(ROOT / "fonts/files/latin.ttf", latin)
    latin.chmod(0)
    yield call(as_stranger(), HONGTOU_FONTS_DIR=fonts)
    latin.chmod(0o444)
    yield call(as_stranger(), HONGTOU_FONTS_DIR=fonts)


@patient("字体清单", r"cp \S+/fonts/manifest.toml \S+/fonts/manifest.toml")
def the_manifest_is_broken(folder: Path) -> Iterator[Call]:
    fonts = fonts_copy(folder)
    (fonts / "manifest.toml").unlink()
    (fonts / "manifest.toml").write_text("[face")
    yield call(HONGTOU_FONTS_DIR=fonts)
    shutil.copy(ROOT / "fonts/manifest.toml", fonts / "manifest.toml")
    yield call(HONGTOU_FONTS_DIR=fonts)


@patient("自有字体", "换用其他字体")
def an_own_font_may_not_be_embedded(folder: Path) -> Iterator[Call]:
    content = bytearray((ROOT / "fonts/files/body.ttf").read_bytes())
    tables = [content[at : at + 16] for at in range(12, 12 + 16 * int.from_bytes(content[4:6]), 16)]
    (place,) = (int.from_bytes(table[8:12]) for table in tables if table[:4] == b"OS/2")
    content[place + 8 : place + 10] = b"\0\2"  # fsType: no embedding
    (folder / "body.ttf").write_bytes(content)
    yield call(HONGTOU_OWN_FONTS=folder)
    (folder / "body.ttf").unlink()
    yield call(HONGTOU_OWN_FONTS=folder)


def layouts_copy(folder: Path) -> Path:
    return Path(shutil.copytree(ROOT / "layouts", folder / "layouts"))


@patient("版式", r"修改 \S+dongtai/layout.toml.*cp ")
def a_layout_is_broken(folder: Path) -> Iterator[Call]:
    layouts = layouts_copy(folder)
    (layouts / "dongtai" / "layout.toml").write_text("[layout")
    yield call(HONGTOU_LAYOUTS_DIR=layouts)
    shutil.copy(ROOT / "layouts/dongtai/layout.toml", layouts / "dongtai/layout.toml")
    yield call(HONGTOU_LAYOUTS_DIR=layouts)


@patient("试排", r"改正 \S+layouts/dongtai.*cp ")
def a_template_is_broken(folder: Path) -> Iterator[Call]:
    layouts = layouts_copy(folder)
    (layouts / "_shared" / "bulletin.html.j2").write_text("{% broken")
    yield call(HONGTOU_LAYOUTS_DIR=layouts)
    shutil.copy(ROOT / "layouts/_shared/bulletin.html.j2", layouts / "_shared/bulletin.html.j2")
    yield call(HONGTOU_LAYOUTS_DIR=layouts)


@patient("模板", r"修改 \S+_shared/page.css.j2.*cp ")
def a_rule_of_the_stylesheet_does_nothing(folder: Path) -> Iterator[Call]:
    layouts = layouts_copy(folder)
    with (layouts / "_shared" / "page.css.j2").open("a") as sheet:
        sheet.write("\n.closing::before { content: '*' }\n")
    yield call(HONGTOU_LAYOUTS_DIR=layouts)
    shutil.copy(ROOT / "layouts/_shared/page.css.j2", layouts / "_shared/page.css.j2")
    yield call(HONGTOU_LAYOUTS_DIR=layouts)


@patient("版式", "_shared|重新安装|repair")
def there_is_no_layout(folder: Path) -> Iterator[Call]:
    (folder / "layouts").mkdir()
    yield call(HONGTOU_LAYOUTS_DIR=folder / "layouts")
    shutil.copytree(ROOT / "layouts", folder / "layouts", dirs_exist_ok=True)
    yield call(HONGTOU_LAYOUTS_DIR=folder / "layouts")


# The files of a wheel: a copy of the package that has no clone around it


def installed(folder: Path, *kinds: str) -> Call:
    """Return how the doctor of an installation is called in which only these folders are filled."""
    if not (folder / "service").exists():
        # As pip leaves it: compiled, or each examination would do so twice.
        shutil.copytree(PACKAGE, folder / "service" / "hongtou")
    for kind in ("layouts", "fonts", "examples"):
        if kind not in kinds:
            (folder / kind).mkdir()
        elif not (folder / kind).is_symlink():
            if (folder / kind).is_dir():
                (folder / kind).rmdir()
            (folder / kind).symlink_to(ROOT / kind)
    return call(PYTHONPATH=folder / "service")


@patient("样稿", r"pip install --force-reinstall hongtou-\S+\.whl")
def the_examples_are_missing(folder: Path) -> Iterator[Call]:
    yield installed(folder, "layouts", "fonts")
    yield installed(folder, "layouts", "fonts", "examples")


@patient("版式", r"pip install --force-reinstall hongtou-\S+\.whl")
def the_folder_of_layouts_is_empty(folder: Path) -> Iterator[Call]:
    yield installed(folder, "fonts", "examples")
    yield installed(folder, "layouts", "fonts", "examples")


@patient("字体清单", r"pip install --force-reinstall hongtou-\S+\.whl")
def the_folder_of_fonts_is_empty(folder: Path) -> Iterator[Call]:
    yield installed(folder, "layouts", "examples")
    yield installed(folder, "layouts", "fonts", "examples")


@patient("试排", r"pip install --force-reinstall hongtou-\S+\.whl")
def a_part_of_hongtou_is_missing(folder: Path) -> Iterator[Call]:
    everything = installed(folder, "layouts", "fonts", "examples")
    shutil.rmtree(folder / "service" / "hongtou" / "compose")
    yield everything
    shutil.copytree(PACKAGE / "compose", folder / "service" / "hongtou" / "compose")
    yield everything


# The database that is named

OPENED = "import sys; from hongtou.store import open_archive; open_archive(sys.argv[1]).close()"


def database(folder: Path) -> Path:
    """Return a file that the service has opened once, in a process of its own as it does."""
    file = folder / "hongtou.db"
    subprocess.run([sys.executable, "-c", OPENED, str(file)], check=True, cwd=ROOT)
    return file


@patient("数据库", "请改用那个版本，或以 hongtou restore")
def the_database_is_of_a_newer_release(folder: Path) -> Iterator[Call]:
    file = database(folder)
    shutil.copy(file, folder / "backup.db")
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("UPDATE alembic_version SET version_num = '9999'")
        opened.commit()
    yield call(HONGTOU_DATABASE=file)
    restore(folder / "backup.db", file)
    yield call(HONGTOU_DATABASE=file)


@patient("数据库", "恢复最近的备份")
def the_database_is_damaged(folder: Path) -> Iterator[Call]:
    file = database(folder)
    shutil.copy(file, folder / "backup.db")
    file.write_bytes(b"no database" * 1000)
    yield call(HONGTOU_DATABASE=file)
    file.unlink()
    restore(folder / "backup.db", file)
    yield call(HONGTOU_DATABASE=file)


@patient("数据库", "fuser")
def another_program_holds_the_database(folder: Path) -> Iterator[Call]:
    file = database(folder)
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield call(HONGTOU_DATABASE=file)
    yield call(HONGTOU_DATABASE=file)


@patient("数据库", "启动数据库，核对网络与 HONGTOU_DATABASE")
def no_server_of_the_database_answers(folder: Path) -> Iterator[Call]:
    yield call(HONGTOU_DATABASE=f"postgresql://hongtou@/hongtou?host={folder}")
    yield call()


# Single sign-on


def registered(folder: Path, issuer: str, **more: object) -> Call:
    secret = folder / "secret"
    secret.write_text(SECRET)
    return call(
        HONGTOU_OIDC_ISSUER=issuer,
        HONGTOU_OIDC_CLIENT_ID=CLIENT,
        HONGTOU_OIDC_CLIENT_SECRET_FILE=secret,
        **more,
    )


@patient("统一身份认证", "三项要么都设，要么都不设")
def half_of_single_sign_on_is_set(folder: Path) -> Iterator[Call]:
    yield call(HONGTOU_OIDC_ISSUER=NOBODY_THERE)
    yield call()


@patient("统一身份认证", "请核对 HONGTOU_OIDC_ISSUER、网络与证书")
def no_identity_provider_answers(folder: Path) -> Iterator[Call]:
    yield registered(folder, NOBODY_THERE)
    with identity_provider() as provider:
        yield registered(folder, provider.issuer)


@patient("统一身份认证", "HONGTOU_OIDC_ISSUER 改成 http://127.0.0.1")
def the_issuer_is_written_otherwise(folder: Path) -> Iterator[Call]:
    with identity_provider() as provider:
        yield registered(folder, f"{provider.issuer}/")
        yield registered(folder, provider.issuer)


@patient("统一身份认证", "pip install")
def the_packages_of_single_sign_on_are_missing(folder: Path) -> Iterator[Call]:
    shadow(folder, "authlib", "raise ModuleNotFoundError('no authlib', name='authlib')")
    yield registered(folder, NOBODY_THERE, PYTHONPATH=folder)
    yield call()
