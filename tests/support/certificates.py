"""Certificates of nobody, with their keys, as PKCS#12 files."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    KeySerializationEncryption,
    NoEncryption,
    pkcs12,
)
from cryptography.x509.oid import NameOID

NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)
PASSPHRASE = "口令 1"
NOBODY = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "某某市创建办")])
KINDS = {
    "RSA": lambda: rsa.generate_private_key(65537, 2048),
    "ECDSA": lambda: ec.generate_private_key(ec.SECP256R1()),
}


@cache
def key_of(kind: str) -> Any:
    return KINDS[kind]()


@cache
def certificate(
    kind: str = "RSA",
    begins: datetime = NOW - DAY,
    ends: datetime = NOW + 30 * DAY,
    *,
    may_sign: bool = True,
) -> x509.Certificate:
    """Return a certificate that signs for itself."""
    uses = dict.fromkeys(
        (
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
            "data_encipherment",
        ),
        False,
    )
    usage = x509.KeyUsage(
        digital_signature=may_sign,
        content_commitment=may_sign,
        key_encipherment=not may_sign,
        **uses,
    )
    key = key_of(kind)
    made = x509.CertificateBuilder(NOBODY, NOBODY, key.public_key(), 1, begins, ends)
    return made.add_extension(usage, critical=True).sign(key, hashes.SHA256())


def pkcs12_file(
    one: x509.Certificate, kind: str = "RSA", passphrase: str = PASSPHRASE, *, has_key: bool = True
) -> bytes:
    """Return a certificate with its key in a file, under a passphrase if it is not ""."""
    lock: KeySerializationEncryption = (
        BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    )
    if has_key:
        return pkcs12.serialize_key_and_certificates(None, key_of(kind), one, None, lock)
    return pkcs12.serialize_key_and_certificates(None, None, None, [one], lock)
