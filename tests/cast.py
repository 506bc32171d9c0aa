"""The fixed cast: one browser per role, and a stranger. A campaign is set up for all of them."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from campaign.access import Role


@dataclass(frozen=True)
class Player:
    """Somebody with a browser; `get`, `post` … are the browser's."""

    client: Client
    user: Any = None
    person: Any = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.client, name)


def _signed_in(role: Role, **fields: Any) -> Player:
    from tests.factories import make_person, make_user

    user = make_user(role)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return Player(client, user, make_person(role, user=user, **fields))


@pytest.fixture
def campaign(db: None) -> Any:
    from tests.factories import make_campaign

    return make_campaign()


@pytest.fixture
def coordinator(campaign: Any) -> Player:
    return _signed_in(Role.COORDINATOR)


@pytest.fixture
def staff(campaign: Any) -> Player:
    return _signed_in(Role.STAFF)


@pytest.fixture
def candidate(campaign: Any) -> Player:
    return _signed_in(Role.CANDIDATE)


@pytest.fixture
def proxy(campaign: Any) -> Player:
    """The proxy of a precinct of her own."""
    from tests.factories import make_precinct

    return _signed_in(Role.PROXY, precinct=make_precinct())


@pytest.fixture
def volunteer(campaign: Any) -> Player:
    return _signed_in(Role.VOLUNTEER)


@pytest.fixture
def stranger(campaign: Any) -> Player:
    return Player(Client())
