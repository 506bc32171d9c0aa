"""The questions of canvassing."""

from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Count, F, FilteredRelation, OuterRef, Q, Subquery, Sum

from campaign.access import Permission, may
from campaign.kazakh import fold


class RoundQuerySet(models.QuerySet[Any]):
    def current_on(self, day: date) -> Any:
        """The round that runs on the day, else the latest that has begun, else the next one; None without rounds."""
        begun = self.filter(starts_on__lte=day).order_by("-starts_on", "-pk").first()
        return begun or self.order_by("starts_on", "pk").first()


class DoorQuerySet(models.QuerySet[Any]):
    def with_state_in(self, round: Any) -> Self:
        """Adds `kept`, the state in the round, None where nobody has been."""
        return self.alias(in_round=FilteredRelation("door_states", condition=Q(door_states__round=round))).annotate(
            kept=F("in_round__state"), kept_again_at=F("in_round__again_at")
        )


class TurfQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any, at: datetime) -> Self:
        """The desk sees all turfs; anybody else those of their own running assignments."""
        if may(user, Permission.SEE_ROUNDS):
            return self.all()
        return self.filter(
            assignments__persons__user=user, assignments__starts_at__lte=at, assignments__ends_at__gt=at
        ).distinct()

    def in_round(self, round: Any) -> Self:
        return self.filter(round=round)

    def never_assigned(self) -> Self:
        return self.filter(assignments=None)

    def running_at(self, at: datetime) -> Self:
        return self.filter(assignments__starts_at__lte=at, assignments__ends_at__gt=at).distinct()

    def matching(self, text: str) -> Self:
        """Turfs by number, by name, by the address of a house in them, or by who was given them."""
        if text.isdecimal() and len(text) < 6:
            return self.filter(number=int(text))
        found = self
        for word in fold(text).replace(",", " ").split():
            found = found.filter(
                Q(entrances__building__search__contains=word)
                | Q(buildings__search__contains=word)
                | Q(assignments__persons__folded__contains=word)
                | Q(name__icontains=word)
            ).distinct()
        return found


class AssignmentQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        return self.all() if may(user, Permission.SEE_ROUNDS) else self.filter(persons__user=user)

    def running_at(self, at: datetime) -> Self:
        return self.filter(starts_at__lte=at, ends_at__gt=at)

    def not_over_at(self, at: datetime) -> Self:
        """Running, or yet to begin."""
        return self.filter(ends_at__gt=at)

    def of_user(self, user: Any) -> Self:
        return self.filter(persons__user=user)

    def of_person(self, person: Any) -> Self:
        return self.filter(persons=person)

    def begun_between(self, start: datetime, end: datetime) -> Self:
        return self.filter(starts_at__gte=start, starts_at__lt=end)


class VisitQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        return self.all() if may(user, Permission.SEE_ROUNDS) else self.filter(person__user=user)

    def in_round(self, round: Any) -> Self:
        return self.filter(round=round)

    def acted_between(self, start: datetime, end: datetime) -> Self:
        return self.filter(acted_at__gte=start, acted_at__lt=end)

    def newest_first(self) -> Self:
        return self.order_by("-ordered_at", "-pk")

    def corrected_ids(self) -> Any:
        """The ids of visits for which a correction stands: one act at a door, told again."""
        return self.filter(corrects__isnull=False).values("corrects")

    def standing(self) -> Self:
        """Each act at a door once, as it was told last."""
        return self.exclude(pk__in=self.model.objects.corrected_ids())

    def crossed(self) -> Self:
        """Visits made by one phone before another phone's earlier visit of the same flat had arrived.

        Neither canvasser could know of the other. Adds `other_id`, the newest such earlier visit. Both are kept;
        the later one counts.
        """
        earlier = (
            self.model.objects.filter(
                dwelling=OuterRef("dwelling"),
                round=OuterRef("round"),
                ordered_at__lte=OuterRef("ordered_at"),
                received_at__gt=OuterRef("ordered_at"),
            )
            .exclude(device=OuterRef("device"))
            .order_by("-ordered_at", "-pk")
        )
        return self.annotate(other_id=Subquery(earlier.values("pk")[:1])).filter(other_id__isnull=False)

    def matching(self, text: str) -> Self:
        """Visits of flats whose address holds every word of the text."""
        found = self
        for word in fold(text).replace(",", " ").split():
            found = found.filter(dwelling__building__search__contains=word)
        return found


class TallyQuerySet(models.QuerySet[Any]):
    def in_round(self, round: Any) -> Self:
        return self.filter(round=round)

    def by_precinct_and_day(self) -> Self:
        """Tuples: precinct, day, done, again, never, nodw."""
        return self.values_list("building__precinct", "day").annotate(
            Sum("done"), Sum("again"), Sum("never"), Sum("nodw")
        )


class OpinionQuerySet(models.QuerySet[Any]):
    def counted(self) -> Self:
        return self.filter(withdrawn=False)

    def in_round(self, round: Any) -> Self:
        return self.filter(round=round)

    def on_days(self, first: date, last: date) -> Self:
        return self.filter(day__range=(first, last))

    def by_answer(self) -> Self:
        """Tuples: outcome, support, how many. A row without an outcome is a voter."""
        return self.values_list("outcome", "support").annotate(Count("pk")).order_by()

    def by_topic(self) -> Self:
        """Tuples: topic, how many voters spoke of it."""
        topic = models.Func(F("topics"), function="unnest")
        return self.annotate(topic=topic).values_list("topic").annotate(Count("pk")).order_by()
