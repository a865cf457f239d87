"""Finding documents by what they are about, their number and symbol and the unit that issues them."""

from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from blocs import days
from blocs.models import IssuedDocument
from blocs.search import Folded, Found, Kind, every, kinds, units_named
from campaigns.models import BlocYear, Handover, Meeting, ReminderWave
from reports.documents import KINDS
from reports.issuing import address_of


def register():
    """Add documents."""
    kinds.append(Kind("van-ban", _("Văn bản"), 6, find_documents, show_documents))


def find_documents(user, words):
    """Documents, newest first."""
    number = Coalesce(Cast("number", CharField()), Value(""))
    said = Folded(Concat("title", Value(" "), number, Value(" "), "symbol", output_field=CharField()))

    def where(word):
        return Q(said__regex=word) | Q(issuer__in=units_named(user, word))

    return IssuedDocument.objects.visible_to(user).annotate(said=said).filter(every(words, where))


def show_documents(documents, user):
    """Documents with number, day, issuing unit and how far each is."""
    subjects = [
        BlocYear.objects.select_related("year", "bloc"),
        Meeting.objects.select_related("bloc_year__year", "bloc_year__bloc"),
        Handover.objects.select_related("bloc_year__year", "bloc_year__bloc"),
        ReminderWave.objects.select_related("year"),
    ]
    rows = documents.select_related("issuer").prefetch_related(
        "issuer__states", GenericPrefetch("subject", subjects)
    )
    return [Found(each.title, " · ".join(filter(None, _about(each))), _page(each)) for each in rows]


def _page(document):
    return address_of(document) if document.edition in KINDS[document.kind].editions else ""


def _about(document):
    yield document.number_as_printed if document.number else ""
    yield days.day_in_words(document.issued_on) if document.issued_on else ""
    yield document.issuer.short_name(document.issued_on)
    yield str(document.get_state_display())
