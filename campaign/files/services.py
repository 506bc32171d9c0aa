import hashlib
from typing import Any

from campaign.files.models import StoredFile


def store_file(*, name: str, content: bytes, content_type: str, owner: Any = None) -> StoredFile:
    """Keep the bytes under the last part of their name (never a path)."""
    plain = name.replace("\\", "/").rsplit("/", 1)[-1][-200:]
    digest = hashlib.sha256(content).hexdigest()
    return StoredFile.objects.create(name=plain, content=content, content_type=content_type, sha256=digest, owner=owner)
