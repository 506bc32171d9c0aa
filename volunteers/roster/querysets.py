from typing import Any, Self

from django.db import models

from campaign.access import Permission, Role, may
from campaign.kazakh import fold


class PersonQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """The desk sees everybody, anybody else themselves."""
        return self.all() if may(user, Permission.SEE_PEOPLE) else self.filter(user=user)

    def matching(self, text: str) -> Self:
        """People whose folded name holds every word of the text, or whose phone holds its digits."""
        digits = "".join(filter(str.isdigit, text))
        if len(digits) >= 4:
            return self.filter(phone__contains=digits[-10:])
        found = self
        for word in fold(text).split():
            found = found.filter(folded__contains=word)
        return found

    def except_for(self, person: Any) -> Self:
        """Everybody else; all of them if the person is not kept yet."""
        return self.exclude(pk=person.pk) if person.pk else self.all()

    def proxies_of(self, precinct_id: int) -> Self:
        return self.filter(role=Role.PROXY, precinct_id=precinct_id)

    def with_namesakes(self) -> Self:
        """Adds `namesakes`: how many here have this family name and given name, the person included."""
        same = [models.F("family_name"), models.F("given_name")]
        return self.annotate(namesakes=models.Window(models.Count("pk"), partition_by=same))

    def with_place(self) -> Self:
        return self.select_related("precinct", "user")
