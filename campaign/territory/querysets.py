"""The questions asked of the territory."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, F, Func, IntegerField, Q, Sum, Value
from django.db.models.functions import Abs, Cast

from campaign.kazakh import fold, from_latin
from campaign.territory.searching import search_words


def _holds(column: str, *spellings: str) -> Q:
    """One of the spellings stands in the column."""
    held = Q()
    for spelling in dict.fromkeys(spellings):
        held |= Q(**{f"{column}__contains": spelling})
    return held


class PrecinctQuerySet(models.QuerySet[Any]):
    def with_totals(self) -> Self:
        """Adds `building_total` and `dwelling_total`, in the usual order."""
        totals = {"building_total": Count("buildings"), "dwelling_total": Sum("buildings__dwelling_count", default=0)}
        return self.annotate(**totals).order_by("number")


class StreetQuerySet(models.QuerySet[Any]):
    def matching(self, text: str) -> Self:
        """Streets whose name, or an old name, holds the folded text."""
        folded = fold(text)
        spelled = " ".join(map(from_latin, folded.split()))
        by_other_name = self.model.objects.filter(_holds("aliases__folded", folded, spelled)).values("pk")
        return self.filter(_holds("folded", folded, spelled) | Q(pk__in=by_other_name))

    def with_totals(self) -> Self:
        """Adds `building_total` and `dwelling_total`, in the usual order."""
        totals = {"building_total": Count("buildings"), "dwelling_total": Sum("buildings__dwelling_count", default=0)}
        return self.annotate(**totals).order_by("sort")


class BuildingQuerySet(models.QuerySet[Any]):
    def matching(self, text: str) -> Self:
        """Buildings whose address holds every word of the text, whatever Kazakh letters it is typed with."""
        found = self
        for word in search_words(text):
            found = found.filter(_holds("search", word, from_latin(word)))
        return found

    def nearest_to(self, number: int) -> Self:
        """By how far the house's number is from this one."""
        digits = Func(F("house"), Value(r"^\d{1,6}"), function="substring")
        distance = Abs(Cast(digits, IntegerField()) - number)
        return self.order_by(distance, "street__sort", "house_sort")

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
