from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_tries_counted_yet() -> Iterator[None]:
    """Failed sign-ins are counted in the broker, which outlives a test."""
    cache.clear()
    yield
    cache.clear()
