"""How the pages look to one person: size of the letters and contrast, kept in a cookie of the browser."""

from dataclasses import asdict, dataclass, replace

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

COOKIE = "hien-thi"
A_YEAR = 365 * 24 * 3600
CHOICES = {
    "size": {"normal": _("Thường"), "large": _("Lớn"), "larger": _("Rất lớn")},
    "contrast": {"normal": _("Thường"), "high": _("Cao")},
}
# For which devices the tokens of high contrast hold: for those that ask for it until a person has chosen.
MEDIA = {"": "(prefers-contrast: more)", "normal": "not all", "high": "all"}


@dataclass(frozen=True)
class Appearance:
    """What was chosen; an empty contrast leaves it to the device."""

    size: str = "normal"
    contrast: str = ""

    @classmethod
    def of(cls, request):
        """What this browser keeps; what it should not is as if nothing were chosen."""
        pairs = (part.partition(":")[::2] for part in request.COOKIES.get(COOKIE, "").split("."))
        return cls().chosen(dict(pairs))

    def chosen(self, wishes):
        """The same with what is wished for, as far as it is there to choose."""
        known = {name: wishes[name] for name in CHOICES if wishes.get(name) in CHOICES[name]}
        return replace(self, **known)

    @property
    def contrast_media(self):
        return MEDIA[self.contrast]

    @property
    def groups(self):
        """What can be chosen, as the form shows it: name, label, [(value, words, is chosen)]."""
        labels = {"size": _("Cỡ chữ"), "contrast": _("Độ tương phản")}
        kept = asdict(self)
        return [
            (name, labels[name], [(value, words, value == kept[name]) for value, words in choices.items()])
            for name, choices in CHOICES.items()
        ]

    def __str__(self):
        return ".".join(f"{name}:{value}" for name, value in asdict(self).items() if value)


def appearance(request):
    """Context processor: `appearance`."""
    return {"appearance": Appearance.of(request)}


@require_POST
@login_not_required
def choose_appearance(request):
    """Keep what was chosen and go back to the page."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "home"
    response = redirect(back)
    response.set_cookie(
        COOKIE,
        str(Appearance.of(request).chosen(request.POST)),
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
