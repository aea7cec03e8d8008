"""Who may ask the service for what: keys, names, other sites, and what every answer forbids."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hongtou.bulletin.errors import SetupError
from hongtou.cli import main
from hongtou.config import Config, read_config
from hongtou.keys import OF_KEYS, KeyRing, Scope, key_line, new_key, parse_keys
from hongtou.web.access import HEADERS, is_loopback, plain_host
from hongtou.web.app import create_app
from tests.support.fakes import FakeTypesetter

RENDER_KEY, ALL_KEY = "hongtou_render", "hongtou_all"


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    path = tmp_path / "keys"
    path.write_text(
        "# 调用方\n\n"
        f"{key_line(RENDER_KEY, [Scope.RENDER], '办公系统')}\n"
        f"{key_line(ALL_KEY, OF_KEYS, '管理员 一')}\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def locked(keys: Path) -> FlaskClient:
    return create_app(Config(keys=keys), FakeTypesetter()).test_client()


@pytest.fixture
def client() -> FlaskClient:
    return create_app(Config(), FakeTypesetter()).test_client()


def post(client: FlaskClient, path: str = "/v1/render", **headers: str) -> TestResponse:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(path, data=b"{}", headers={"Content-Type": "application/json", **given})


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def kind(answer: TestResponse) -> str:
    assert answer.content_type == "application/problem+json"
    return str(json.loads(answer.data)["type"])


class TestKeys:
    def test_a_key_has_256_random_bits_and_says_what_it_is(self) -> None:
        made = {new_key() for _ in range(100)}
        assert len(made) == 100
        assert all(re.fullmatch(r"hongtou_[A-Za-z0-9_-]{43}", key) for key in made)

    def test_only_its_digest_is_kept(self) -> None:
        line = key_line("hongtou_x", [Scope.CHECK], "某系统")
        assert line == f"{hashlib.sha256(b'hongtou_x').hexdigest()} check 某系统"
        assert parse_keys(line)[0].scopes == {Scope.CHECK}

    @pytest.mark.parametrize(
        "line",
        [
            "hongtou_secret render 某系统",
            "ab render 某系统",
            f"{'a' * 64}",
            f"{'a' * 64} write x",
            f"{'A' * 64} read x",
        ],
    )
    def test_a_line_that_is_none_is_named_by_its_number(self, line: str) -> None:
        with pytest.raises(SetupError, match="第 2 行") as caught:
            parse_keys(f"# 说明\n{line}\n")
        assert "secret" not in str(caught.value)

    def test_every_key_is_compared_in_constant_time(
        self, keys: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        compared = []
        monkeypatch.setattr(
            "hmac.compare_digest", lambda one, two: compared.append(one) or one == two
        )
        KeyRing(keys).key_of(RENDER_KEY)
        assert len(compared) == 2


class TestCommand:
    def test_shows_a_key_once_and_the_line_to_keep(self) -> None:
        told = CliRunner().invoke(main, ["keys", "new", "--name", "办公 系统", "--scope", "render"])
        secret = told.stdout.strip()
        assert told.exit_code == 0
        assert told.stderr.splitlines()[-1] == key_line(secret, [Scope.RENDER], "办公 系统")


class TestAuthorization:
    @pytest.mark.slow
    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"Authorization": ALL_KEY},
            {"Authorization": "Bearer "},
            {"Authorization": f"Basic {ALL_KEY}"},
            bearer("hongtou_other"),
            bearer(ALL_KEY + "x"),
            bearer(hashlib.sha256(ALL_KEY.encode()).hexdigest()),
            bearer("密钥".encode().decode("latin-1")),
            {"X-Api-Key": ALL_KEY},
        ],
    )
    def test_401_without_a_known_key(self, locked: FlaskClient, headers: dict[str, str]) -> None:
        answer = post(locked, **headers)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="hongtou"'
        assert kind(answer) == "/problems/unauthorized"

    def test_a_key_in_the_address_is_no_key(self, locked: FlaskClient) -> None:
        assert post(locked, f"/v1/render?key={ALL_KEY}").status_code == 401

    @pytest.mark.parametrize(
        ("key", "method", "path", "status"),
        [
            (RENDER_KEY, "POST", "/v1/render", 200),
            (RENDER_KEY, "POST", "/v1/check", 403),
            (RENDER_KEY, "GET", "/v1/schema", 403),
            (ALL_KEY, "POST", "/v1/render", 200),
            (ALL_KEY, "POST", "/v1/check", 200),
            (ALL_KEY, "GET", "/v1/layouts", 200),
            (ALL_KEY, "GET", "/metrics", 200),
        ],
    )
    def test_a_key_goes_as_far_as_its_scopes(
        self, locked: FlaskClient, key: str, method: str, path: str, status: int
    ) -> None:
        headers = {"Content-Type": "application/json", **bearer(key)}
        assert locked.open(path, method=method, data=b"{}", headers=headers).status_code == status

    @pytest.mark.parametrize(
        "path", ["/", "/healthz", "/readyz", "/static/page.css", "/problems/busy"]
    )
    def test_pages_and_health_need_none(self, locked: FlaskClient, path: str) -> None:
        with locked.get(path) as answer:
            assert answer.status_code == 200

    @pytest.mark.slow
    def test_the_page_asks_for_a_key_where_one_is_needed(
        self, locked: FlaskClient, client: FlaskClient
    ) -> None:
        assert 'id="key"' in locked.get("/").text
        assert 'id="key"' not in client.get("/").text

    def test_nothing_is_read_before_the_key(self, keys: Path) -> None:
        typesetter = FakeTypesetter()
        post(create_app(Config(keys=keys), typesetter).test_client())
        assert typesetter.asked == []

    def test_the_log_names_the_holder_and_never_the_key(
        self, locked: FlaskClient, capfd: pytest.CaptureFixture[str]
    ) -> None:
        post(locked, **bearer(RENDER_KEY))
        post(locked, **bearer("hongtou_wrong"))
        told = capfd.readouterr().err
        assert [json.loads(line)["client"] for line in told.splitlines()] == ["办公系统", ""]
        assert "hongtou_" not in told


class TestStart:
    @pytest.mark.slow
    @pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.1.2.3", "hongtou.example", ""])
    def test_strangers_are_not_served_without_keys(self, host: str, keys: Path) -> None:
        with pytest.raises(SetupError, match="密钥"):
            create_app(Config(host=host), FakeTypesetter())
        assert create_app(Config(host=host, keys=keys), FakeTypesetter())

    @pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
    def test_this_machine_may_be_served_without(self, host: str) -> None:
        assert is_loopback(host)
        assert create_app(Config(host=host), FakeTypesetter())

    def test_a_file_of_keys_is_checked_at_start(self, tmp_path: Path) -> None:
        broken = tmp_path / "keys"
        broken.write_text("render\n")
        with pytest.raises(SetupError, match="第 1 行"):
            create_app(Config(keys=broken), FakeTypesetter())

    def test_a_file_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(SetupError, match=r"HONGTOU_KEYS.*文件"):
            read_config({"HONGTOU_KEYS": str(tmp_path / "none")})


class TestHost:
    @pytest.mark.parametrize(
        "host",
        [
            "localhost",
            "localhost:8080",
            "LOCALHOST.",
            "127.0.0.1:1",
            "[::1]:8080",
            "bulletin.gov.example:443",
        ],
    )
    def test_our_names(self, host: str) -> None:
        client = create_app(
            Config(hosts="bulletin.gov.example, b.example"), FakeTypesetter()
        ).test_client()
        assert client.get("/healthz", headers={"Host": host}).status_code == 200

    @pytest.mark.parametrize(
        "host",
        [
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.nip.example",
            "a@localhost",
            "",
            "[::1",
            "0.0.0.0",
            "localhost:x",
        ],
    )
    def test_other_names(self, client: FlaskClient, host: str) -> None:
        answer = client.get("/healthz", headers={"Host": host})
        assert answer.status_code == 400
        assert kind(answer) in ("/problems/wrong-host", "/problems/bad-request")

    def test_the_address_listened_on_is_ours(self, keys: Path) -> None:
        client = create_app(Config(host="10.1.2.3", keys=keys), FakeTypesetter()).test_client()
        assert client.get("/healthz", headers={"Host": "10.1.2.3:8080"}).status_code == 200

    def test_forwarded_names_count_for_nothing(self, client: FlaskClient) -> None:
        spoof = {
            "X-Forwarded-Host": "localhost",
            "X-Forwarded-For": "127.0.0.1",
            "Forwarded": "host=localhost",
        }
        assert client.get("/healthz", headers={"Host": "evil.example", **spoof}).status_code == 400
        other = dict.fromkeys(spoof, "evil.example")
        assert client.get("/healthz", headers={"Host": "localhost", **other}).status_code == 200

    def test_plain_host(self) -> None:
        assert plain_host("A.example.:80") == "a.example"
        assert plain_host("x@y") == ""


class TestOtherSites:
    @pytest.mark.parametrize(
        "headers",
        [
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Origin": "http://localhost:9"},
            {"Origin": "http://[::1"},
        ],
    )
    @pytest.mark.parametrize("path", ["/v1/render", "/v1/check"])
    def test_their_posts_are_refused(
        self, client: FlaskClient, path: str, headers: dict[str, str]
    ) -> None:
        answer = post(client, path, **headers)
        assert answer.status_code == 403
        assert kind(answer) == "/problems/forbidden"

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"},
            {"Sec-Fetch-Site": "none"},
            {"Origin": "http://localhost"},
        ],
    )
    def test_our_own_page_and_programs_are_served(
        self, client: FlaskClient, headers: dict[str, str]
    ) -> None:
        assert post(client, **headers).status_code == 200

    @pytest.mark.slow
    def test_a_link_to_us_may_be_followed(self, client: FlaskClient) -> None:
        assert client.get("/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


class TestHeaders:
    @pytest.mark.slow
    @pytest.mark.parametrize(
        "path", ["/", "/healthz", "/nowhere", "/v1/layouts", "/static/editor.js", "/problems/busy"]
    )
    def test_every_answer_carries_them(self, client: FlaskClient, path: str) -> None:
        with client.get(path) as answer:
            assert set(HEADERS) <= set(answer.headers.keys())
            policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy

    def test_no_site_may_read_answers(self, client: FlaskClient) -> None:
        answer = client.get("/v1/layouts", headers={"Origin": "https://evil.example"})
        assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


def test_no_key_manages_accounts() -> None:
    with pytest.raises(SetupError):
        parse_keys(key_line("hongtou_x", [Scope.EDIT, Scope.MANAGE], "某系统"))
