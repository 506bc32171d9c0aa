"""What `bin/run` becomes once everything is installed: services, preparation, then web, worker and beat."""

import argparse
import http.client
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

from campaign import embedded
from campaign.embedded.process import Trouble, end_session, spawn
from campaign.embedded.supervisor import Child, Supervisor
from campaign.env import BadSetting

EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104  names of the wildcard, to be shown as localhost
WEB_WORKERS, WEB_THREADS = 2, 4


class Asked(BaseException):
    """Somebody asked us to stop: Ctrl-C, SIGTERM, a closed terminal."""


def main(arguments: Sequence[str] | None = None) -> int:
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, _stop)
    options = _parse(arguments)
    try:
        run(options)
    except (Trouble, BadSetting) as trouble:
        print(f"dauys: {trouble}", file=sys.stderr)
        return 1
    except Asked:
        return 0
    return 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/run")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--empty", action="store_true")
    return parser.parse_args(arguments)


def _stop(_number: int, _frame: Any) -> NoReturn:
    """Once: what comes while we are stopping is not heard."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise Asked


def run(options: argparse.Namespace) -> None:
    var = embedded.var_folder()
    embedded.default_secret_key(var)
    host = "localhost" if options.host in EVERYWHERE else options.host
    address = f"http://{_bracketed(host)}:{options.port}"
    os.environ["DAUYS_URL"] = os.environ.get("DAUYS_URL") or address
    with embedded.services(var) as services:
        os.environ |= services.addresses.as_environment()
        welcome = prepare(var, services, empty=options.empty)
        supervisor = Supervisor(services.running, children(options))
        try:
            supervisor.run(on_tick=Greeting(supervisor, options, welcome))
        finally:
            supervisor.stop()
            if services.running:
                supervisor.say(f"stopping {', '.join(each.name for each in reversed(services.running))}")


def prepare(var: Path, services: embedded.Services, *, empty: bool) -> str:
    """Runs `prepare.py` beside us; answers what is to be shown when the app is ready."""
    welcome = var / "welcome.txt"
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "campaign.embedded.prepare",
        welcome,
        *(["--empty"] if empty else []),
    ]
    process = spawn(command, dies_with=signal.SIGKILL, env=dict(os.environ), output=None)
    try:
        failed = process.wait() != 0
        said = welcome.read_text(encoding="utf-8") if welcome.exists() else ""
        if not failed:
            return said
        for service in services.running:
            if service.journal.met_a_full_disk():
                raise service.journal.trouble(f"{service.name} stopped")
        if said:
            raise Trouble(said)
        raise SystemExit(1)  # a fault of ours, and its traceback is above
    finally:
        end_session(process)
        welcome.unlink(missing_ok=True)


def children(options: argparse.Namespace) -> list[Child]:
    env = dict(os.environ)
    celery = [sys.executable, "-W", "ignore", "-m", "celery", "--quiet", "-A", "campaign"]
    return [
        # Only the web process keeps a pool of connections: a worker's children would share its sockets.
        Child("web", web_command(options), env | {"DAUYS_DATABASE_POOL": "true"}, signal.SIGTERM, 15),
        # SIGQUIT: ten seconds for the running tasks, then they go back to the queue.
        Child("worker", [*celery, "worker", "--concurrency=2", "--loglevel=INFO", "--without-gossip",
                         "--without-mingle"], env, signal.SIGQUIT, 20),
        Child("beat", [*celery, "beat", "--scheduler=celery.beat.Scheduler", "--loglevel=WARNING", "--pidfile="],
              env, signal.SIGTERM, 10),
    ]  # fmt: skip


def web_command(options: argparse.Namespace) -> list[str]:
    return [
        sys.executable, "-m", "gunicorn", "campaign.wsgi:application",
        "--bind", f"{_bracketed(options.host)}:{options.port}", "--worker-class", "gthread",
        "--workers", str(WEB_WORKERS), "--threads", str(WEB_THREADS), "--reuse-port", "--no-control-socket",
        "--graceful-timeout", "10", "--timeout", "60", "--log-level", "warning",
    ]  # fmt: skip


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


class Greeting:
    """Says once, when the web process answers, where it is and how to sign in."""

    def __init__(self, supervisor: Supervisor, options: argparse.Namespace, welcome: str) -> None:
        self.supervisor = supervisor
        self.host = "127.0.0.1" if options.host in EVERYWHERE else options.host
        self.port = options.port
        self.name = urlsplit(os.environ["DAUYS_URL"]).netloc  # by another it may not be answered
        self.welcome = welcome

    def __call__(self) -> None:
        if not self.supervisor.is_ready and self._answers():
            self.supervisor.is_ready = True
            self.supervisor.say(f"ready: {os.environ['DAUYS_URL']}/\n{self.welcome}")

    def _answers(self) -> bool:
        """Any answer will do: whether all is well is asked of /health/ready."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=2)
        try:
            connection.request("GET", "/health/live", headers={"Host": self.name})
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        return True


if __name__ == "__main__":
    sys.exit(main())
