"""Which passwords there may be: length counts, not kinds of characters.

Source: NIST SP 800-63B, Memorized Secret Verifiers: length, Unicode normalization, refused values.
"""

from __future__ import annotations

import unicodedata

from hongtou.accounts.account import name_key

MIN_CHARS, MAX_CHARS = 10, 128
MIN_DIFFERENT = 5  # characters; 1111111111 has one
# Beginnings of the passwords that are tried first.
COMMON = ("password", "passw0rd", "p@ssw0rd", "qwertyuiop", "1qaz2wsx", "admin", "hongtou")
ROWS = ("01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz")
ADVICE = "几个不相干的词连起来，好记也难猜"


def normal_password(password: str) -> str:
    """Return a password as it is hashed, the same from every keyboard."""
    return unicodedata.normalize("NFKC", password)


def password_fault(password: str, name: str) -> str:
    """Return what is wrong with the password of an account, "" if nothing is."""
    plain = normal_password(password)
    if not MIN_CHARS <= len(plain) <= MAX_CHARS:
        return f"密码应有 {MIN_CHARS} 至 {MAX_CHARS} 个字符；{ADVICE}"
    folded = plain.casefold()
    if len(set(folded)) < MIN_DIFFERENT or any(folded in row for row in ROWS):
        return f"密码太容易猜：字符太少或依次排列；{ADVICE}"
    if folded.startswith(COMMON) or name_key(name) in name_key(plain):
        return f"密码太容易猜：是常见的密码，或含有名称；{ADVICE}"
    return ""
