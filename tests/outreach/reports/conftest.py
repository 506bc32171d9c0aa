import pytest

from tests.outreach.reports.board import Board, make_board


@pytest.fixture
def board(db: None) -> Board:
    return make_board()
