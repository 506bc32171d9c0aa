"""Rounds, turfs, assignments, visits, and what is maintained from them."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from campaign.territory.models import Building, Dwelling, Entrance, Precinct
from outreach.canvassing import querysets
from outreach.canvassing.outcomes import OUTCOMES, State, Support
from volunteers.accounts.models import Device
from volunteers.roster.models import Person

KEPT_STATES = [(state.value, state.label) for state in State if state != State.NONE]


class Topic(models.Model):
    """What people speak about at the door; the canvasser taps it."""

    name_ru = models.CharField(_("in Russian"), max_length=60)
    name_kk = models.CharField(_("in Kazakh"), max_length=60)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name_kk if get_language() == "kk" else self.name_ru


class Round(models.Model):
    """A wave over the territory with its own goal, dates and script."""

    name = models.CharField(_("name"), max_length=80)
    goal = models.CharField(_("goal"), max_length=300, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    script_ru = models.TextField(_("script, in Russian"), blank=True)
    script_kk = models.TextField(_("script, in Kazakh"), blank=True)
    theses_ru = models.TextField(_("theses, in Russian, one a line"), blank=True)
    theses_kk = models.TextField(_("theses, in Kazakh, one a line"), blank=True)

    objects = querysets.RoundQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=models.Q(starts_on__lte=models.F("ends_on")), name="round_days_in_order"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("canvassing:round-detail", args=[self.pk])


class Door(Dwelling):
    """A dwelling as canvassing sees it."""

    objects = querysets.DoorQuerySet.as_manager()

    class Meta:
        proxy = True


class Turf(models.Model):
    """What one pair walks in one shift: whole entrances, and buildings not described yet."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="turfs")
    number = models.PositiveIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    entrances = models.ManyToManyField(Entrance, related_name="turfs", blank=True)
    buildings = models.ManyToManyField(Building, related_name="turfs", blank=True)

    objects = querysets.TurfQuerySet.as_manager()

    class Meta:
        ordering = ("round", "number")
        constraints = (models.UniqueConstraint(fields=["round", "number"], name="turf_number_once_in_round"),)

    def __str__(self) -> str:
        return self.name or str(_("Turf %(number)s") % {"number": self.number})

    def get_absolute_url(self) -> str:
        return reverse("canvassing:turf-detail", args=[self.pk])


class Assignment(models.Model):
    """A turf given to persons, from one time to another."""

    turf = models.ForeignKey(Turf, on_delete=models.CASCADE, related_name="assignments")
    persons = models.ManyToManyField(Person, related_name="assignments")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = querysets.AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=models.Q(starts_at__lt=models.F("ends_at")), name="assignment_has_length"),
        )

    def __str__(self) -> str:
        return str(self.turf)


class Visit(models.Model):
    """One door visit, as the flat keeps it. Only ever added.

    Times, all UTC: `phone_at` as the phone said; `acted_at` the act corrected by the phone's clock error, which the
    law and the assignment are judged by; `ordered_at` the corrected time that orders visits of one flat (of a
    correction: its own). `id` is a UUIDv7 made on the phone; `digest` tells the same id with other content.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="visits")
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="visits")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="visits")
    device = models.ForeignKey(Device, null=True, on_delete=models.SET_NULL, related_name="+")
    assignment = models.ForeignKey(Assignment, null=True, on_delete=models.SET_NULL, related_name="visits")
    state = models.CharField(max_length=5, choices=KEPT_STATES)
    again_at = models.DateTimeField(null=True)
    corrects = models.UUIDField(null=True)
    phone_at = models.DateTimeField()
    acted_at = models.DateTimeField()
    ordered_at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)
    clock_off = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)

    objects = querysets.VisitQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["dwelling", "round", "-ordered_at", "-id"], name="visit_newest"),
            models.Index(fields=["round", "acted_at"], name="visit_by_day"),
        )


class DoorState(models.Model):
    """The state of a flat in a round, maintained from its visits: the newest by `ordered_at`, ties by id."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="door_states")
    dwelling = models.ForeignKey(Dwelling, on_delete=models.CASCADE, related_name="door_states")
    building = models.ForeignKey(Building, on_delete=models.CASCADE, related_name="door_states")
    visit_id = models.UUIDField()
    state = models.CharField(max_length=5, choices=KEPT_STATES)
    again_at = models.DateTimeField(null=True)
    ordered_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["dwelling", "round"], name="door_state_once"),)
        indexes = (models.Index(fields=["round", "building"], name="door_state_by_building"),)


class Tally(models.Model):
    """How many flats of a building stand in which state, by the local day of the visit that decided.

    Maintained with `DoorState`; the sum over days is the building's progress, the sum over buildings a day's pace.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="tallies")
    building = models.ForeignKey(Building, on_delete=models.CASCADE, related_name="tallies")
    day = models.DateField()
    again = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    never = models.PositiveIntegerField(default=0)
    nodw = models.PositiveIntegerField(default=0)

    objects = querysets.TallyQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["round", "building", "day"], name="tally_once"),)


class Opinion(models.Model):
    """What was said at some door of an entrance on a day. No link to flat, visit, person or phone.

    One row an outcome (`outcome` set) or one row a voter talked to (`support`, `topics`). In entrances under ten
    dwellings `entrance` is empty and only the precinct is known. A row that a correction replaced keeps its random
    id with `withdrawn` and no content, so that a late copy cannot bring it back.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="opinions")
    precinct = models.ForeignKey(Precinct, null=True, on_delete=models.SET_NULL, related_name="+")
    entrance = models.ForeignKey(Entrance, null=True, on_delete=models.SET_NULL, related_name="+")
    day = models.DateField(null=True)
    outcome = models.CharField(max_length=15, blank=True, choices=[(o.code, o.label) for o in OUTCOMES])
    support = models.CharField(max_length=15, blank=True, choices=Support.choices)
    topics = ArrayField(models.IntegerField(), default=list, blank=True)
    withdrawn = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, blank=True)

    objects = querysets.OpinionQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["round", "day"], name="opinion_by_day"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(withdrawn=True, outcome="", support="")
                | (models.Q(withdrawn=False, day__isnull=False) & (models.Q(outcome="") | models.Q(support=""))),
                name="opinion_is_outcome_or_voter",
            ),
        )


class BlockDescription(models.Model):
    """A block described at its door: kept to recognise the same one again and to tell a different one."""

    id = models.UUIDField(primary_key=True, editable=False)
    building = models.ForeignKey(Building, on_delete=models.CASCADE, related_name="descriptions")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    plan = models.JSONField()
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField(default=timezone.now)
