"""Requests that two readers may understand differently, as bytes: what request smuggling is made of.

Each case is what a client sends on a connection of its own. Nothing here says what is right: that is for the tests.
"""

from __future__ import annotations

from collections.abc import Iterator

HOST = b"Host: localhost\r\n"
JSON = b"Content-Type: application/json\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
ALIVE = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
INNER = b"GET /v1/layouts HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: smuggled\r\n\r\n"


def cases(document: bytes) -> dict[str, bytes]:
    """Return the cases by their names, with a document for those that send one."""
    groups = (
        lengths,
        encodings,
        chunks,
        trailers,
        heads,
        methods,
        targets,
        hosts,
        expectations,
        others,
        smuggled,
    )
    return {name: sent for group in groups for name, sent in group(document)}


def post(fields: bytes, body: bytes, version: bytes = b"1.1") -> bytes:
    return b"POST /v1/check HTTP/" + version + b"\r\n" + HOST + JSON + fields + b"\r\n" + body


def get(
    fields: bytes = b"", target: bytes = b"/healthz", version: bytes = b"1.1", host: bytes = HOST
) -> bytes:
    return b"GET " + target + b" HTTP/" + version + b"\r\n" + host + fields + b"\r\n"


def length(value: object) -> bytes:
    return f"Content-Length: {value}\r\n".encode()


def chunked(document: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    return b"%x\r\n" % len(document) + document + b"\r\n" + end


def lengths(document: bytes) -> Iterator[tuple[str, bytes]]:
    size = len(document)
    yield "a plain request", post(length(size), document)
    yield "the length twice, the same", post(length(size) * 2, document)
    yield "the length twice, another", post(length(size) + length(0), document + ALIVE)
    for value in (
        "5, 5",
        f"+{size}",
        "-1",
        "0x10",
        "1_0",
        "٣",
        "9" * 30,
        "9" * 5000,
        f"000{size}",
        "",
        "1.0",
        f"{size} {size}",
    ):
        yield f"length {value[:20]}", post(length(value), document)
    yield (
        "a space before the colon of the length",
        post(b"Content-Length : %d\r\n" % size, document),
    )
    yield "Content_Length", post(b"Content_Length: %d\r\n" % size, document)
    yield (
        "Content_Length beside the length",
        post(length(4) + b"Content_Length: 9\r\n", b"{}  " + INNER),
    )
    yield "no length", post(b"", document)


def encodings(document: bytes) -> Iterator[tuple[str, bytes]]:
    body = chunked(document)
    for value in (
        "chunked",
        "xchunked",
        "chunked, chunked",
        "gzip, chunked",
        "chunked, identity",
        "\x0bchunked",
        "\tchunked",
        "\r\n chunked",
        '"chunked"',
        "identity",
        "CHUNKED",
        "chunked;q=1",
    ):
        yield f"encoding {value!r}", post(f"Transfer-Encoding: {value}\r\n".encode(), body)
    yield "chunked twice", post(CHUNKED * 2, body)
    yield "a space before the colon of the encoding", post(b"Transfer-Encoding : chunked\r\n", body)
    yield "encoding and a short length", post(CHUNKED + length(4), body + ALIVE)
    yield "a short length and encoding", post(length(4) + CHUNKED, body + ALIVE)
    yield "an empty encoding", post(b"Transfer-Encoding: \r\n" + length(len(document)), document)
    yield "chunked in 1.0", post(CHUNKED, body, b"1.0")
    yield "chunked in 1.0 with a length", post(CHUNKED + length(len(document)), document, b"1.0")


def chunks(document: bytes) -> Iterator[tuple[str, bytes]]:
    size = b"%x" % len(document)
    for name, line in (
        ("with an extension", size + b';a=b;c="d"'),
        ("with a line feed in its extension", size + b";a\nb"),
        ("0x", b"0x" + size),
        ("with a space", size + b" "),
        ("with a plus", b"+" + size),
        ("of 17 F", b"F" * 17),
        ("of 20,000 F", b"F" * 20_000),
        ("empty", b""),
        ("-1", b"-1"),
    ):
        yield f"a chunk size {name}", post(CHUNKED, line + b"\r\n" + document + b"\r\n0\r\n\r\n")
    yield "chunks with bare line feeds", post(CHUNKED, chunked(document).replace(b"\r\n", b"\n"))
    yield "a chunk with a wrong end", post(CHUNKED, size + b"\r\n" + document + b"XX0\r\n\r\n")
    yield "empty lines before the first chunk", post(CHUNKED, b"\r\n\r\n" + chunked(document))
    yield "a last chunk with an extension", post(CHUNKED, chunked(document, b"0;x\r\n\r\n"))


def trailers(document: bytes) -> Iterator[tuple[str, bytes]]:
    for name, trailer in (
        ("a trailer", b"X-A: b\r\n\r\n"),
        ("a length in the trailer", b"Content-Length: 3\r\n\r\n"),
        ("a trailer with bare line feeds", b"X: y\n\n"),
        ("an encoding in the trailer", b"Transfer-Encoding: chunked\r\n\r\n"),
    ):
        yield name, post(CHUNKED, chunked(document, b"0\r\n" + trailer) + ALIVE)


def heads(document: bytes) -> Iterator[tuple[str, bytes]]:
    yield "bare line feeds", post(length(len(document)), document).replace(b"\r\n", b"\n")
    yield "a bare line feed at the end of the head", b"GET /healthz HTTP/1.1\r\nHost: localhost\n\n"
    for name, field in (
        ("a bare carriage return in a field", b"X: a\rb\r\n"),
        ("NUL in a field", b"X: a\0b\r\n"),
        ("a folded field", b"X: a\r\n b\r\n"),
        ("no colon", b"foo\r\n"),
        ("an empty name", b": x\r\n"),
        ("a name with a space", b"X Y: z\r\n"),
        ("a name with NUL", b"X\0Y: z\r\n"),
        ("a name of 20,000", b"X" * 20_000 + b": y\r\n"),
        ("a field of 7,000", b"X: " + b"y" * 7000 + b"\r\n"),
        ("1,000 fields", b"X: y\r\n" * 1000),
    ):
        yield name, get(field)
    yield "a folded Host", get(host=b"Host:\r\n localhost\r\n")
    yield "a space before the first field", get(host=b" X: y\r\n" + HOST)
    yield "blank lines first", b"\r\n\r\n" + ALIVE


def methods(document: bytes) -> Iterator[tuple[str, bytes]]:
    yield "GET with a body", get(length(5)) + b"hello" + ALIVE
    yield "GET in chunks", get(CHUNKED) + b"5\r\nhello\r\n0\r\n\r\n" + ALIVE
    yield "HEAD", b"HEAD /v1/schema HTTP/1.1\r\n" + HOST + b"\r\n" + ALIVE
    yield "HEAD of nothing", b"HEAD /nope HTTP/1.1\r\n" + HOST + b"\r\n" + ALIVE
    for method, target in (
        ("OPTIONS", "/v1/render"),
        ("OPTIONS", "*"),
        ("TRACE", "/"),
        ("CONNECT", "localhost:80"),
        ("FOO", "/"),
        ("get", "/"),
        ("DELETE", "/healthz"),
        ("G" * 9000, "/"),
    ):
        yield f"{method[:9]} {target}", f"{method} {target} HTTP/1.1\r\n".encode() + HOST + b"\r\n"
    yield "PRI", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
    yield "no version", b"GET /healthz\r\n\r\n"
    for version in (b"1.0", b"1.2", b"2.0", b"11.1", b"1.1 "):
        yield f"version {version.decode()}", get(version=version)
    yield "1.0 without Host", get(version=b"1.0", host=b"")
    yield "1.0 kept alive", get(b"Connection: keep-alive\r\n", version=b"1.0") * 2
    yield "no request at all", b"GARBAGE\r\n\r\n"
    yield "a greeting of TLS", bytes.fromhex("16030100f8010000f4030369") + bytes(60) + b"\r\n\r\n"


def targets(document: bytes) -> Iterator[tuple[str, bytes]]:
    for target in (
        "http://localhost/healthz",
        "http://evil.example/healthz",
        "http://a@localhost/healthz",
        "file:///etc/passwd",
        "//evil.example/healthz",
        "/healthz#x",
        "/health z",
        "\\healthz",
        "/v1/%2e%2e/healthz",
        "//healthz",
        "/healthz/",
        "/%c0%af",
        "/healthz%00",
        "/healthz%0d%0aX:y",
        "/v1/../healthz",
        "/" + "a" * 5000,
        "/healthz?" + "q=1&" * 1000,
    ):
        yield f"target {target[:30]}", get(target=target.encode())
    yield (
        "an absolute target, Host of another",
        get(target=b"http://localhost/healthz", host=b"Host: evil.example\r\n"),
    )


def hosts(document: bytes) -> Iterator[tuple[str, bytes]]:
    yield "no Host", get(host=b"")
    yield "Host twice", get(host=HOST * 2)
    for host in (
        "localhost, evil",
        "localhost:99999",
        "127.1",
        "[::ffff:127.0.0.1]",
        "[127.0.0.1]",
        "LOCALHOST..",
        "localhost\t",
        "::1",
        "evil.example",
        "",
    ):
        yield f"Host {host!r}", get(host=f"Host: {host}\r\n".encode())


def expectations(document: bytes) -> Iterator[tuple[str, bytes]]:
    size = length(len(document))
    yield "Expect", post(size + b"Expect: 100-continue\r\n", document)
    yield "Expect something else", post(size + b"Expect: 200-ok\r\n", document)
    yield "Expect in 1.0", post(size + b"Expect: 100-continue\r\n", document, b"1.0")
    yield (
        "Expect with far too much",
        post(length(99_999_999_999) + b"Expect: 100-continue\r\n", b""),
    )


def others(document: bytes) -> Iterator[tuple[str, bytes]]:
    size = length(len(document))
    yield (
        "upgrade to h2c",
        get(
            b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"
        ),
    )
    yield (
        "upgrade to a web socket",
        get(b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n") + ALIVE,
    )
    yield "Connection: close, x", get(b"Connection: close, x\r\n") + ALIVE
    yield "Connection names a field", get(b"Connection: Host, X-Request-Id\r\n") + ALIVE
    yield "five at once", ALIVE * 5
    yield "a bad one and a good one", post(size, b"x" * len(document)) + ALIVE
    yield "gzip", post(length(3) + b"Content-Encoding: gzip\r\n", b"abc")
    yield "content types twice", post(size + b"Content-Type: text/plain\r\n", document)
    yield "another method by a field", post(size + b"X-HTTP-Method-Override: DELETE\r\n", document)
    yield "a request id of ours", get(b"X-Request-Id: mine\r\n")
    yield (
        "a forwarded client",
        get(b"X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Host: evil\r\nForwarded: for=1.2.3.4\r\n"),
    )


def smuggled(document: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield requests that hold another one, for whoever counts otherwise."""
    yield (
        "in a 1.0 request with chunks",
        post(CHUNKED + b"Connection: keep-alive\r\n", b"\r\n\r\n" + INNER, b"1.0"),
    )
    yield (
        "behind an end that the length does not know",
        post(CHUNKED + length(6), b"0\r\n\r\n" + INNER),
    )
    yield (
        "behind a length that the chunks do not know",
        post(length(len(INNER) + 5) + CHUNKED, b"0\r\n\r\n" + INNER),
    )
    yield "in a body of the right length", post(length(len(INNER)), INNER)
    yield "behind GET with a length", get(length(0)) + INNER
    yield "in the body of GET", get(length(len(INNER))) + INNER
    yield "behind an empty POST", post(length(0), INNER)
    yield "behind an extension with a line feed", post(CHUNKED, b"1;\n" + INNER + b"\r\n0\r\n\r\n")
