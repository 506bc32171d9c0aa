"""A worker's second connection to the database, beside the one that its task's transaction runs on.

It says how far the job is, so that others see it before the transaction ends, and it holds the job's lock. The lock
goes with its connection: a job that is "running" while nobody holds its lock has lost its worker, on whatever host.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections

# the first half of the advisory lock's key; the second is the job's number
LOCKS_OF_JOBS = 0x4A6F62


@dataclass(frozen=True)
class Line:
    job_id: int
    connection: Any

    def progress(self, done: int, total: int) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("UPDATE jobs_job SET done = %s, total = %s WHERE id = %s", [done, total, self.job_id])


@contextmanager
def hold(job_id: int) -> Iterator[Line | None]:
    """The line of this job while nobody else holds it; None where another worker is at the same job."""
    own = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        if _asked(own, "SELECT pg_try_advisory_lock(%s, %s)", job_id):
            yield Line(job_id, own)
            _asked(own, "SELECT pg_advisory_unlock(%s, %s)", job_id)
        else:
            yield None
    finally:
        own.close()


def is_held(job_id: int) -> bool:
    """Whether a worker is at this job just now."""
    return _asked(
        connection,
        "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND classid = %s"
        " AND objid = %s AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
        job_id,
    )


def _asked(asked: Any, question: str, job_id: int) -> bool:
    with asked.cursor() as cursor:
        cursor.execute(question, [LOCKS_OF_JOBS, job_id])
        return bool(cursor.fetchone()[0])
