"""Settings: each has one variable, a default and a description, and is checked at start."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from hongtou.bulletin.errors import SetupError
from hongtou.bulletin.limits import LIMIT_TITLES, Limits
from hongtou.config import SPARE_THREADS, Config, injected, read_config, settings


def test_nothing_need_be_set() -> None:
    assert read_config({"PATH": "/bin"}) == Config()


def test_every_field_and_every_limit_is_a_setting() -> None:
    assert list(LIMIT_TITLES) == [limit.name for limit in fields(Limits)]
    assert len(settings()) == len(fields(Config)) - 1 + len(fields(Limits))
    assert len({setting.variable for setting in settings()}) == len(settings())
    assert all(setting.title for setting in settings())


def test_every_variable_is_read(tmp_path: Path) -> None:
    changed = {
        setting.variable: str(int(setting.default) + 1)
        for setting in settings()
        if setting.default.isdigit()
    }
    found = read_config({**changed, "HONGTOU_HOST": "0.0.0.0", "HONGTOU_OWN_FONTS": str(tmp_path)})
    assert found.host == "0.0.0.0"
    assert found.own_fonts == tmp_path
    default = Config()
    for name in (
        "port",
        "threads",
        "workers",
        "queue",
        "render_seconds",
        "request_bytes",
        "image_bytes",
        "images",
    ):
        assert getattr(found, name) == getattr(default, name) + 1, name
    for limit in fields(Limits):
        assert getattr(found.limits, limit.name) == limit.default + 1, limit.name


def test_an_empty_variable_is_not_set() -> None:
    assert read_config({"HONGTOU_PORT": ""}) == Config()


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("HONGTOU_PORT", "0", "1 至 65535"),
        ("HONGTOU_PORT", "65536", "1 至 65535"),
        ("HONGTOU_PORT", "http", "整数"),
        ("HONGTOU_PORT", "８０８０", "整数"),
        ("HONGTOU_PORT", "-1", "整数"),
        ("HONGTOU_THREADS", "9" * 5000, "整数"),
        ("HONGTOU_MAX_ARTICLES", "0", "不小于 1"),
        ("HONGTOU_LAYOUTS_DIR", "/nowhere/at/all", "目录"),
        ("HONGTOU_PROT", "80", "HONGTOU_PORT"),
        ("HONGTOU_QUEUE", "255", "HONGTOU_THREADS"),
        ("HONGTOU_RENDER_MEMORY_BYTES", "1024", "不小于"),
        ("HONGTOU_HOST", "127.0.0.1:80", "应写 127.0.0.1）"),
        ("HONGTOU_HOST", "http://[::1]:80/", "应写 ::1）"),
        ("HONGTOU_HOST", "[a.example]", "不是地址"),
        ("HONGTOU_HOST", "*", "不是地址"),
        ("HONGTOU_HOSTS", "https://a.example:8443", "应写 a.example）"),
        ("HONGTOU_HOSTS", "a.example:8443", "应写 a.example）"),
        ("HONGTOU_HOSTS", "b.example, a.example/hongtou", "应写 a.example）"),
        ("HONGTOU_HOSTS", "a.example.", "应写 a.example）"),
        ("HONGTOU_HOSTS", "*.a.example", "应写 a.example）"),
        ("HONGTOU_HOSTS", "红头.example", "应写 xn--2ssx48f.example）"),
        ("HONGTOU_HOSTS", "0:0:0:0:0:0:0:1", "应写 ::1）"),
        ("HONGTOU_HOSTS", "0.0.0.0", "不是谁的名称"),
        ("HONGTOU_HOSTS", "a b", "永远对不上"),
        ("HONGTOU_PREFIX", "hongtou", "应写 /hongtou）"),
        ("HONGTOU_PREFIX", "/a//b/", "应写 /a/b）"),
        ("HONGTOU_PREFIX", "/", "以 / 开头"),
        ("HONGTOU_PREFIX", "/..", "以 / 开头"),
        ("HONGTOU_PREFIX", "/红头", "以 / 开头"),
        ("HONGTOU_KEYS", "/nowhere/at/all", "文件或目录"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(variable: str, value: str, told: str) -> None:
    with pytest.raises(SetupError) as refusal:
        read_config({variable: value})
    assert variable in refusal.value.message
    assert told in refusal.value.message


MIB = 1024 * 1024
# What an operator may ask for: least and most, None where there is no most.
BOUNDS = {
    "HONGTOU_PORT": (1, 65535),
    "HONGTOU_THREADS": (4, 256),
    "HONGTOU_WORKERS": (1, 64),
    "HONGTOU_QUEUE": (0, 255),
    "HONGTOU_RENDER_SECONDS": (1, 3600),
    "HONGTOU_RENDER_CPU_SECONDS": (1, 3600),
    "HONGTOU_RENDER_MEMORY_BYTES": (512 * MIB, None),
    "HONGTOU_RENDERS_PER_WORKER": (1, None),
    "HONGTOU_REQUEST_BYTES": (1024, None),
    "HONGTOU_IMAGE_BYTES": (1024, None),
    "HONGTOU_IMAGES": (0, 1000),
    "HONGTOU_CACHE_BYTES": (0, None),
    "HONGTOU_PUBLICATION_BYTES": (0, None),
    **{f"HONGTOU_MAX_{limit.name.upper()}": (1, None) for limit in fields(Limits)},
}
ROOM = {"HONGTOU_WORKERS": "1", "HONGTOU_QUEUE": "0"}  # for few threads


def test_every_number_has_its_bounds() -> None:
    numbers = [setting.variable for setting in settings() if setting.default.isdigit()]
    assert list(BOUNDS) == numbers


@pytest.mark.parametrize(("variable", "least", "most"), [(k, *v) for k, v in BOUNDS.items()])
def test_a_number_may_be_as_small_and_as_large_as_its_bounds(
    variable: str, least: int, most: int | None
) -> None:
    largest = 10**15 - 1 if most is None else most
    spare = SPARE_THREADS if variable == "HONGTOU_QUEUE" else 0  # threads, which are at most 256
    for value in (least, largest - spare):
        read_config({**ROOM, variable: str(value)})
    for value in (least - 1, largest + 1):
        with pytest.raises(SetupError, match=f"{variable}={value} 应为整数") as refusal:
            read_config({**ROOM, variable: str(value)})
        bounds = f"不小于 {least}" if most is None else f"{least} 至 {most}"
        assert bounds in refusal.value.message


def test_there_are_threads_for_as_many_workers_as_there_are_processors() -> None:
    assert read_config({"HONGTOU_WORKERS": "32"}).threads == 32 + Config().queue + SPARE_THREADS
    with pytest.raises(SetupError, match="HONGTOU_THREADS"):
        read_config({"HONGTOU_WORKERS": "32", "HONGTOU_THREADS": "16"})


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(SetupError, match=r"HONGTOU_X.*HONGTOU_PORT.*HONGTOU_OWN_FONTS"):
        read_config({"HONGTOU_PORT": "x", "HONGTOU_OWN_FONTS": "/nowhere", "HONGTOU_X": "1"})


def test_a_password_in_an_address_is_not_told() -> None:
    with pytest.raises(SetupError, match="HONGTOU_DATABASE") as refusal:
        read_config({"HONGTOU_DATABASE": "mysql://hongtou:geheim@127.0.0.1/archive"})
    assert "geheim" not in refusal.value.message


class TestNames:
    @pytest.mark.parametrize(
        ("host", "url"),
        [
            ("[::1]", "http://[::1]:8105"),
            ("::1", "http://[::1]:8105"),
            ("127.0.0.2", "http://127.0.0.2:8105"),
            ("Localhost", "http://Localhost:8105"),
            ("fe80::1%eth0", "http://[fe80::1%eth0]:8105"),
        ],
    )
    def test_an_address_may_stand_as_in_a_url(self, host: str, url: str) -> None:
        assert read_config({"HONGTOU_HOST": host, "HONGTOU_PORT": "8105"}).url == url

    def test_names_are_those_of_a_host_header(self) -> None:
        given = "a.example, B.example,[2001:db8::1],192.0.2.7,"
        names = read_config({"HONGTOU_HOSTS": given}).host_names
        assert names == ("a.example", "B.example", "2001:db8::1", "192.0.2.7")

    def test_the_command_line_goes_before_the_environment(self) -> None:
        found = read_config({"HONGTOU_PORT": "x", "HONGTOU_HOST": "::1"}, {"HONGTOU_PORT": "8105"})
        assert found.url == "http://[::1]:8105"

    def test_keys_lie_in_a_file_or_in_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "keys").touch()
        for path in (tmp_path, tmp_path / "keys"):
            assert read_config({"HONGTOU_KEYS": str(path)}).keys == path

    @pytest.mark.parametrize(
        "variable", ["HONGTOU_LAYOUTS_DIR", "HONGTOU_FONTS_DIR", "HONGTOU_OWN_FONTS"]
    )
    def test_layouts_and_fonts_lie_in_a_folder(self, tmp_path: Path, variable: str) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(SetupError, match=f"{variable}=.*file 不是已有的目录"):
            read_config({variable: str(tmp_path / "file")})

    def test_a_prefix_is_a_path(self) -> None:
        assert read_config({"HONGTOU_PREFIX": "/office/hong_tou-1"}).prefix == "/office/hong_tou-1"


# As kubelet writes them: Kubernetes documentation, Service, environment variables.
KUBERNETES = {
    "HONGTOU_SERVICE_HOST": "10.0.0.11",
    "HONGTOU_SERVICE_PORT": "8080",
    "HONGTOU_SERVICE_PORT_HTTP": "8080",
    "HONGTOU_PORT": "tcp://10.0.0.11:8080",
    "HONGTOU_PORT_8080_TCP": "tcp://10.0.0.11:8080",
    "HONGTOU_PORT_8080_TCP_PROTO": "tcp",
    "HONGTOU_PORT_8080_TCP_PORT": "8080",
    "HONGTOU_PORT_8080_TCP_ADDR": "10.0.0.11",
}


class TestKubernetes:
    @pytest.mark.parametrize("address", ["10.0.0.11", "fd00::11"])
    def test_what_it_says_of_a_service_of_our_name_is_no_setting(self, address: str) -> None:
        in_url = f"[{address}]" if ":" in address else address
        given = {
            name: value.replace("//10.0.0.11", f"//{in_url}").replace("10.0.0.11", address)
            for name, value in KUBERNETES.items()
        }
        assert read_config(given) == Config()
        assert injected(given) == tuple(sorted(KUBERNETES))

    def test_also_of_a_service_whose_name_begins_with_ours(self) -> None:
        given = {
            name.replace("HONGTOU", "HONGTOU_WEB", 1): value for name, value in KUBERNETES.items()
        }
        assert read_config(given) == Config()

    @pytest.mark.parametrize(
        ("variable", "value"),
        [
            ("HONGTOU_PORT", "tcp://10.0.0.11"),
            ("HONGTOU_PORT", "http://10.0.0.11:8080"),
            ("HONGTOU_PORT", "tcp://10.0.0.11:8080/"),
            ("HONGTOU_SERVICE_HOST", "a.example"),
            ("HONGTOU_SERVICE_PORT", "http"),
            ("HONGTOU_PORT_8080_TCP_PROTO", "http"),
            ("HONGTOU_PORT_HTTP", "8080"),
            ("HONGTOU_WORKERS", "tcp://10.0.0.11:8080"),
        ],
    )
    def test_only_what_has_its_exact_shape(self, variable: str, value: str) -> None:
        with pytest.raises(SetupError, match=variable):
            read_config({variable: value})


def test_the_name_of_a_press_is_a_line_of_100_characters_at_most() -> None:
    assert read_config({"HONGTOU_PRESS_CONDITION": "印" * 100})
    with pytest.raises(SetupError, match="至多 100 字"):
        read_config({"HONGTOU_PRESS_CONDITION": "印" * 101})
