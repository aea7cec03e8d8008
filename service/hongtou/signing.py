"""Signs finished PDFs: PAdES B-B (ETSI EN 319 142-1), certified so that nothing may be changed.

Only here is pyHanko known, which comes with the extra ``sign``. What is signed looks as before: a
picture that looks like a seal would be worse than none. The time of signing, and with most keys the
signature, make this the one output whose bytes differ each time.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING

from hongtou.bulletin.errors import MalformedDocument, SetupError, UnknownOption
from hongtou.pdf.metadata import PRODUCER
from hongtou.resources import install_extra

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from pyhanko.sign.signers import SimpleSigner

FIELD, TITLE = "Signature", "签名"  # the name of the field, and what a reader speaks
DIGEST = "sha256"
PRESS_INTENT = "/GTS_PDFX"
OURS = f"<pdf:Producer>{PRODUCER.partition(' ')[0]} ".encode()  # of any version


def signed(document: bytes, certificate: bytes, passphrase: str, at: datetime) -> bytes:
    """Return a PDF of ours, signed at a time with the key of a PKCS#12 file.

    Raises:
        SetupError: pyHanko is not installed.
        UnknownOption: the certificate cannot be read, is not valid then, or not for signing.
        MalformedDocument: it is no PDF of ours, is signed already, or is for the press.
    """
    require_signing()
    _refuse_unsuitable(document)
    return _signed(document, _signer(certificate, passphrase, at))


def require_signing() -> None:
    """Refuse to go on where pyHanko is not installed.

    Raises:
        SetupError: it is not; the hint says how to install it.
    """
    try:
        import pyhanko.sign  # noqa: F401
    except ImportError as cause:
        hint = f"请运行 {install_extra('sign')}"
        raise SetupError("签名须另装 pyHanko", hint=hint) from cause


def _signer(certificate: bytes, passphrase: str, at: datetime) -> SimpleSigner:
    """Return the key and the certificates of a PKCS#12 file.

    Raises:
        UnknownOption: it is none, is encrypted otherwise, holds no key, or one that may not sign.
    """
    from asn1crypto.pkcs12 import Pfx
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import pkcs12
    from pyhanko.sign.signers import SimpleSigner

    secret = passphrase.encode() or None
    try:
        Pfx.load(certificate, strict=True).native  # noqa: B018 (reads it)
    except (ValueError, TypeError) as cause:
        hint = "请给出带私钥的 .p12 或 .pfx 文件"
        raise UnknownOption("证书不是 PKCS#12 文件，或已损坏", hint=hint) from cause
    try:
        key, leaf, _ = pkcs12.load_key_and_certificates(certificate, secret)
    except UnsupportedAlgorithm as cause:
        hint = "请用 RSA 或 ECDSA 的证书；SM2 的证书要在签章系统里用"
        raise UnknownOption("证书的算法不支持", hint=hint) from cause
    except ValueError as cause:
        raise UnknownOption("打不开证书：口令不对", hint="请核对口令，再试一次") from cause
    if key is None or leaf is None:
        hint = "导出时请选“连同私钥”"
        raise UnknownOption("证书文件里没有私钥，或没有与它相配的证书", hint=hint)
    _refuse_unfit(leaf, at)
    signer: SimpleSigner = SimpleSigner.load_pkcs12_data(certificate, [], secret)
    return signer


def _refuse_unfit(leaf: Certificate, at: datetime) -> None:
    """Refuse a certificate whose signatures nobody would take.

    Raises:
        UnknownOption: it is not valid at this time, or not for signing.
    """
    from cryptography.x509 import ExtensionNotFound, KeyUsage

    if at > leaf.not_valid_after_utc:
        hint = "请换一张有效的证书：过期以后签的，谁核对都不认"
        raise UnknownOption(f"证书已在 {leaf.not_valid_after_utc:%Y-%m-%d} 过期", hint=hint)
    if at < leaf.not_valid_before_utc:
        hint = "请核对本机的时间，或换一张证书"
        raise UnknownOption(f"证书从 {leaf.not_valid_before_utc:%Y-%m-%d} 起才有效", hint=hint)
    try:
        usage = leaf.extensions.get_extension_for_class(KeyUsage).value
    except ExtensionNotFound:
        return  # RFC 5280 §4.2.1.3: the key may do anything
    if not (usage.digital_signature or usage.content_commitment):
        raise UnknownOption("这张证书不是用来签名的", hint="请换一张密钥用途有“数字签名”的证书")


def _refuse_unsuitable(document: bytes) -> None:
    """Refuse what is no whole PDF of ours that may be signed.

    Raises:
        MalformedDocument: it is no such PDF, is signed already, or is for the press.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(document)) as pdf:
            faults, root = pdf.check_pdf_syntax(), pdf.Root
            said = root.Metadata.read_bytes() if "/Metadata" in root else b""
            is_signed = "/AcroForm" in root and "/SigFlags" in root.AcroForm
            intents = [*root.OutputIntents] if "/OutputIntents" in root else []
            is_for_press = any(intent.S == PRESS_INTENT for intent in intents)
    except (pikepdf.PikepdfError, ValueError, TypeError, AttributeError, KeyError) as cause:
        raise MalformedDocument("这不是 PDF，或已损坏", hint="请核对文件，或重新排出") from cause
    if faults:
        raise MalformedDocument("这份 PDF 已损坏", hint="请重新排出")
    if is_signed:
        hint = "签过的不许再改；要另签，请用没有签过的那一份"
        raise MalformedDocument("这份 PDF 已经签过名", hint=hint)
    if OURS not in said:
        hint = "只签 hongtou render 排出的 PDF；别的文件请用签章系统"
        raise MalformedDocument("这份 PDF 不是本服务排出的", hint=hint)
    if is_for_press:
        hint = "请签 screen 或 archive 的：PDF/X 不许有批注，签名栏就是一个"
        raise MalformedDocument("付印的文件不签名", hint=hint)


def _signed(document: bytes, signer: SimpleSigner) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=DIGEST,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
    )
    field = SigFieldSpec(FIELD, readable_field_name=TITLE)
    written = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(document))
    PdfSigner(metadata, signer, new_field_spec=field).sign_pdf(writer, output=written)
    return written.getvalue()
