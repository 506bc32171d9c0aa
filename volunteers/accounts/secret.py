"""Tokens and codes: made here, shown once, kept as digests only."""

import hashlib
import secrets
from typing import Final

CODE_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that look alike on paper


def make_token() -> str:
    """32 random bytes in letters that an address may hold."""
    return secrets.token_urlsafe(32)


def make_code(groups: int = 4) -> str:
    """A code that people read out and type: K7QF-3M2P-9XTD-BB4N."""
    return "-".join("".join(secrets.choice(CODE_LETTERS) for _ in range(4)) for _ in range(groups))


def plain_code(typed: str) -> str:
    """A typed code as it was made, whatever case, spaces and dashes it came with."""
    letters = "".join(letter for letter in typed.upper() if letter in CODE_LETTERS)
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
