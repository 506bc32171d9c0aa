"""The environment is read strictly: a value is understood, or the start stops with its name."""

from pathlib import Path

import pytest

from campaign.env import DEVELOPMENT_KEY, BadSetting, Env, database, refuse_unsafe

env = Env()
SAFE = {
    "mode": "production",
    "secret_key": "k" * 50,
    "debug": False,
    "hosts": ["dauys.example.kz"],
    "url": "https://dauys.example.kz",
    "proxies": 1,
}


def test_text_is_what_was_set_and_else_the_default(monkeypatch):
    monkeypatch.setenv("DAUYS_NAME", "Дауыс")

    assert env.text("DAUYS_NAME", "other") == "Дауыс"
    assert env.text("DAUYS_UNSET", "other") == "other"


@pytest.mark.parametrize("blank", ["", "  "])
def test_an_empty_value_counts_as_not_set(monkeypatch, blank):
    monkeypatch.setenv("DAUYS_NAME", blank)

    assert env.text("DAUYS_NAME", "default") == "default"


def test_a_value_without_default_must_be_set():
    with pytest.raises(BadSetting) as refusal:
        env.text("DAUYS_UNSET")

    assert refusal.value.name == "DAUYS_UNSET"
    assert str(refusal.value) == "DAUYS_UNSET is not set, and there is no default for it"


@pytest.mark.parametrize(("written", "meant"), [("1", True), ("true", True), ("0", False), ("no", False)])
def test_flags_are_read_in_the_usual_spellings(monkeypatch, written, meant):
    monkeypatch.setenv("DAUYS_FLAG", written)

    assert env.flag("DAUYS_FLAG", not meant) is meant


def test_a_flag_that_is_neither_yes_nor_no_stops_the_start(monkeypatch):
    monkeypatch.setenv("DAUYS_FLAG", "perhaps")

    with pytest.raises(BadSetting, match="DAUYS_FLAG must be true or false, and it is “perhaps”"):
        env.flag("DAUYS_FLAG", False)


def test_numbers_are_whole_and_not_below_the_least(monkeypatch):
    monkeypatch.setenv("DAUYS_COUNT", "3")
    assert env.number("DAUYS_COUNT", 0) == 3

    with pytest.raises(BadSetting, match="DAUYS_COUNT must be 4 or more, and it is 3"):
        env.number("DAUYS_COUNT", 9, least=4)


def test_a_number_with_letters_stops_the_start(monkeypatch):
    monkeypatch.setenv("DAUYS_COUNT", "three")

    with pytest.raises(BadSetting, match="DAUYS_COUNT must be a whole number, and it is “three”"):
        env.number("DAUYS_COUNT", 0)


def test_words_are_split_at_commas_and_stripped(monkeypatch):
    monkeypatch.setenv("DAUYS_HOSTS", "a.kz, b.kz ,,c.kz")

    assert env.words("DAUYS_HOSTS", []) == ["a.kz", "b.kz", "c.kz"]


def test_a_choice_names_what_may_be_chosen(monkeypatch):
    monkeypatch.setenv("DAUYS_ENV", "staging")

    with pytest.raises(BadSetting, match="must be one of development, production, and it is “staging”"):
        env.choice("DAUYS_ENV", ["development", "production"], "development")


def test_a_folder_is_absolute_whatever_was_written(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DAUYS_VAR", "somewhere")

    assert env.folder("DAUYS_VAR", Path("/other")) == tmp_path / "somewhere"


class TestSecrets:
    def test_a_secret_comes_from_the_file_that_is_named(self, monkeypatch, tmp_path):
        (tmp_path / "key").write_text("from the file\n")
        monkeypatch.setenv("DAUYS_KEY_FILE", str(tmp_path / "key"))

        assert env.secret("DAUYS_KEY", "default") == "from the file"

    def test_a_secret_given_twice_stops_the_start(self, monkeypatch, tmp_path):
        monkeypatch.setenv("DAUYS_KEY", "plain")
        monkeypatch.setenv("DAUYS_KEY_FILE", str(tmp_path / "key"))

        with pytest.raises(BadSetting, match="DAUYS_KEY is set twice"):
            env.secret("DAUYS_KEY", "default")

    def test_a_missing_file_is_named_with_the_reason(self, monkeypatch, tmp_path):
        monkeypatch.setenv("DAUYS_KEY_FILE", str(tmp_path / "absent"))

        with pytest.raises(BadSetting, match=r"DAUYS_KEY_FILE points to .*absent, .*: No such file or directory"):
            env.secret("DAUYS_KEY", "default")

    @pytest.mark.parametrize(("content", "why"), [(b"", "is empty"), (b"\xff\xfe", "it is not text")])
    def test_a_file_without_a_secret_in_it_stops_the_start(self, monkeypatch, tmp_path, content, why):
        (tmp_path / "key").write_bytes(content)
        monkeypatch.setenv("DAUYS_KEY_FILE", str(tmp_path / "key"))

        with pytest.raises(BadSetting, match=why):
            env.secret("DAUYS_KEY", "default")


class TestAddresses:
    def test_an_address_is_taken_as_it_is_written(self, monkeypatch):
        monkeypatch.setenv("DAUYS_URL", "https://dauys.example.kz")

        assert env.url("DAUYS_URL", "http://localhost") == "https://dauys.example.kz"

    @pytest.mark.parametrize(
        ("address", "why"),
        [
            ("ftp://dauys.kz", "must begin with http:// or https://"),
            ("dauys.kz", "must begin with http:// or https://"),
            ("https://", "names no host"),
            ("http://dauys.kz:eighty", "is not an address"),
        ],
    )
    def test_what_is_no_address_stops_the_start(self, monkeypatch, address, why):
        monkeypatch.setenv("DAUYS_URL", address)

        with pytest.raises(BadSetting, match=f"DAUYS_URL {why}"):
            env.url("DAUYS_URL", "http://localhost")

    def test_a_refused_address_keeps_its_password_to_itself(self, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", "mysql://dauys:s3cr3t@db/dauys")

        with pytest.raises(BadSetting) as refusal:
            env.url("DATABASE_URL", schemes=("postgresql",))

        assert "s3cr3t" not in str(refusal.value)


class TestDatabase:
    def test_host_port_and_options_reach_django(self):
        entry = database("postgresql://user:p%40ss@db.example.kz:5433/dauys?sslmode=require")

        assert entry == {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "dauys",
            "USER": "user",
            "PASSWORD": "p@ss",
            "HOST": "db.example.kz",
            "PORT": "5433",
            "OPTIONS": {"sslmode": "require"},
        }

    def test_a_unix_socket_is_the_host_among_the_options(self):
        entry = database("postgresql://dauys:x@/dauys?host=/var/run/pg")

        assert (entry["HOST"], entry["PORT"], entry["OPTIONS"]) == ("/var/run/pg", "", {})

    def test_an_address_without_a_database_stops_the_start(self):
        with pytest.raises(BadSetting, match="DATABASE_URL names no database"):
            database("postgresql://user@db.example.kz/")

    def test_another_kind_of_database_stops_the_start(self):
        with pytest.raises(BadSetting, match="DATABASE_OWNER_URL must begin with postgres://"):
            database("sqlite:///dauys.db", name="DATABASE_OWNER_URL")


class TestProduction:
    def test_safe_values_pass(self):
        refuse_unsafe(**SAFE)

    @pytest.mark.parametrize(
        ("unsafe", "name"),
        [
            ({"secret_key": DEVELOPMENT_KEY}, "DAUYS_SECRET_KEY"),
            ({"secret_key": "k" * 49}, "DAUYS_SECRET_KEY"),
            ({"debug": True}, "DAUYS_DEBUG"),
            ({"hosts": []}, "DAUYS_HOSTS"),
            ({"hosts": ["*"]}, "DAUYS_HOSTS"),
            ({"url": "http://dauys.example.kz"}, "DAUYS_URL"),
            ({"proxies": 0}, "DAUYS_TRUSTED_PROXIES"),
        ],
    )
    def test_each_unsafe_value_stops_the_start_with_its_name(self, unsafe, name):
        with pytest.raises(BadSetting) as refusal:
            refuse_unsafe(**(SAFE | unsafe))

        assert refusal.value.name == name

    @pytest.mark.parametrize("mode", ["development", "test"])
    def test_elsewhere_the_same_values_pass(self, mode):
        unsafe = {"secret_key": DEVELOPMENT_KEY, "debug": True, "hosts": [], "url": "http://localhost", "proxies": 0}

        refuse_unsafe(mode=mode, **unsafe)
