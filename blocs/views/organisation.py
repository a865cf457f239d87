"""Pages of acts on units."""

from functools import partial

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blocs import actions
from blocs.forms.organisation import SuccessionForm
from blocs.models import Unit
from blocs.permissions import may_edit, require
from blocs.views.confirming import confirm


@require_http_methods(["GET", "POST"])
def succeed(request, pk):
    """Record that a unit is merged, split, handed on or dissolved."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user).prefetch_related("states"), pk=pk)
    require(may_edit(request.user, unit, timezone.localdate()))
    return confirm(
        request,
        title=_("Ghi sáp nhập, chia tách, giải thể: %(unit)s") % {"unit": unit},
        consequences=[
            _("Tên đang dùng của đơn vị hết hiệu lực vào hôm trước ngày này."),
            _("Hồ sơ, thành tích các năm đã qua vẫn mang tên đơn vị cũ."),
            _("Thành viên của các khối và nhiệm vụ của người thuộc đơn vị không tự đổi: hãy sửa tiếp."),
        ],
        submit=_("Ghi vào sổ"),
        back=reverse("admin:blocs_unit_change", args=[unit.pk]),
        form=partial(SuccessionForm, user=request.user, unit=unit),
        danger=True,
        do=lambda data: actions.succeed(unit=unit, by=request.user, **data),
        done=_("Đã ghi vào sổ."),
    )
