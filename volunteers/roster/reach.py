"""Whether a phone can open the address that links begin with."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings


def phone_link_trouble() -> str:
    """`nowhere` if only this machine itself opens the address, `online` if phones do but cannot work offline."""
    address = urlsplit(settings.DAUYS_URL)
    if is_loopback(address.hostname or ""):
        return "nowhere"
    return "" if address.scheme == "https" else "online"


def is_loopback(host: str) -> bool:
    """Names and addresses by which a machine calls itself."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
