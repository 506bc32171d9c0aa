import pytest
from django.utils.translation import override


@pytest.fixture(scope="module")
def in_english():
    """Sentences are compared in the language they are written in."""
    with override("en"):
        yield
