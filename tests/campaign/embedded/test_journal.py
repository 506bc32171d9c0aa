"""What a service said is quoted in a sentence when it doesn't start."""

import pytest

from campaign.embedded.journal import LARGEST, Journal


@pytest.fixture
def journal(tmp_path):
    return Journal(tmp_path / "postgres.log")


def say(journal: Journal, text: str) -> None:
    with journal.open() as log:
        log.write(text.encode())


def test_the_last_telling_line_of_this_run_is_quoted(journal):
    say(journal, "FATAL: of an earlier run\n")
    say(journal, "starting\nFATAL: could not create lock file\ndatabase system is shut down\n")

    assert str(journal.trouble("PostgreSQL did not start")) == (
        f"PostgreSQL did not start: FATAL: could not create lock file (all of it: {journal.path})"
    )


def test_a_full_disk_anywhere_in_this_run_is_what_is_told(journal):
    say(journal, "could not write: No space left on device\nPANIC: cannot abort transaction\n")

    assert str(journal.trouble("PostgreSQL stopped")) == (
        "The disk is full (PostgreSQL stopped): make room and start again."
    )


def test_a_full_disk_of_an_earlier_run_is_forgotten(journal):
    say(journal, "could not write: No space left on device\n")
    say(journal, "ready\n")

    assert not journal.met_a_full_disk()


def test_silence_is_told_too(journal):
    say(journal, "")

    assert "it said nothing" in str(journal.trouble("Valkey did not start"))


def test_a_long_journal_is_begun_anew_and_the_old_one_kept(journal):
    journal.path.write_bytes(b"x" * (LARGEST + 1))

    say(journal, "new\n")

    assert journal.path.read_text() == "new\n"
    assert journal.path.with_suffix(".old.log").stat().st_size == LARGEST + 1
