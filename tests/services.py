"""The tests' own PostgreSQL and Valkey, and an environment that holds nothing of the developer's."""

import os
from contextlib import ExitStack
from pathlib import Path

from campaign import embedded

CHECKOUT = Path(__file__).resolve().parent.parent
KEPT = ("DATABASE_URL", "REDIS_URL", "DATABASE_URL_FILE", "REDIS_URL_FILE")
MOST_RUNS_AT_ONCE = 8


def begin(stack: ExitStack) -> None:
    """Sets the environment that the settings read, with services of this run only where none are given."""
    for name in [name for name in os.environ if name.startswith(("DAUYS_", "EMAIL_", "DATABASE_", "REDIS_"))]:
        if name not in KEPT:
            del os.environ[name]
    services = _services(stack)
    (services.var / "static").mkdir(exist_ok=True)  # the app warns of a missing one
    os.environ |= {
        "DAUYS_ENV": "test",
        "DAUYS_VAR": str(services.var),
        "DJANGO_SETTINGS_MODULE": "campaign.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # Playwright keeps an event loop in the thread of the tests
        **services.addresses.as_environment(),
    }


def _services(stack: ExitStack) -> embedded.Services:
    """Several runs may go on in one checkout: each takes the first folder that nobody uses."""
    for number in range(1, MOST_RUNS_AT_ONCE + 1):
        var = CHECKOUT / "var" / f"test-{number}"
        try:
            return stack.enter_context(embedded.services(var, durable=False, patience=0))
        except embedded.Busy:
            continue
    raise embedded.Trouble(f"{MOST_RUNS_AT_ONCE} test runs are going on in this checkout: wait for one to end.")
