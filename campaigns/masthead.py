"""The places of the year's work in the head of every page."""

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from blocs.permissions import is_staff
from campaigns.models import EmulationYear, Seat
from config import masthead
from config.masthead import Place, address_of


def register():
    """Fill the head of the pages."""
    masthead.places.append(places)


def places(request):
    """What waits, the year under way, and who has not sent, for those who remind."""
    yield Place(_("Việc của tôi"), address_of("home"), 10)
    year = newest_year(request.user)
    if year:
        yield Place(_("Năm thi đua"), year.get_absolute_url(), 20, ("/nam/", "/van-ban/"))
        if is_staff(request.user, None, timezone.localdate()):
            board = address_of("board", year.code)
            yield Place(_("Đôn đốc"), board, 30, (board,))


def newest_year(user):
    """The newest emulation year with a bloc that this person may see; while there is none, the newest."""
    years = years_of(user)
    return next((each for each in years if each.has_members), years[0] if years else None)


def years_of(user):
    """The emulation years that this person may see, the newest first, and whether units sit in their blocs.

    Asked once for each instance of the user and day: a page asks for them, and its head.
    """
    today = timezone.localdate()
    kept = getattr(user, "_years", None)
    if kept is None or kept[0] != today:
        members = Seat.objects.filter(bloc_year__year=OuterRef("pk"), role=Seat.Role.MEMBER)
        years = EmulationYear.objects.visible_to(user).annotate(has_members=Exists(members))
        kept = user._years = (today, list(years))
    return kept[1]
