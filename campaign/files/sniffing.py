"""What a file is by its first bytes; its name and what a browser claims do not count."""

from typing import Final

MAGIC: Final = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}


def sniff(content: bytes) -> str:
    """The content type of a PDF, JPEG or PNG; empty for anything else."""
    return next((kind for magic, kind in MAGIC.items() if content.startswith(magic)), "")
