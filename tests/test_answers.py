"""What a caller is told, whole: every answer with its headers, as it was when last looked at.

Other tests hold what an answer promises; that nothing else in it changes unseen is the rule here.
``pytest tests/test_answers.py --save-golden`` renews the sheets in `tests/golden/`.
"""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from werkzeug.test import TestResponse

from hongtou import __version__
from hongtou.bulletin.errors import Busy, EngineFault, RenderLimit, ReviewFailed
from hongtou.cli import main
from hongtou.config import Config, read_config
from hongtou.keys import Scope, key_line
from hongtou.web.app import create_app
from tests.support.documents import article, document
from tests.support.fakes import DIGEST, HALF_WIDTH, NO_TITLE, FakeTypesetter
from tests.support.proofs import compared
from tests.support.shop import ROOT

JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "multipart/form-data; boundary=b"}
LEFT_OUT = ("Content-Length", "Date", "Last-Modified")
Sent = tuple[str, str, dict[str, str], bytes]

ASKED: list[Sent] = [
    ("GET", "/healthz", {}, b""),
    ("GET", "/readyz", {}, b""),
    ("GET", "/v1/layouts", {}, b""),
    ("GET", "/v1/outputs", {}, b""),
    ("GET", "/v1/schema", {"Accept": "text/html"}, b""),
    ("GET", "/v1/nothing", {}, b""),
    ("HEAD", "/v1/layouts", {}, b""),
    ("DELETE", "/v1/render", {}, b""),
    ("GET", "/v1/layouts?x=1", {}, b""),
    ("GET", "/problems/review-failed", {}, b""),
    ("GET", "/problems/nothing", {}, b""),
    ("GET", "/examples/nothing.json", {}, b""),
    ("POST", "/v1/render", JSON, b"{}"),
    ("POST", "/v1/render", {**JSON, "If-None-Match": f'"{DIGEST}"'}, b"{}"),
    ("POST", "/v1/render", {**JSON, "If-None-Match": "*"}, b"{}"),
    ("POST", "/v1/render?output=png&page=2&purpose=proof", JSON, b"{}"),
    ("POST", "/v1/render?output=word", JSON, b"{}"),
    ("POST", "/v1/render?page=2", JSON, b"{}"),
    ("POST", "/v1/render?purpose=draft", JSON, b"{}"),
    ("POST", "/v1/render?purpose=proof&purpose=press", JSON, b"{}"),
    ("POST", "/v1/render?normalize=maybe", JSON, b"{}"),
    ("POST", "/v1/render", {**JSON, "Accept": "text/plain"}, b"{}"),
    ("POST", "/v1/render", {**JSON, "Accept": "application/pdf;q=0"}, b"{}"),
    ("POST", "/v1/render", {**JSON, "Content-Encoding": "gzip"}, b"{}"),
    ("POST", "/v1/render", {"Content-Type": "text/plain"}, b"{}"),
    ("POST", "/v1/render", {}, b"{}"),
    ("POST", "/v1/render", JSON, b"x" * (2 * 1024 * 1024 + 1)),
    ("POST", "/v1/render", {**JSON, "Host": "a.example"}, b"{}"),
    ("POST", "/v1/render", {**JSON, "Origin": "https://a.example"}, b"{}"),
    ("POST", "/v1/render", {**JSON, "Sec-Fetch-Site": "cross-site"}, b"{}"),
    ("POST", "/v1/render", {**JSON, "Sec-Fetch-Site": "same-origin"}, b"{}"),
    ("POST", "/v1/render", FORM, b"--b--\r\n"),
    (
        "POST",
        "/v1/render",
        FORM,
        b'--b\r\nContent-Disposition: form-data; name="issue"\r\n\r\n{}\r\n--b--\r\n',
    ),
    ("POST", "/v1/check", JSON, b"{}"),
    ("POST", "/v1/check?normalize=true", JSON, b"{}"),
    ("POST", "/v1/check", {**JSON, "Accept": "application/pdf"}, b"{}"),
]


def shown(asked: Sent, answer: TestResponse) -> str:
    """Return a request and its answer: its status, its headers and, of what people read, its body."""
    method, path, headers, _ = asked
    given = "".join(f" {name}: {value}" for name, value in headers.items())
    rows = [f"{method} {path}{given}", f"  {answer.status}"]
    for name, value in sorted(answer.headers.items()):
        if name not in LEFT_OUT:
            in_order = ", ".join(sorted(value.split(", "))) if name == "Allow" else value
            rows.append(f"  {name}: {in_order}")
    if answer.data and (answer.content_type or "").endswith("json"):
        rows.append(json.dumps(json.loads(answer.data), ensure_ascii=False, indent=1))
    elif (answer.content_type or "").startswith("text/html"):
        rows.append(answer.text)
    return "\n".join(rows).replace(__version__, "(version)") + "\n\n"


def told(config: Config, asked: list[Sent], typesetter: FakeTypesetter | None = None) -> str:
    client = create_app(config, typesetter or FakeTypesetter()).test_client()
    sheet = ""
    for sent in asked:
        method, path, headers, body = sent
        given = {**headers, "X-Request-Id": "abc"}
        answer = client.open(
            path, method=method, headers=given, input_stream=io.BytesIO(body),
            content_length=len(body),
        )  # fmt: skip
        sheet += shown(sent, answer)
    return sheet


@pytest.mark.slow
def test_without_keys(request: pytest.FixtureRequest) -> None:
    compared("answers/without-keys", told(read_config({}), ASKED), request)


@pytest.mark.slow
def test_with_keys(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    keys = tmp_path / "keys"
    keys.write_text(f"{key_line('one', [Scope.CHECK], '办公系统')}\n", encoding="utf-8")
    config = read_config({"HONGTOU_KEYS": str(keys), "HONGTOU_PREFIX": "/office"})
    given = ("", "Bearer one", "bearer  one ", "Bearer two", "Basic one", "Bearer ")
    asked: list[Sent] = [
        (method, path, {**JSON, **({"Authorization": key} if key else {})}, body)
        for method, path, body in (
            ("POST", "/v1/check", b"{}"),
            ("POST", "/v1/render", b"{}"),
            ("GET", "/healthz", b""),
        )
        for key in given
    ]
    compared("answers/with-keys", told(config, asked), request)


@pytest.mark.parametrize(
    "error",
    [
        ReviewFailed("本期稿件有 1 处错误", hint="请逐条修改", findings=[NO_TITLE, HALF_WIDTH]),
        Busy("正忙", hint="请稍后再试"),
        RenderLimit("超过 30 秒"),
        EngineFault("没有做成"),
        ValueError("甲"),
    ],
)
def test_of_errors(error: Exception, request: pytest.FixtureRequest) -> None:
    asked: list[Sent] = [("POST", path, JSON, b"{}") for path in ("/v1/render", "/v1/check")]
    sheet = told(read_config({}), asked, FakeTypesetter(error=error))
    compared(f"answers/{type(error).__name__}", sheet, request)


@pytest.mark.slow
def test_the_description_of_the_api(request: pytest.FixtureRequest) -> None:
    client = create_app(read_config({}), FakeTypesetter()).test_client()
    described = json.loads(client.get("/v1/openapi.json").data)
    described["info"]["version"] = "(version)"
    sheet = json.dumps(described, ensure_ascii=False, indent=1) + "\n"
    compared("answers/openapi", sheet, request)


COMMANDS: list[list[str]] = [
    ["--help"],
    *([*command.split(), "--help"] for command in (
        "render", "check", "layouts", "outputs", "fonts", "serve", "doctor", "keys", "keys new",
        "accounts", "accounts link", "accounts list",
    )),
    ["layouts"], ["layouts", "--json"], ["outputs"], ["outputs", "--json"], ["fonts"], ["fonts", "--json"],
    ["check", "jianbao.json"], ["check", "jianbao.json", "--json"], ["check", "faulty.json"],
    ["check", "faulty.json", "--json"], ["check", "odd.json"], ["check", "odd.json", "--normalize"],
    ["check", "none.json"], ["check", "broken.json"], ["check", "broken.json", "--json"],
    ["check", "large.json"], ["check"], ["check", "jianbao.json", "more"],
    ["render", "jianbao.json"], ["render", "jianbao.json", "-o", "out.pdf", "--json"],
    ["render", "faulty.json"], ["render", "faulty.json", "--json"], ["render", "odd.json", "--normalize"],
    ["render", "jianbao.json", "-o", "jianbao.json"], ["render", "jianbao.json", "--report", "jianbao.json"],
    ["render", "jianbao.json", "-o", "a.pdf", "--report", "a.pdf"],
    ["render", "jianbao.json", "-o", "-", "--json"], ["render", "jianbao.json", "-o", "-", "--report", "-"],
    ["render", "jianbao.json", "faulty.json", "-o", "a.pdf"], ["render", "jianbao.json", "./jianbao.json"],
    ["render", "jianbao.json", "-o", "nowhere/a.pdf"], ["render", "jianbao.json", "--purpose", "draft"],
    ["render", "jianbao.json", "--output", "png", "--set", "dpi=36", "-o", "folder"],
    ["render", "jianbao.json", "--set", "even_pages=perhaps"], ["render", "jianbao.json", "--set", "x"],
    ["keys", "new"], ["keys", "new", "--name", ""], ["keys", "new", "--name", "甲\u200b"],
    ["keys", "new", "--name", "字" * 64, "--scope", "all"], ["keys", "new", "--name", "字" * 65],
    ["serve", "--port", "0"], ["serve", "--host", "0.0.0.0"], ["nothing"], ["--version"],
]  # fmt: skip


@pytest.mark.slow
def test_of_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """What each command writes to standard output and standard error, and its exit code."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HONGTOU_DATABASE", "none")  # without accounts and keys nobody could come in
    example = (ROOT / "examples" / "jianbao.json").read_bytes()
    files = {
        "jianbao.json": example,
        "faulty.json": json.dumps(document(masthead={}, title="x")).encode(),
        "odd.json": json.dumps(document(articles=[article("织金县:美化市容 ")])).encode(),
        "broken.json": b'{"masthead": {},\n}',
        "large.json": b" " * (2 * 1024 * 1024 + 1),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "folder").mkdir()
    sheet = ""
    for arguments in COMMANDS:
        ended = CliRunner().invoke(main, arguments, terminal_width=100, prog_name="hongtou")
        told = f"{ended.stderr}{'' if ended.stdout_bytes[:1] == b'%' else ended.stdout}"
        told = re.sub(r"[0-9a-f]{64}|hongtou_[\w-]{43}", "(of its content)", told)
        sheet += f"hongtou {' '.join(arguments)}\n{ended.exit_code}\n"
        sheet += told.replace(str(ROOT), "").replace(__version__, "(version)") + "\n"
    sheet += " ".join(sorted(path.name for path in tmp_path.rglob("*"))) + "\n"
    compared("answers/commands", sheet, request)


def test_the_names_of_what_is_counted(request: pytest.FixtureRequest) -> None:
    client = create_app(read_config({}), FakeTypesetter()).test_client()
    client.post("/v1/render", data=b"{}", headers=JSON)
    page = client.get("/metrics").text
    rows = [
        line if line.startswith("#") or "total" in line else line.rpartition(" ")[0]
        for line in page.splitlines()
        if not line.partition("{")[0].startswith(("process_", "# HELP process", "# TYPE process"))
    ]
    compared("answers/metrics", "\n".join(rows).replace(__version__, "(version)"), request)
