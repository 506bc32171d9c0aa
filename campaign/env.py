"""Reads the environment, says plainly what is wrong with a value, and refuses what is unsafe in production.

Nothing here knows Django, so that the launcher, the settings and the tests read the environment alike.
An empty value counts as not set: compose files and unit files often leave `NAME=` behind.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

import environs

T = TypeVar("T")

MODES: Final = ("development", "production", "test")
LOG_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
DEVELOPMENT_KEY: Final = "dauys-development-key-that-everybody-knows-and-production-refuses"
SHORTEST_KEY: Final = 50
DATABASE_SCHEMES: Final = ("postgres", "postgresql")
BROKER_SCHEMES: Final = ("redis", "rediss", "redis+socket", "unix")


class BadSetting(Exception):
    """A value in the environment that stops the start; its text is one sentence for the operator."""

    def __init__(self, name: str, why: str) -> None:
        self.name = name
        self.why = why
        super().__init__(f"{name} {why}")


class _Required:
    """The default of a value that has none."""


REQUIRED: Final[Any] = _Required()


class Env:
    """A typed reader over `environs`; every method answers with a value or raises one `BadSetting`."""

    def __init__(self) -> None:
        self._source = environs.Env()

    def text(self, name: str, default: str = REQUIRED) -> str:
        return self._read(name, default, self._source.str, "must be text")

    def flag(self, name: str, default: bool = REQUIRED) -> bool:
        return self._read(name, default, self._source.bool, "must be true or false")

    def number(self, name: str, default: int = REQUIRED, *, least: int = 0) -> int:
        value = self._read(name, default, self._source.int, "must be a whole number")
        if value < least:
            raise BadSetting(name, f"must be {least} or more, and it is {value}")
        return value

    def words(self, name: str, default: Sequence[str] = REQUIRED) -> list[str]:
        found = self._read(name, default, self._source.list, "must be words with commas between them")
        return [word for word in (str(each).strip() for each in found) if word]

    def choice(self, name: str, choices: Sequence[str], default: str = REQUIRED) -> str:
        value = self.text(name, default)
        if value not in choices:
            raise BadSetting(name, f"must be one of {', '.join(choices)}, and it is “{value}”")
        return value

    def folder(self, name: str, default: Path = REQUIRED) -> Path:
        value = self._read(name, default, self._source.path, "must be a folder's path")
        return Path(value).expanduser().absolute()

    def secret(self, name: str, default: str = REQUIRED) -> str:
        """`NAME`, or the content of the file that `NAME_FILE` points to (as containers hand secrets over)."""
        path = os.environ.get(f"{name}_FILE", "")
        if not path:
            return self.text(name, default)
        if os.environ.get(name):
            raise BadSetting(name, f"is set twice, as {name} and as {name}_FILE: keep one of them")
        return _content(f"{name}_FILE", path)

    def url(self, name: str, default: str = REQUIRED, *, schemes: Sequence[str] = ("http", "https")) -> str:
        """An address. It may hold a password, so it can come from a file like any secret."""
        value = self.secret(name, default)
        if value and value != default:
            _check_url(name, value, schemes)
        return value

    def _read(self, name: str, default: T, read: Callable[..., T], why: str) -> T:
        if not os.environ.get(name, "").strip():
            if default is REQUIRED:
                raise BadSetting(name, "is not set, and there is no default for it")
            return default
        try:
            return read(name)
        except environs.EnvError as error:
            raise BadSetting(name, f"{why}, and it is “{os.environ[name]}”") from error


def _content(name: str, path: str) -> str:
    try:
        value = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text"
        raise BadSetting(name, f"points to {path}, which can't be read: {reason}") from error
    if not value:
        raise BadSetting(name, f"points to {path}, which is empty")
    return value


def _check_url(name: str, value: str, schemes: Sequence[str]) -> None:
    """The address itself stays out of the message: it may hold a password."""
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018  a port that is no number raises here
    except ValueError as error:
        raise BadSetting(name, f"is not an address: {error}") from error
    if parts.scheme not in schemes:
        raise BadSetting(name, f"must begin with {' or '.join(f'{scheme}://' for scheme in schemes)}")
    if not parts.netloc and not parts.path.strip("/") and not parts.query:
        raise BadSetting(name, "names no host")


def database(url: str, *, name: str = "DATABASE_URL") -> dict[str, Any]:
    """Django's entry of `DATABASES` for postgresql://user:password@host:port/database?option=value.

    A unix socket is written as libpq does it: postgresql://user@/database?host=/folder/of/the/socket
    """
    _check_url(name, url, DATABASE_SCHEMES)
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    database_name = unquote(parts.path.lstrip("/"))
    if not database_name:
        raise BadSetting(name, "names no database: it must end with /<database>")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database_name,
        "USER": options.pop("user", unquote(parts.username or "")),
        "PASSWORD": options.pop("password", unquote(parts.password or "")),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": options.pop("port", str(parts.port or "")),
        "OPTIONS": options,
    }


def refuse_unsafe(*, mode: str, secret_key: str, debug: bool, hosts: Sequence[str], url: str, proxies: int) -> None:
    """In production an unsafe value stops the start; elsewhere everything goes."""
    if mode != "production":
        return
    if secret_key == DEVELOPMENT_KEY:
        raise BadSetting("DAUYS_SECRET_KEY", "is not set, and production needs a key of its own")
    if len(secret_key) < SHORTEST_KEY:
        raise BadSetting("DAUYS_SECRET_KEY", f"is too short for production: at least {SHORTEST_KEY} characters")
    if debug:
        raise BadSetting("DAUYS_DEBUG", "is on, and production must not show its insides: unset it")
    if not hosts or "*" in hosts:
        raise BadSetting("DAUYS_HOSTS", "must name the hosts that production answers to")
    if urlsplit(url).scheme != "https":
        raise BadSetting("DAUYS_URL", "must be https in production: phones work offline only over it")
    if proxies == 0:
        why = "must be 1 or more in production: https ends at the proxy in front, else pages redirect for ever"
        raise BadSetting("DAUYS_TRUSTED_PROXIES", why)
