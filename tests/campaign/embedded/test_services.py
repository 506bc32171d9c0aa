"""The embedded database and broker: what they keep, who may use them, and how they come back."""

import json
import multiprocessing
import os
import socket
from pathlib import Path

import psycopg
import pytest
import redis

from campaign import embedded
from campaign.embedded.places import LONGEST_SOCKET, LONGEST_SOCKET_NAME, open_store
from campaign.embedded.process import wait_until


def broker(services: embedded.Services) -> redis.Redis:
    return redis.Redis.from_url(services.redis_url.replace("redis+socket://", "unix://"))


def test_lower_case_and_trigrams_know_all_kazakh_letters(var):
    with embedded.services(var, durable=False) as services, psycopg.connect(services.database_url) as database:
        assert database.execute("SELECT lower('ӘҒҚҢӨҰҮҺІЁ')").fetchone() == ("әғқңөұүһіё",)
        database.execute("CREATE EXTENSION pg_trgm")
        assert len(database.execute("SELECT show_trgm('ӘҒҚ')").fetchone()[0]) == 4
        assert database.execute("SELECT 'Төле би' ILIKE '%ТӨЛЕ%'").fetchone() == (True,)


def test_rows_and_queued_tasks_are_there_after_a_second_start(var):
    with embedded.services(var) as services, psycopg.connect(services.database_url) as database:
        database.execute("CREATE TABLE visit AS SELECT 1 AS id")
        database.commit()
        broker(services).rpush("dauys", "task")

    with embedded.services(var) as services, psycopg.connect(services.database_url) as database:
        assert database.execute("SELECT id FROM visit").fetchall() == [(1,)]
        assert broker(services).lrange("dauys", 0, -1) == [b"task"]


def test_an_emptied_var_means_an_empty_database(var):
    with embedded.services(var, durable=False) as services, psycopg.connect(services.database_url) as database:
        database.execute("CREATE TABLE visit AS SELECT 1 AS id")
        database.commit()
    for path in sorted(var.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()

    with embedded.services(var, durable=False) as services, psycopg.connect(services.database_url) as database:
        assert database.execute("SELECT to_regclass('visit')").fetchone() == (None,)


def test_nobody_gets_in_without_the_password_or_over_the_network(var):
    with embedded.services(var, durable=False) as services:
        url = services.database_url
        password = url.partition("dauys:")[2].partition("@")[0]
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(url.replace(password, "guess"))
        with psycopg.connect(url) as database:
            assert database.execute("SHOW listen_addresses").fetchone() == ("",)
        assert broker(services).config_get("port") == {"port": "0"}


def test_what_holds_data_or_sockets_is_closed_to_other_users(var):
    with embedded.services(var, durable=False) as services:
        store = services.running[0].store
        folders = [store.data, store.sockets, store.logs]
        assert [oct(folder.stat().st_mode & 0o777) for folder in folders] == ["0o700"] * 3
        assert oct((var / "services.marker").stat().st_mode & 0o777) == "0o600"
        assert oct((var / "services.json").stat().st_mode & 0o777) == "0o600"


def test_sockets_stay_short_enough_however_long_the_path_is(tmp_path):
    var = tmp_path / ("қ" * 60) / "var"

    store = open_store(var)

    assert len(os.fsencode(store.sockets)) + LONGEST_SOCKET_NAME <= LONGEST_SOCKET
    embedded.forget(var)


def test_two_folders_of_one_name_never_share_their_data(tmp_path):
    stores = [open_store(tmp_path / name / "dauys" / "var") for name in ("a", "b")]

    assert stores[0].data != stores[1].data
    assert stores[0].sockets != stores[1].sockets
    for name in ("a", "b"):
        embedded.forget(tmp_path / name / "dauys" / "var")


def test_a_damaged_marker_is_told_and_not_overwritten(var):
    var.mkdir()
    (var / "services.marker").write_text("{")

    with pytest.raises(embedded.Trouble, match=r"services\.marker is damaged"), embedded.services(var):
        pass

    assert (var / "services.marker").read_text() == "{"


class TestSharing:
    def test_a_second_owner_is_refused_in_a_sentence(self, var):
        with (
            embedded.services(var, durable=False),
            pytest.raises(embedded.Busy, match="already running in"),
            embedded.services(var, patience=0.1),
        ):
            pass

    def test_a_command_beside_a_running_app_uses_its_services(self, var):
        with embedded.services(var, durable=False) as services, embedded.at_hand(var):
            assert os.environ["DATABASE_URL"] == services.database_url
            assert os.environ["REDIS_URL"] == services.redis_url

    def test_a_command_alone_has_services_for_as_long_as_it_runs(self, var):
        with embedded.at_hand(var):
            url = os.environ["DATABASE_URL"]
            psycopg.connect(url).close()

        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(url)

    def test_a_command_waits_for_another_that_borrows_from_it(self, var):
        context = multiprocessing.get_context("spawn")
        borrowing, finish = context.Event(), context.Event()
        borrower = context.Process(target=_borrow, args=(var, borrowing, finish))

        with embedded.at_hand(var):
            url = os.environ.pop("DATABASE_URL")
            del os.environ["REDIS_URL"]
            borrower.start()
            assert borrowing.wait(20)
            os.environ["DATABASE_URL"] = url
            finish.set()

        borrower.join(20)
        assert borrower.exitcode == 0

    def test_addresses_left_by_a_killed_owner_are_not_trusted(self, var):
        var.mkdir()
        stale = {"database_url": "postgresql://nobody@/gone", "redis_url": "redis+socket:///gone"}
        (var / "services.json").write_text(json.dumps(stale))

        with embedded.at_hand(var):
            psycopg.connect(os.environ["DATABASE_URL"]).close()


def _borrow(var: Path, borrowing, finish) -> None:
    with embedded.at_hand(var):
        borrowing.set()
        finish.wait(20)
        wait_until(lambda: not (var / "services.json").exists(), within=20)
        psycopg.connect(os.environ["DATABASE_URL"]).close()


class TestKilled:
    def test_services_end_with_a_killed_owner(self, owner, kill, is_gone):
        pid, services = owner()

        kill(pid)

        assert wait_until(lambda: all(map(is_gone, services)), within=10)

    def test_after_kill_9_of_everything_the_next_start_has_every_acknowledged_row(self, var, owner, kill):
        pid, services = owner()
        with embedded.at_hand(var), psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as database:
            database.execute("CREATE TABLE visit (id int)")
            for each in range(50):
                database.execute("INSERT INTO visit VALUES (%s)", [each])
        for each in (pid, *services):
            kill(each)

        with embedded.services(var) as services, psycopg.connect(services.database_url) as database:
            assert database.execute("SELECT count(*) FROM visit").fetchone() == (50,)

    def test_a_start_right_after_the_owners_death_waits_for_its_server_to_end(self, var, owner, kill):
        pid, _ = owner()
        kill(pid)

        with embedded.services(var) as services:
            psycopg.connect(services.database_url).close()

    def test_a_number_in_the_lock_file_that_is_another_programs_by_now_does_not_matter(self, var):
        with embedded.services(var, durable=False) as services:
            postgres = services.running[0]
        (postgres.data / "postmaster.pid").write_text(f"{os.getppid()}\n{postgres.data}\n0\n5432\n")
        (postgres.store.sockets / "valkey.sock").touch()

        with embedded.services(var, durable=False) as services:
            psycopg.connect(services.database_url).close()
            assert broker(services).ping()

    def test_a_set_up_cut_short_leaves_nothing_half_made(self, var):
        store = open_store(var)
        (store.folder("postgres.draft") / "PG_VERSION").write_text("18\n")

        with embedded.services(var, durable=False) as services:
            psycopg.connect(services.database_url).close()


class TestGiven:
    def test_addresses_that_were_given_are_used_as_they_are(self, var, tmp_path, monkeypatch):
        with embedded.services(var, durable=False) as services:
            monkeypatch.setenv("DATABASE_URL", services.database_url)
            monkeypatch.setenv("REDIS_URL", services.redis_url)
            with embedded.services(tmp_path / "other") as others:
                assert others.running == []
                assert others.addresses == services.addresses

    def test_an_unreachable_database_is_told_in_a_sentence_without_its_password(self, var, monkeypatch):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            port = unused.getsockname()[1]
            monkeypatch.setenv("DATABASE_URL", f"postgresql://dauys:s3cr3t@127.0.0.1:{port}/dauys")
            with pytest.raises(embedded.Trouble) as refusal, embedded.services(var):
                pass

        assert str(refusal.value).startswith(f"DATABASE_URL: the database dauys on 127.0.0.1:{port} can't be used: ")
        assert "s3cr3t" not in str(refusal.value)
        assert "\n" not in str(refusal.value)

    def test_an_unreachable_broker_is_told_in_a_sentence(self, var, monkeypatch, tmp_path):
        monkeypatch.setenv("REDIS_URL", f"unix://{tmp_path}/absent.sock")

        with pytest.raises(embedded.Trouble, match="REDIS_URL: the server can't be used"), embedded.services(var):
            pass


class TestSecretKey:
    @pytest.fixture(autouse=True)
    def _none_given(self, monkeypatch):
        monkeypatch.delenv("DAUYS_SECRET_KEY")
        monkeypatch.setenv("DAUYS_SECRET_KEY_FILE", "")

    def test_an_installation_makes_a_key_of_its_own_and_keeps_it(self, var):
        embedded.default_secret_key(var)
        made = Path(os.environ["DAUYS_SECRET_KEY_FILE"]).read_text()
        os.environ["DAUYS_SECRET_KEY_FILE"] = ""

        embedded.default_secret_key(var)

        assert Path(os.environ["DAUYS_SECRET_KEY_FILE"]).read_text() == made
        assert len(made) >= 50
        assert oct((var / "secret-key").stat().st_mode & 0o777) == "0o600"

    def test_production_gets_none_and_must_bring_its_own(self, var, monkeypatch):
        monkeypatch.setenv("DAUYS_ENV", "production")

        embedded.default_secret_key(var)

        assert os.environ["DAUYS_SECRET_KEY_FILE"] == ""
        assert not var.exists()
