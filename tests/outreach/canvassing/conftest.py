import pytest

from tests.outreach.canvassing.walks import Walk, start_walk


@pytest.fixture
def walk(db: None) -> Walk:
    return start_walk()
