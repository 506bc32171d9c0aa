"""Addresses that the operator gave: tried at once, so that a wrong one is told before anything starts."""

import psycopg
import redis

from campaign.embedded.process import Trouble
from campaign.env import BROKER_SCHEMES, DATABASE_SCHEMES, BadSetting, Env, database

SECONDS_TO_ANSWER = 5


def given_database() -> str:
    """DATABASE_URL, when it is set; its database answers."""
    url = Env().url("DATABASE_URL", "", schemes=DATABASE_SCHEMES)
    if url:
        where = database(url)
        try:
            psycopg.connect(url, connect_timeout=SECONDS_TO_ANSWER).close()
        except psycopg.Error as error:
            raise Trouble(f"DATABASE_URL: {_where(where)} can't be used: {_sentence(error)}") from error
    return url


def given_broker() -> str:
    """REDIS_URL, when it is set; its server answers."""
    url = Env().url("REDIS_URL", "", schemes=BROKER_SCHEMES)
    if url:
        address = url.replace("redis+socket://", "unix://", 1)
        try:
            client = redis.Redis.from_url(address, socket_connect_timeout=SECONDS_TO_ANSWER, retry=None)
        except ValueError as error:
            raise BadSetting("REDIS_URL", f"is not an address of a Redis server: {error}") from error
        try:
            client.ping()
        except (redis.RedisError, OSError) as error:
            raise Trouble(f"REDIS_URL: the server can't be used: {_sentence(error)}") from error
        finally:
            client.close()
    return url


def _where(entry: dict[str, str]) -> str:
    host = entry["HOST"] or "this machine"
    return f"the database {entry['NAME']} on {host}{':' if entry['PORT'] else ''}{entry['PORT']}"


def _sentence(error: Exception) -> str:
    """The first line is what is wrong; libpq follows it with guesses."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__
