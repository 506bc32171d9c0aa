"""The URL map with a bare page beside the others: signed in, the same base template, one query, 62 rows."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from campaign.access import Permission, allow
from campaign.territory.models import Building
from campaign.urls import urlpatterns as served

ROWS = 62

PAGE: Any = engines["django"].from_string(
    """{% extends "base.html" %}{% block heading %}Bare{% endblock %}{% block content %}<table class="grid"><tbody>
    {% for row in rows %}<tr><td>{{ row.house }}</td><td>{{ row.kind }}</td><td>{{ row.dwelling_count }}</td></tr>
    {% endfor %}</tbody></table>{% endblock %}"""
)


@allow(Permission.SEE_DASHBOARD)
def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(PAGE.render({"rows": Building.objects.all()[:ROWS]}, request))


urlpatterns = [path("bare/", bare, name="bare"), *served]
