"""The queue of tasks. A task gets ids, calls a verb of the domain, and may be run twice: it is late-acknowledged.

What a task reports is kept in rows of our own, so there is no result backend. The schedule is static, below.
"""

import logging
import os
from typing import Any, Final

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_init, worker_ready
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign.settings")

LONGEST_TASK: Final = 15 * 60
HEARTBEAT_EVERY: Final = 15.0


class Options:
    """Read at first use, after Django's settings."""

    broker_connection_retry_on_startup = True
    broker_transport_options: Final = {
        # Longer than any task may run, or the broker hands a running task to a second worker.
        "visibility_timeout": 2 * LONGEST_TASK,
        # A killed worker's task comes back within seconds instead of a minute and more.
        "unacked_restore_interval": 2,
        "unacked_restore_throttle": 1,
    }
    task_acks_late = True
    task_reject_on_worker_lost = True
    task_ignore_result = True
    task_soft_time_limit = LONGEST_TASK - 30
    task_time_limit = LONGEST_TASK
    task_default_queue = "dauys"
    worker_prefetch_multiplier = 1
    worker_soft_shutdown_timeout = 10.0  # a stop lets running tasks end, then gives them back to the queue
    worker_max_memory_per_child = 500_000  # kB: a long report leaves much behind
    worker_hijack_root_logger = False
    worker_enable_remote_control = False
    worker_cancel_long_running_tasks_on_connection_loss = True
    timezone = "UTC"
    beat_schedule: Final[dict[str, dict[str, Any]]] = {
        "heartbeat": {
            "task": "campaign.health.heartbeat",
            "schedule": HEARTBEAT_EVERY,
            "options": {"expires": HEARTBEAT_EVERY},
        },
        "mix-opinions": {
            "task": "outreach.canvassing.tasks.mix_opinions",
            "schedule": crontab(hour=22, minute=30),  # 03:30 in Kazakhstan, when no phone sends
        },
    }

    @property
    def broker_url(self) -> str:
        """Django's cache says unix://, Celery wants redis+socket://."""
        return str(settings.REDIS_URL).replace("unix://", "redis+socket://", 1)


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    return "campaign.health.heartbeat" not in record.getMessage()


for _name in ("celery.worker.strategy", "celery.app.trace"):
    logging.getLogger(_name).addFilter(_is_worth_a_line)

app = Celery("dauys")
app.config_from_object(Options())
app.autodiscover_tasks()
app.autodiscover_tasks(["campaign"], related_name="health")


@worker_init.connect
def _load_printing(**_: Any) -> None:
    """Once, before the pool forks: on a busy machine it takes seconds, which the first report's reader would wait.

    In the children it would delay their start, and a child that is late is killed. Without Pango nothing is loaded.
    """
    from campaign.printing import printing_works

    printing_works()


@worker_ready.connect
def _beat_at_once(**_: Any) -> None:
    """The first heartbeat doesn't wait for the schedule."""
    from campaign.health import heartbeat

    heartbeat()
