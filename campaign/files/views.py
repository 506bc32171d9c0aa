from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from campaign.access import Permission, allow
from campaign.files.models import StoredFile


@allow(Permission.OWN_ACCOUNT)
def file_download(request: HttpRequest, pk: int) -> HttpResponse:
    """Always to be saved, never shown: what somebody uploaded does not run on our own address."""
    file = get_object_or_404(StoredFile.objects.visible_to(request.user), pk=pk)
    response = HttpResponse(bytes(file.content), content_type=file.content_type)
    response["Content-Disposition"] = content_disposition_header(True, file.name)
    response["Cache-Control"] = "private, no-store"
    return response
