"""Where drafts of forms are kept and read, by static/js/drafts.js."""

from django.http import HttpResponseBadRequest, JsonResponse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blocs.drafts import LONGEST_ADDRESS
from blocs.models import Draft
from config.keeping import DRAFT_OF, LARGEST, size, typed


@require_http_methods(["GET", "POST"])
def draft(request):
    """One form's draft of whoever is signed in: read, kept or dropped; answers in words for the page."""
    address = (request.POST if request.method == "POST" else request.GET).get(DRAFT_OF, "")
    if not 0 < len(address) <= LONGEST_ADDRESS:
        return HttpResponseBadRequest()
    if request.method == "GET":
        return JsonResponse(_found(request.user, address))
    if "drop" in request.POST:
        Draft.objects.drop(request.user, address)
        return JsonResponse({})
    fields = typed(request.POST)
    if size(fields) > LARGEST:
        return JsonResponse({"words": _("Nội dung quá dài, không lưu nháp được.")}, status=413)
    kept = Draft.objects.keep(request.user, address, fields)
    saved = formats.time_format(timezone.localtime(kept.saved_at))
    return JsonResponse({"words": _("Đã lưu nháp lúc %(time)s") % {"time": saved}})


def _found(user, address):
    kept = Draft.objects.visible_to(user).filter(address=address).first()
    if kept is None:
        return {}
    saved = formats.date_format(timezone.localtime(kept.saved_at), "SHORT_DATETIME_FORMAT")
    words = _("Có bản nháp lưu lúc %(time)s, chưa gửi.") % {"time": saved}
    return {"fields": kept.data, "words": words}
