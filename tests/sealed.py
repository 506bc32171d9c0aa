"""No test reaches the network: only this machine's own sockets may be opened."""

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest


class NetworkReached(RuntimeError):
    """A test wanted to talk to another machine."""


def is_allowed(family: int, address: Any) -> bool:
    if family not in (socket.AF_INET, socket.AF_INET6):
        return True
    host = address[0]
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def _sealed() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)), raising=True)
        yield


def _guarded(original: Any) -> Any:
    def guarded(self: socket.socket, *arguments: Any) -> Any:
        if not is_allowed(self.family, arguments[-1]):
            raise NetworkReached(f"{arguments[-1]}: tests may open sockets of this machine only")
        return original(self, *arguments)

    return guarded
