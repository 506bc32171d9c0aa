"""Whether the app can be served where the operator wants it, told before anything is set up."""

import errno
import socket

from _step import Stop


def check(host: str, port: int) -> None:
    """gunicorn's shared ports would let two servers have one address without a word: so we ask strictly."""
    if not 1 <= port <= 65535:
        raise Stop(f"There is no port {port}: choose one from 1 to 65535 with --port.")
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        raise Stop(f"{host} is no address of this machine: choose another with --host.") from None
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            raise Stop(_refusal(error, host, port)) from None


def _refusal(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} of {host} is taken: choose another with --port, or stop what uses it."
    if error.errno == errno.EACCES:
        return f"Port {port} is for the administrator: choose one above 1023 with --port."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this machine: choose another with --host."
    return f"{host}:{port} can't be served: {error.strerror}."
