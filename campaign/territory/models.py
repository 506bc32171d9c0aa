"""Precincts, streets, buildings, entrances, dwellings: where the district's voters live."""

from uuid import UUID, uuid4

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.kazakh import fold, sort_key
from campaign.territory import querysets
from campaign.territory.addresses import HouseNumber, StreetName
from campaign.territory.searching import search_text


class Precinct(models.Model):
    """A voting precinct (избирательный участок) and its polling place."""

    number = models.PositiveIntegerField(_("number"), unique=True)
    polling_place = models.CharField(_("polling place"), max_length=300, blank=True)
    polling_address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    hours = models.CharField(_("hours"), max_length=100, blank=True)
    boundaries = models.TextField(_("boundaries, from the akim's decision"), blank=True)

    objects = querysets.PrecinctQuerySet.as_manager()

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return str(_("Precinct %(number)s") % {"number": self.number})

    def get_absolute_url(self) -> str:
        return reverse("territory:precinct-detail", args=[self.pk])

    def streets(self) -> "models.QuerySet[Street]":
        """The streets that have houses in this precinct, with those houses counted."""
        counted = {"here": models.Count("buildings"), "flats": models.Sum("buildings__dwelling_count", default=0)}
        return Street.objects.filter(buildings__precinct=self).annotate(**counted).order_by("sort")


class Street(models.Model):
    """A street or a micro-district. `key` is its identity: folded, aware of the kind."""

    name = models.CharField(_("name"), max_length=120)
    key = models.CharField(max_length=120, unique=True, editable=False)
    folded = models.CharField(max_length=120, editable=False)
    sort = models.CharField(max_length=200, editable=False, db_index=True)

    objects = querysets.StreetQuerySet.as_manager()

    class Meta:
        ordering = ("sort",)

    def __str__(self) -> str:
        return self.name

    def derive(self) -> None:
        """Fill the columns that follow from the name."""
        parsed = StreetName.parse(self.name)
        self.key, self.folded, self.sort = parsed.key, fold(self.name), sort_key(parsed.name)

    def save(self, *args: object, **kwargs: object) -> None:
        self.derive()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("territory:street-detail", args=[self.pk])


class StreetAlias(models.Model):
    """An old name or another spelling of a street: found by search and by imports."""

    street = models.ForeignKey(Street, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("other name"), max_length=120)
    key = models.CharField(max_length=120, unique=True, editable=False)
    folded = models.CharField(max_length=120, editable=False)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.key, self.folded = StreetName.parse(self.name).key, fold(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class BuildingKind(models.TextChoices):
    BLOCK = "block", _("apartment block")
    PRIVATE = "private", _("private house")
    OTHER = "other", _("other building")


class Building(models.Model):
    """A house with its number as written. A block without entrances is "not described yet".

    `search` holds street, other names and house, folded; `entrance_count` and `dwelling_count` are maintained by
    `territory.services` in the transaction that changes entrances or dwellings.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    street = models.ForeignKey(Street, on_delete=models.PROTECT, related_name="buildings")
    precinct = models.ForeignKey(Precinct, null=True, blank=True, on_delete=models.PROTECT, related_name="buildings")
    house = models.CharField(_("house"), max_length=30)
    house_key = models.CharField(max_length=30, editable=False)
    house_sort = models.CharField(max_length=80, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=BuildingKind.choices, default=BuildingKind.BLOCK)
    note = models.CharField(_("note"), max_length=300, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    search = models.TextField(editable=False)
    entrance_count = models.PositiveIntegerField(default=0, editable=False)
    dwelling_count = models.PositiveIntegerField(default=0, editable=False)

    objects = querysets.BuildingQuerySet.as_manager()

    class Meta:
        ordering = ("street__sort", "house_sort")
        constraints = (models.UniqueConstraint(fields=["street", "house_key"], name="building_once_in_street"),)
        indexes = (
            GinIndex(name="building_search_trgm", fields=["search"], opclasses=["gin_trgm_ops"]),
            models.Index(fields=["precinct"], name="building_precinct"),
        )

    def __str__(self) -> str:
        return f"{self.street.name}, {self.house}"

    def derive(self) -> None:
        """Fill the columns that follow from the street's names and the house number."""
        number = HouseNumber.parse(self.house)
        self.house_key, self.house_sort = number.key, number.sort_key
        names = [self.street.name, *self.street.aliases.values_list("name", flat=True)]
        self.search = search_text(names, self.house)

    def save(self, *args: object, **kwargs: object) -> None:
        self.derive()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("territory:building-detail", args=[self.pk])

    @property
    def is_described(self) -> bool:
        return self.kind != BuildingKind.BLOCK or self.entrance_count > 0


class Entrance(models.Model):
    """An entrance (подъезд). `id` is UUIDv5 of building and number (`blocks.entrance_id`), the same on every phone."""

    id = models.UUIDField(primary_key=True, editable=False)
    building = models.ForeignKey(Building, on_delete=models.CASCADE, related_name="entrances")
    number = models.PositiveSmallIntegerField(_("entrance"))

    objects = querysets.EntranceQuerySet.as_manager()

    class Meta:
        ordering = ("building", "number")
        constraints = (models.UniqueConstraint(fields=["building", "number"], name="entrance_once_in_building"),)

    def __str__(self) -> str:
        return str(_("Entrance %(number)s") % {"number": self.number})


class Dwelling(models.Model):
    """A flat, or the one dwelling of a private house (`flat` empty, `floor` 1).

    `id` is UUIDv5 of building, entrance and flat (`blocks.dwelling_id`). What turns out to be no dwelling keeps its
    row with `is_dwelling` false: an id that a phone may hold is never deleted.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    entrance = models.ForeignKey(Entrance, on_delete=models.CASCADE, related_name="dwellings")
    building = models.ForeignKey(Building, on_delete=models.CASCADE, related_name="dwellings")
    floor = models.SmallIntegerField(_("floor"), default=1)
    flat = models.CharField(_("flat"), max_length=12, blank=True)
    flat_sort = models.CharField(max_length=40, editable=False)
    is_dwelling = models.BooleanField(default=True)

    objects = querysets.DwellingQuerySet.as_manager()

    class Meta:
        ordering = ("entrance", "flat_sort")
        constraints = (models.UniqueConstraint(fields=["entrance", "flat"], name="flat_once_in_entrance"),)
        indexes = (models.Index(fields=["building"], name="dwelling_building"),)

    def __str__(self) -> str:
        return self.flat

    @staticmethod
    def make(*, id: UUID, entrance_id: UUID, building_id: UUID, floor: int, flat: str) -> "Dwelling":
        """An unsaved dwelling with its derived columns."""
        return Dwelling(
            id=id,
            entrance_id=entrance_id,
            building_id=building_id,
            floor=floor,
            flat=flat,
            flat_sort=sort_key(flat),
        )
