"""Sentences and lists about a bloc's year that several documents use."""

from django.urls import reverse

from blocs import notation
from campaigns.models import Meeting
from reports.blocks import Bullets, Missing, Paragraph
from reports.documents.facts import observation_entry

NO_DATA = "chưa có số liệu"


def pledge_blocks(facts, pledge):
    """A pledge's theme, how it was signed, and its contents."""
    blocks = []
    if pledge.theme:
        blocks.append(Paragraph("Chủ đề thi đua: “{theme}”.", {"theme": pledge.theme}))
    if pledge.signed_on:
        blocks.append(signing(facts, pledge))
    if pledge.contents.all():
        contents = tuple(Paragraph.plain(content.text) for content in pledge.contents.all())
        blocks += [Paragraph("Nội dung giao ước:"), Bullets(contents)]
    return blocks


def signing(facts, pledge):
    """Who signed the pledge and when; by n of N units only where the number is known."""
    if pledge.signed_count is not None:
        signed = facts.counted([pledge], facts.address("bloc-year"))
        return Paragraph(
            "{signed}/{units} đơn vị trong Khối đã ký Bản giao ước thi đua {day}.",
            {
                "signed": type(signed)(pledge.signed_count, "", signed.rows),
                "units": notation.count(pledge.signing_units),
                "day": notation.day_in_words(pledge.signed_on),
            },
        )
    return Paragraph(
        "Các đơn vị trong Khối đã thống nhất, ký kết Bản giao ước thi đua {day}.",
        {"day": notation.day_in_words(pledge.signed_on)},
    )


def campaign_paragraph(facts, campaign):
    """What a campaign is called, who launched it, where, for how long."""
    theme = f" với chủ đề “{campaign.theme}”" if campaign.theme else ""
    where = f" tại {campaign.launched_at}" if campaign.launched_at else ""
    return Paragraph(
        "{name}{theme} do {launcher} phát động{where}, {period}.",
        {
            "name": campaign.name or "Phong trào thi đua",
            "theme": theme,
            "launcher": campaign.launched_by.name(facts.day),
            "where": where,
            "period": notation.period(campaign.first_day, campaign.last_day),
        },
    )


def activity(meeting):
    """One activity: its name, when, where, and what its programme held."""
    when = f", {notation.period(meeting.first_day, meeting.last_day)}" if meeting.first_day else ""
    where = f", tại {meeting.place_name}" if meeting.place_name else ""
    programme = ""
    if meeting.kind == Meeting.Kind.ACTIVITY and meeting.agendaitems.all():
        programme = f", gồm {', '.join(item.title for item in meeting.agendaitems.all())}"
    return Paragraph(
        "{title}{when}{where}{programme};",
        {"title": meeting.title, "when": when, "where": where, "programme": programme},
    )


def observed(facts, kind, what, required=True):
    """The observations of a kind: one as a paragraph, several as a list; else what is missing."""
    found = facts.observations[kind]
    if not found:
        link = observation_entry(facts, kind)
        return [Missing(f"{NO_DATA}: {what}", link, "Nhập nội dung")] if required else []
    if len(found) == 1:
        return [Paragraph.plain(found[0].text)]
    return [Bullets(tuple(Paragraph.plain(observation.text) for observation in found))]


def missing(what, address):
    """What is not known yet and the form where it is entered."""
    return Missing(f"{NO_DATA}: {what}", address, "Nhập số liệu")


def pledge_entry(bloc_year, pledge=None):
    """The form of a pledge, or of a new one of this bloc-year."""
    if pledge:
        return reverse("admin:campaigns_pledge_change", args=[pledge.pk])
    return f"{reverse('admin:campaigns_pledge_add')}?bloc_years={bloc_year.pk}"


def named_person(seat):
    """A representative and the post, as known."""
    parts = (seat.representative, seat.representative_title)
    return ", ".join(part for part in parts if part)


def recipient_name(facts, row):
    """The recipient's name, a unit's as it was in that year."""
    return row.unit.name(facts.day) if row.unit else row.person.full_name
