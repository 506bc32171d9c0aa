from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaign.lists import Column, List


class ReportList(List):
    """The reports that were made, the newest first."""

    name = "reports"
    columns = (
        Column("number", pgettext_lazy("number", "No"), "number", ("number",), "r"),
        Column("days", _("Days"), "days", ("starts_on", "ends_on")),
        Column("language", _("Language"), "language_name", ("language", "number")),
        Column("made", _("Made"), "made_at", ("made_at",)),
        Column("by", _("By whom"), lambda report: str(report.made_by or "")),
        Column("file", "PDF", lambda report: report.file.name if report.file else "", css="r"),
    )
    row_template = "reports/report_row.html"
    default_sort = "-number"
