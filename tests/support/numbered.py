"""The 45 bad inputs that the service was to be tested with, by number, as requests.

Each row says what is sent and what is answered; rows of `bad_inputs.py` are taken as they are.
``WHY`` holds the numbers that are answered otherwise than was asked for, and the reason.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hongtou.bulletin.errors import MalformedDocument, ServiceError, TooLarge
from tests.support import bad_inputs
from tests.support.bad_inputs import block, body, mast
from tests.support.documents import article, document, encoded
from tests.support.hostile import BEHIND, bad_pictures, odd_pictures, saved

JSON = "application/json"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
GOOD = encoded(document())
FIGURE = block(type="figure", image="a.png")
IMAGE = "/articles/0/body/0/image"
PROBLEMS: dict[type[ServiceError], tuple[int, str]] = {
    MalformedDocument: (400, "malformed-document"),
    TooLarge: (413, "too-large"),
}


@dataclass(frozen=True)
class Sent:
    """A request: ``parts`` are sent as a form, else ``body`` as it is."""

    body: bytes = GOOD
    kind: str = JSON
    method: str = "POST"
    path: str = "/v1/render"
    headers: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, bytes] | None = None
    file_name: str = "x.png"
    environ: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One bad input: its number, its name, what is sent and what the sender is told.

    ``told`` is the kind of problem or, at 422, the code and pointer of a finding; ``prints`` is
    text that the file must hold.
    """

    number: int
    name: str
    sent: Sent
    status: int
    told: str | tuple[str, str] = ""
    prints: str = ""


def known(number: int, *names: str) -> list[Row]:
    """Return rows of `bad_inputs.py`, as requests."""
    rows = {name: (sent, expected) for name, sent, expected in bad_inputs.ROWS}
    return [_known(number, name, *rows[name]) for name in names]


def _known(number: int, name: str, sent: bytes, expected: bad_inputs.Expected) -> Row:
    request = Sent(parts={"issue": sent, "a.png": saved()}) if b"a.png" in sent else Sent(sent)
    if isinstance(expected, type):
        return Row(number, name, request, *PROBLEMS[expected])
    if expected is None or expected[0] == "text/zero-width":  # a warning
        return Row(number, name, request, 200)
    return Row(number, name, request, 422, expected)


def pictured(number: int, name: str, picture: bytes, *, good: bool = False) -> Row:
    """Return a row of an issue with one picture."""
    sent = Sent(parts={"issue": FIGURE, "a.png": picture})
    return (
        Row(number, name, sent, 200)
        if good
        else Row(number, name, sent, 422, ("picture/unreadable", IMAGE))
    )


def printed(number: int, text: str) -> Row:
    """Return a row of a text that is printed as it is, in a body and a headline."""
    sent = Sent(encoded(document(articles=[article(headline=text, body=text)])))
    return Row(number, f"text {text}", sent, 200, prints=text)


def typed(number: int, name: str, content: bytes, kind: str) -> Row:
    return Row(number, name, Sent(content, kind), 415, "unsupported-type")


def asked(number: int, method: str, path: str, status: int, told: str, **headers: str) -> Row:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    sent = Sent(b"", "", method, path, given)
    return Row(number, f"{method} {path[:60]} {given or ''}", sent, status, told)


def posted(number: int, name: str, status: int, told: str = "", **headers: str) -> Row:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return Row(number, name, Sent(headers=given), status, told)


def word_file(entries: int = 1) -> bytes:
    """Return a zip as word processors write them."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(1_000_000))
        for number in range(entries):
            archive.writestr(f"../../x{number}", b"")
    return written.getvalue()


def _nameplate(name: str, nameplate: str, *told: str) -> Row:
    pointer = "/masthead/nameplate"
    sent = Sent(mast(nameplate=nameplate))
    return Row(40, name, sent, 422, (told[0], pointer)) if told else Row(40, name, sent, 200)


BAD = bad_pictures("http://127.0.0.1:9", Path("/etc/hostname"))
ODD = odd_pictures()
MISSING = ("fonts/missing-glyph", "/articles/0/body")
MANY_PARTS = b"".join(
    b'--x\r\nContent-Disposition: form-data; name="%d"\r\n\r\n\r\n' % n for n in range(100_000)
)

ROWS: list[Row] = [
    *known(1, "empty body", "only spaces"),
    *known(2, "truncated", "trailing comma", "single quotes", "two documents"),
    typed(3, "text/plain", GOOD, "text/plain"),
    typed(3, "no type", GOOD, ""),
    *known(4, "2 MiB and a byte"),
    *known(5, "GBK", "UTF-16", "UTF-16 without mark"),
    *known(6, "UTF-8 mark"),
    *known(7, "1000 deep", "100000 deep, never closed"),
    *known(8, "5000-digit integer"),
    *known(9, "NaN", "Infinity", "1e400", "1e400 mm"),
    *known(10, "duplicate key"),
    *known(11, "lone surrogate", "lone surrogate in a key"),
    *known(12, "NUL", "C0 control", "C1 control", "U+FFFE", "U+FDD0", "U+1FFFF", "line separator"),
    *known(13, "bidi override", "bidi isolate", "zero-width run", "one zero-width space"),
    *known(14, "5000 combining marks", "5 combining marks"),
    Row(15, "private use", Sent(body("坏\ue000。")), 422, MISSING),
    Row(15, "extension G", Sent(body("坏\U00030000。")), 422, MISSING),
    Row(15, "extension J", Sent(body("坏\U000323b0。")), 422, MISSING),
    Row(16, "emoji", Sent(body("好👍。")), 422, MISSING),
    Row(16, "family of emoji", Sent(body("好👨\u200d👩\u200d👧。")), 422, MISSING),
    Row(16, "flag", Sent(body("好🇨🇳。")), 422, MISSING),
    *known(17, "unknown field", "misspelt field", "unknown field in a brief"),
    *known(18, "number as text", "true for a number", "1 for true", "number for text", "text for a list"),
    *known(19, "empty headline", "headline of spaces"),
    *known(20, "paragraph of 10^6", "headline of 101"),
    Row(20, "headline of 20000", Sent(encoded(document(articles=[article(headline="长" * 20_000)]))),
        422, ("document/too-long", "/articles/0/headline")),
    *known(21, "10000 articles", "10000 rows", "101 briefs"),
    *known(22, "nothing at all", "no brief, no article"),
    *known(23, "markup"),
    printed(23, "<script>alert(1)</script><style>@import'x'</style></p><link rel=attachment href=x>"),
    *known(24, "templates"),
    printed(24, "{{7*7}}{% include 'x' %}${x}%s\\22 ;url()"),
    *(printed(25, text) for text in ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x")),
    Row(25, "a field for a link", Sent(block(type="note", text="x", href="javascript:alert(1)")),
        422, ("document/unknown-field", "/articles/0/body/0/href")),
    *known(26, *(f"image {name!r}" for name in (
        "https://example.cn/a.png", "../../etc/passwd", "\\\\host\\a.png", "asset:../x",
        "file:///etc/passwd", "data:image/png;base64,AA", "..")), "image not sent"),
    *(pictured(27, name, BAD[name]) for name in ("bomb of 30000", "bomb of 12000")),
    *(pictured(28, name, content) for name, content in BAD.items() if "bomb" not in name),
    pictured(28, "PNG with HTML behind it", saved() + BEHIND, good=True),
    *(pictured(29, name, content, good=True) for name, content in ODD.items() if "behind" not in name),
    typed(30, "docx", word_file(), WORD),
    typed(30, "docx of 3000 entries out of its folder", word_file(3_000), WORD),
    typed(30, "old doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "application/msword"),
    Row(30, "docx as the issue", Sent(parts={"issue": word_file()}), 400, "malformed-document"),
    pictured(30, "docx as a picture", word_file()),
    *known(31, "30 February", "year 0", "year 9999", "Chinese date", "lunar date", "full-width digits"),
    *known(32, "issue number 0", "issue number -1", "issue number 10000"),
    posted(33, "an idempotency key", 200, Idempotency_Key="a"),
    posted(34, "a stale If-Match", 200, If_Match='"stale"'),
    asked(34, "PUT", "/v1/drafts/1", 404, "not-found", If_Match='"stale"'),
    asked(34, "PUT", "/v1/render", 405, "method-not-allowed"),
    asked(35, "GET", "/v1/jobs/1", 404, "not-found"),
    asked(35, "GET", "/v1/jobs/1/result", 404, "not-found"),
    asked(35, "DELETE", "/v1/jobs/1", 404, "not-found"),
    asked(35, "GET", "/v1/assets/1", 404, "not-found"),
    asked(36, "GET", "/v1/render", 405, "method-not-allowed"),
    asked(36, "DELETE", "/v1/check", 405, "method-not-allowed"),
    posted(36, "Accept: image/png", 406, "not-acceptable", Accept="image/png"),
    asked(36, "GET", "/static/page.css", 416, "bad-request", Range="bytes=99999999-"),
    posted(38, "from another site", 403, "forbidden", Sec_Fetch_Site="cross-site"),
    posted(38, "with another origin", 403, "forbidden", Origin="https://evil.example"),
    posted(38, "with no origin to speak of", 403, "forbidden", Origin="null"),
    posted(39, "for another host", 400, "wrong-host", Host="evil.example"),
    posted(39, "forwarded for another host", 200, X_Forwarded_Host="evil.example", X_Forwarded_For="8.8.8.8"),
    posted(39, "forwarded as ours", 400, "wrong-host", Host="evil.example", X_Forwarded_Host="localhost"),
    _nameplate("line break and a header", "简报\r\nSet-Cookie: a=b"),
    _nameplate("out of the folder", "../../简报"),
    _nameplate("device", "CON"),
    _nameplate("quotes and stars", '简报"*?<>|:'),
    _nameplate("dots", "..."),
    _nameplate("right-to-left override", "简报\u202efdp.exe", "text/bidi-control"),
    _nameplate("200 characters", "长" * 200, "nameplate/too-long"),
    _nameplate("nothing", "", "text/blank"),
    *(Row(40, f"upload named {name!r}",
          Sent(parts={"issue": FIGURE, "a.png": saved()}, file_name=name), 200)
      for name in ("../../x.png", "CON", "x\u202egnp.exe", "长" * 200, "")),
    Row(41, "webhook in the issue", Sent(encoded(document(webhook="http://169.254.169.254/"))),
        422, ("document/unknown-field", "/webhook")),
    Row(41, "webhook in the query", Sent(path="/v1/render?callback=HTTP://[::ffff:10.0.0.1]/"),
        400, "unknown-option"),
    Row(42, "10000 lines in a request id", Sent(environ={"HTTP_X_REQUEST_ID": "a\r\n" * 10_000}), 200),
    Row(42, "a forged line of log", Sent(environ={"HTTP_X_REQUEST_ID": 'x","level":"error'}), 200),
    asked(42, "GET", "/v1/%0a%7B%22event%22:%22forged%22%7D", 404, "not-found"),
    typed(43, "XML", b"<issue/>", "application/xml"),
    typed(43, "YAML", b"masthead: {}", "application/yaml"),
    Row(43, "100000 parts", Sent(MANY_PARTS + b"--x--\r\n", "multipart/form-data; boundary=x"), 413, "too-large"),
    asked(44, "GET", "/v1/../admin", 404, "not-found"),
    asked(44, "GET", "/v1/%2e%2e/%2e%2e/etc/passwd", 404, "not-found"),
    asked(44, "GET", "/static/..%2f..%2fconfig.py", 404, "not-found"),
    asked(44, "GET", "/static/page.css%00.js", 404, "not-found"),
    asked(44, "GET", f"/{'a' * 10_240}", 414, "address-too-long"),
]  # fmt: skip

# Answered otherwise than was asked for, or asked of what is not offered.
WHY = {
    25: "The contract has no links: an address is text and printed as such.",
    28: "A good picture is written anew, and nothing behind it is kept: many telephones put data there.",
    30: "A render takes no word processor's file: 415 before a byte of it is unpacked; `/v1/imports` does.",
    32: "A render remembers no earlier issue; numbers are taken only where issues are kept.",
    33: "The same issue gives the same bytes: a repeated request needs no key.",
    34: "A render has no version that If-Match could match; an issue that is kept has one.",
    35: "There are no jobs, and a render keeps no picture.",
    36: "A Range is for GET; it is answered where files are served.",
    41: "There are no webhooks.",
}
ELSEWHERE = {37: "TestKeys", 45: "TestWire"}  # of tests/test_bad_inputs.py
