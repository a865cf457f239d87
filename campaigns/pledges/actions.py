"""Acts of a joint pledge."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.journal import act, record
from blocs.permissions import refuse, require, require_open
from campaigns.models import BlocYear, Pledge, PledgeContent, Signature
from campaigns.permissions import may_sign_pledge
from campaigns.years.actions.elections import open_next_year


@act("pledge.sign", gettext_lazy("Ghi việc ký giao ước thi đua"))
def sign_pledge(
    *,
    bloc_year,
    signed_on,
    signers,
    by,
    theme="",
    place="",
    contents=(),
    of_next_year=False,
    paper=None,
    reason="",
):
    """Note that the units of a bloc signed their pledge: the day, the place, who signed for which unit.

    `signers` are {unit: (name, title)}. The pledge is made where the bloc's year has none; contents told
    here stand for those known before. With `of_next_year` it is the pledge of the year after, which is opened
    where it is missing.
    """
    if of_next_year:
        following = bloc_year.successor()
        bloc_year = following or open_next_year(bloc_year=bloc_year, by=by, paper=paper, reason=reason)
    bloc_year = BlocYear.objects.locked(bloc_year.pk)
    post = require(may_sign_pledge(by, bloc_year, timezone.localdate()))
    if signed_on > timezone.localdate():
        refuse(_("Ngày ký không được sau hôm nay."))
    if not signers:
        refuse(_("Hãy chọn ít nhất một đơn vị đã ký."))
    units = {seat.unit_id for seat in bloc_year.seats_in_order() if seat.unit_id}
    if not {unit.pk for unit in signers} <= units:
        refuse(_("Có đơn vị ký không thuộc Khối trong năm đó."))
    pledge = _pledge_of(bloc_year)
    before = {name: getattr(pledge, name) for name in ("theme", "signed_on", "signed_at", "signed_count")}
    require_open(pledge, paper=paper, reason=reason)
    pledge.theme = theme or pledge.theme
    pledge.signed_on, pledge.signed_at = signed_on, place
    pledge.signed_count, pledge.signing_units = len(signers), len(units)
    pledge.save()
    pledge.signatures.all().delete()
    for unit, (name, title) in signers.items():
        Signature.objects.create(
            pledge=pledge, unit=unit, signer_name=name, signer_title=title, signed_on=signed_on
        )
    if contents:
        pledge.contents.all().delete()
        for number, text in enumerate(contents, 1):
            PledgeContent.objects.create(pledge=pledge, place=number, text=text)
    after = {
        **{name: getattr(pledge, name) for name in before},
        "signatures": [
            {"unit": unit.pk, "signer_name": name, "signer_title": title}
            for unit, (name, title) in signers.items()
        ],
        "contents": list(contents),
    }
    record(pledge, by=by, post=post, before=before, after=after, reason=reason, paper=paper)
    return pledge


def _pledge_of(bloc_year):
    """The pledge of a bloc's year, its row locked; a new one for the whole year where there is none."""
    pledge = bloc_year.pledges.select_for_update(of=("self",)).order_by("first_day", "pk").first()
    if pledge is None:
        pledge = Pledge.objects.create(
            code=f"{bloc_year.bloc.code}-{bloc_year.year.code}",
            first_day=bloc_year.year.first_day,
            last_day=bloc_year.year.last_day,
        )
        pledge.bloc_years.add(bloc_year)
    return pledge
