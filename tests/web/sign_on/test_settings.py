"""What has to be set, whose certificates are trusted, and the service without the extra."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hongtou.accounts.providers import open_provider
from hongtou.bulletin.errors import NoProvider, SetupError
from hongtou.config import Config, read_config
from tests.support.house import House
from tests.support.provider import CLIENT, SECRET, identity_provider
from tests.support.sign_on import CLOSED, settings


class TestSettings:
    @pytest.mark.slow
    def test_nothing_is_offered_that_is_not_set(self, tmp_path: Path) -> None:
        assert open_provider(Config()) is None
        house = House(tmp_path / "hongtou.db")
        house.people()
        browser = house.browser()
        assert "统一身份认证" not in browser.send("GET", "/login").get_data(as_text=True)
        assert browser.send("GET", "/login/oidc").status_code == 404
        assert browser.send("GET", "/login/oidc/return").status_code == 404

    @pytest.mark.slow
    def test_it_is_offered_beside_the_password(self, house: House) -> None:
        page = house.browser().send("GET", "/login?after=/desk").get_data(as_text=True)
        assert 'href="/login/oidc?after=/desk"' in page
        assert 'id="password"' in page

    @pytest.mark.parametrize(
        ("left_out", "told"),
        [
            ("oidc_issuer", "没有设 HONGTOU_OIDC_ISSUER"),
            ("oidc_client_id", "没有设 HONGTOU_OIDC_CLIENT_ID"),
            ("oidc_client_secret_file", "没有设 HONGTOU_OIDC_CLIENT_SECRET_FILE"),
        ],
    )
    def test_half_of_it_is_refused(self, tmp_path: Path, left_out: str, told: str) -> None:
        given = settings(tmp_path, oidc_issuer=CLOSED)
        del given[left_out]
        with pytest.raises(SetupError, match=rf"{told}$"):
            open_provider(Config(**given))

    def test_without_a_database_there_are_no_accounts(self, tmp_path: Path) -> None:
        with pytest.raises(SetupError, match="没有数据库就没有帐号"):
            open_provider(Config(**settings(tmp_path, oidc_issuer=CLOSED, database="none")))

    @pytest.mark.parametrize("written", ["", "two words", "密文"])
    def test_the_file_holds_a_line(self, tmp_path: Path, written: str) -> None:
        given = settings(tmp_path, oidc_issuer=CLOSED)
        (tmp_path / "secret").write_text(written)
        with pytest.raises(SetupError, match="只有一行口令") as refusal:
            open_provider(Config(**given))
        assert not written or written not in refusal.value.message

    def test_a_folder_is_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(SetupError, match="读不了"):
            open_provider(
                Config(**settings(tmp_path, oidc_issuer=CLOSED, oidc_client_secret_file=tmp_path))
            )

    @pytest.mark.parametrize(
        "issuer",
        [
            "http://sso.example.gov.cn",
            "sso.example.gov.cn",
            "https://",
            "https://sso.example/?a=1",
            "https://somebody@sso.example/",
            "https://[::1/",
            "ftp://127.0.0.1/",
        ],
    )
    def test_an_issuer_is_asked_over_tls(self, issuer: str) -> None:
        with pytest.raises(SetupError, match="HONGTOU_OIDC_ISSUER"):
            read_config({"HONGTOU_OIDC_ISSUER": issuer})

    @pytest.mark.parametrize("issuer", ["https://sso.example.gov.cn/realms/main", CLOSED])
    def test_an_issuer_on_this_machine_need_not(self, issuer: str) -> None:
        assert read_config({"HONGTOU_OIDC_ISSUER": issuer}).oidc_issuer == issuer


class TestTls:
    """Who speaks for the provider: whoever has a certificate of a CA that is trusted."""

    def ask(self, folder: Path, issuer: str, **more: Any) -> None:
        found = open_provider(Config(**settings(folder, oidc_issuer=issuer, **more)))
        assert found is not None
        found.look()

    @pytest.mark.slow
    def test_the_own_ca_of_an_organisation_is_trusted_where_it_is_named(
        self, certificate: Path, tmp_path: Path
    ) -> None:
        with identity_provider(certificate) as provider:
            self.ask(tmp_path, provider.issuer, oidc_ca_file=certificate)
            with pytest.raises(NoProvider, match="连不上"):
                self.ask(tmp_path, provider.issuer)

    def test_another_host_than_the_certificate_is_for_is_refused(
        self, certificate: Path, tmp_path: Path
    ) -> None:
        with identity_provider(certificate) as provider:
            issuer = provider.issuer.replace("127.0.0.1", "localhost")
            with pytest.raises(NoProvider, match="连不上"):
                self.ask(tmp_path, issuer, oidc_ca_file=certificate)

    def test_a_file_that_is_gone_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(NoProvider, match="连不上"):
            self.ask(tmp_path, "https://127.0.0.1:9", oidc_ca_file=tmp_path / "gone.pem")


WITHOUT = """
import sys
for name in ("authlib", "joserfc", "requests"):
    sys.modules[name] = None
import hongtou.web.serve
from hongtou.accounts.providers import open_provider
from hongtou.config import read_config
open_provider(read_config({}))
print("without")
open_provider(read_config())
"""


@pytest.mark.slow
def test_the_service_runs_without_the_extra_and_says_how_to_install_it(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET)
    ended = subprocess.run(
        [sys.executable, "-c", WITHOUT],
        env={
            "HONGTOU_OIDC_ISSUER": CLOSED,
            "HONGTOU_OIDC_CLIENT_ID": CLIENT,
            "HONGTOU_OIDC_CLIENT_SECRET_FILE": str(tmp_path / "secret"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.stdout == "without\n"
    assert "SetupError: 设了 HONGTOU_OIDC_ISSUER，没有装统一身份认证用的软件包" in ended.stderr
