"""The questions asked of the territory."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, Q, Sum

from campaign.kazakh import fold
from campaign.territory.searching import search_words


class PrecinctQuerySet(models.QuerySet[Any]):
    def with_totals(self) -> Self:
        """Adds `building_total` and `dwelling_total`, in the usual order."""
        totals = {"building_total": Count("buildings"), "dwelling_total": Sum("buildings__dwelling_count", default=0)}
        return self.annotate(**totals).order_by("number")


class StreetQuerySet(models.QuerySet[Any]):
    def matching(self, text: str) -> Self:
        """Streets whose name, or an old name, holds the folded text."""
        folded = fold(text)
        by_other_name = self.model.objects.filter(aliases__folded__contains=folded).values("pk")
        return self.filter(Q(folded__contains=folded) | Q(pk__in=by_other_name))

    def with_totals(self) -> Self:
        """Adds `building_total` and `dwelling_total`, in the usual order."""
        totals = {"building_total": Count("buildings"), "dwelling_total": Sum("buildings__dwelling_count", default=0)}
        return self.annotate(**totals).order_by("sort")


class BuildingQuerySet(models.QuerySet[Any]):
    def matching(self, text: str) -> Self:
        """Buildings whose address holds every word of the text, whatever Kazakh letters it is typed with."""
        found = self
        for word in search_words(text):
            found = found.filter(search__contains=word)
        return found

    def not_described(self) -> Self:
        return self.filter(kind="block", entrance_count=0)

    def with_address(self) -> Self:
        return self.select_related("street", "precinct")


class EntranceQuerySet(models.QuerySet[Any]):
    def with_address(self) -> Self:
        return self.select_related("building__street", "building__precinct")


class DwellingQuerySet(models.QuerySet[Any]):
    def lived_in(self) -> Self:
        """Without what turned out to be no dwelling."""
        return self.filter(is_dwelling=True)
