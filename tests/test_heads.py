"""Heads of requests: what is read of each, or why it is refused, as it was when last looked at."""

from __future__ import annotations

import pytest

from hongtou.web.head import (
    FIELDS,
    IGNORED_IF_LONG,
    MAX_PATH_CHARS,
    MAX_QUERY_CHARS,
    HeadFault,
    below,
    head_of,
    id_in,
    read_head,
    request_id,
)
from tests.support.proofs import compared

HEADS = (
    b"GET / HTTP/1.1\r\nHost: a.example",
    b"GET //a//b?x=1&y=2?z HTTP/1.1\r\nHost: a.example:8080",
    b"GET /%E5%8A%9E/%2e%2E?%E5 HTTP/1.0\r\nConnection: keep-alive",
    b"GET / HTTP/1.0\r\nhost:a.example",
    b"GET / HTTP/1.1\r\nConnection: Upgrade, \tClose ",
    b"GET / HTTP/1.1\r\nAccept: a/b\r\nAccept: c/d\r\nConnection: a\r\nConnection: b",
    b'HEAD /v1/layouts HTTP/1.1\r\nIf-None-Match: "a"\r\nCookie: a=b\r\nX-Other: c',
    b"POST /v1/render HTTP/1.1\r\nContent-Length: 12\r\nExpect: 100-Continue",
    b"POST /v1/render HTTP/1.0\r\nContent-Length: 12\r\nExpect: 100-continue",
    b"POST /v1/render HTTP/1.1\r\nContent-Length: 0\r\nExpect: 100-continue",
    b"POST /v1/render HTTP/1.1\r\nTransfer-Encoding: Chunked",
    b"POST /v1/render HTTP/1.1\r\nTransfer-Encoding: gzip, chunked",
    b"POST /v1/render HTTP/1.0\r\nTransfer-Encoding: chunked",
    b"POST /v1/render HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3",
    b"POST /v1/render HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 3",
    b"POST /v1/render HTTP/1.1\r\nContent-Length: +3",
    b"POST /v1/render HTTP/1.1\r\nContent-Length: 0x3",
    b"POST /v1/render HTTP/1.1\r\nContent-Length: ",
    b"POST /v1/render HTTP/1.1\r\nContent-Length: 1234567890123456789",
    b"OPTIONS * HTTP/1.1",
    b"GET * HTTP/1.1",
    b"GET http://a.example/b?c HTTP/1.1\r\nHost: A.example",
    b"GET HTTPS://a.example?c HTTP/1.1\r\nHost: a.example",
    b"GET http://a.example HTTP/1.1\r\nHost: a.example",
    b"GET http://b.example/ HTTP/1.1\r\nHost: a.example",
    b"GET ftp://a.example/ HTTP/1.1\r\nHost: a.example",
    b"GET a.example/ HTTP/1.1\r\nHost: a.example",
    b"GET /a#b HTTP/1.1",
    b"GET /a b HTTP/1.1",
    b"GET  / HTTP/1.1",
    b"GET /\xe5 HTTP/1.1",
    b"GET / HTTP/2.0",
    b"GET / HTTP/1.10",
    b"get / HTTP/1.1",
    b"FETCHFETCHFETCHFETCHFETCH / HTTP/1.1",
    b"QUERY / HTTP/1.1",
    b"GET / HTTP/1.1\r\nHost : a.example",
    b"GET / HTTP/1.1\r\nHost\r\n",
    b"GET / HTTP/1.1\r\n folded: a",
    b"GET / HTTP/1.1\r\nHost: a\r\nHost: a",
    b"GET / HTTP/1.1\r\nHost: a\x00b",
    b"GET / HTTP/1.1\r\nHost: a\rb",
    b"GET / HTTP/1.1\nHost: a",
    b"GET / HTTP/1.1\r\nAccept: a\tb\x80\xff",
    b"GET / HTTP/1.1\r\nX-Request-Id: a.B_c-1",
)


def told(raw: bytes) -> str:
    try:
        head = read_head(raw)
    except HeadFault as fault:
        return f"{int(fault.code or 0)} {fault.description}"
    said = [name for name in ("has_body", "closes", "waits") if getattr(head, name)]
    return (
        f"{head.method} {head.path!r} ?{head.query} {head.shown_path} {head.version} "
        f"{head.length} {' '.join(said)} {head.target} {dict(head.fields)}"
    )


def test_each_is_read_or_refused_as_it_was(request: pytest.FixtureRequest) -> None:
    compared("answers/heads", "".join(f"{raw!r}\n  {told(raw)}\n" for raw in HEADS), request)


@pytest.mark.parametrize("name", FIELDS)
def test_a_header_may_be_as_long_as_its_limit(name: str) -> None:
    most = FIELDS[name].max_chars
    value = "1" * most if name == "content-length" else "a" * most
    raw = b"GET / HTTP/1.1\r\n%b: %b"
    if name == "transfer-encoding":
        with pytest.raises(HeadFault, match="只支持 chunked"):
            read_head(raw % (name.encode(), value.encode()))
    else:
        assert read_head(raw % (name.encode(), value.encode())).fields == {name: value}
    longer = raw % (name.encode(), value.encode() + b"1")
    if name in IGNORED_IF_LONG:  # others may have put it there, or it is replaced
        assert read_head(longer).fields == {}
        return
    with pytest.raises(HeadFault) as refusal:
        read_head(longer)
    framing = name in ("content-length", "transfer-encoding")
    assert refusal.value.code == (400 if framing else 431)


@pytest.mark.parametrize(
    ("before", "most", "what"), [("/", MAX_PATH_CHARS, "路径"), ("/?", MAX_QUERY_CHARS, "参数")]
)
def test_an_address_may_be_as_long_as_its_limit(before: str, most: int, what: str) -> None:
    rest = most - (before == "/")  # the slash counts
    assert read_head(f"GET {before}{'a' * rest} HTTP/1.1".encode())
    with pytest.raises(HeadFault, match=f"地址的{what}超过 {most} 个字符") as refusal:
        read_head(f"GET {before}{'a' * (rest + 1)} HTTP/1.1".encode())
    assert refusal.value.code == 414


def test_a_head_of_another_server_is_held_to_the_same_limits() -> None:
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/v1/render",
        "QUERY_STRING": "output=png",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": "12",
        "HTTP_HOST": " a.example ",
        "HTTP_COOKIE": "a=b",
        "HTTP_PRAGMA": "no-cache",
        "SERVER_NAME": "b.example",
    }
    head = head_of(environ)
    assert (head.method, head.path, head.query, head.length) == (
        "POST", "/v1/render", "output=png", 12,
    )  # fmt: skip
    assert head.fields == {
        "content-type": "application/json",
        "content-length": "12",
        "host": "a.example",
        "cookie": "a=b",
    }
    assert head_of({"REQUEST_METHOD": "GET", "CONTENT_LENGTH": ""}).length == 0
    for wrong in (
        {"REQUEST_METHOD": "FETCH"},
        {"PATH_INFO": "/" * (MAX_PATH_CHARS + 1)},
        {"QUERY_STRING": "a" * (MAX_QUERY_CHARS + 1)},
        {"HTTP_HOST": "a" * 300},
    ):
        with pytest.raises(HeadFault):
            head_of({**environ, **wrong})


def test_a_request_keeps_its_id_if_that_is_well_formed() -> None:
    assert request_id({"x-request-id": "a.B_c-1"}) == "a.B_c-1"
    for wrong in ("", "a b", "甲", "a" * 65):
        made = request_id({"x-request-id": wrong})
        assert len(made) == 32
        assert made != request_id({"x-request-id": wrong})


def test_the_id_of_a_malformed_head_is_found_all_the_same() -> None:
    assert id_in(b"GET / HTTP/9.9\r\nx-request-id: abc\r\nHost: a") == "abc"
    assert id_in(b"GET / HTTP/9.9\r\nX-Request-Id:abc") == "abc"
    assert len(id_in(b"GET / HTTP/9.9\r\nX-Request-Id: a b\r\n")) == 32


@pytest.mark.parametrize(
    ("prefix", "path", "found"),
    [
        ("", "/v1/render", "/v1/render"),
        ("/office", "/office/v1/render", "/v1/render"),
        ("/office", "/office", "/"),
        ("/office", "/office/", "/"),
        ("/office", "/offices", "/offices"),
        ("/office", "/v1/render", "/v1/render"),
    ],
)
def test_a_path_stands_below_the_prefix_of_a_proxy_or_without_it(
    prefix: str, path: str, found: str
) -> None:
    assert below(prefix, path) == found
