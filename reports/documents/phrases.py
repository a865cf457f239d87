"""Sentences and lists about a bloc's year that several documents use."""

from django.urls import reverse

from awards.models import AwardKind
from blocs import notation
from campaigns.models import Meeting
from reports.blocks import Bullets, Figure, Missing, Paragraph, Rows
from reports.documents.facts import observation_entry

Recipient = AwardKind.Recipient
NO_DATA = "chưa có số liệu"


def pledge_blocks(facts, pledge):
    """A pledge's theme, how it was signed, and its contents."""
    blocks = []
    if pledge.theme:
        blocks.append(Paragraph("Chủ đề thi đua: “{theme}”.", {"theme": pledge.theme}))
    if pledge.is_signed:
        blocks.append(signing(facts, pledge))
    if pledge.content_count and not pledge.contents.all():
        blocks.append(counted_contents(facts, pledge))
    if pledge.contents.all():
        blocks += [
            Paragraph("Nội dung giao ước:"),
            listed(content.text for content in pledge.contents.all()),
        ]
    return blocks


def signing(facts, pledge):
    """Who signed the pledge and when; by n of N units only where the number is known."""
    words = {
        "bloc": facts.bloc_word,
        "period": notation.period(pledge.first_day, pledge.last_day),
        "day": notation.day_in_words(pledge.signed_on) if pledge.signed_on else "",
    }
    on_day = " ({day})" if pledge.signed_on else ""
    if pledge.signed_count is None:
        return Paragraph(
            "Các đơn vị trong {bloc} đã thống nhất, ký kết Bản giao ước thi đua {period}" + f"{on_day}.",
            words,
        )
    rows = Rows(pledge._meta.label_lower, (pledge.pk,), facts.address("bloc-year"))
    return Paragraph(
        "{signed}/{units} đơn vị trong {bloc} đã ký Bản giao ước thi đua {period}" + f"{on_day}.",
        words
        | {
            "signed": Figure(pledge.signed_count, rows=rows),
            "units": Figure(pledge.signing_units, rows=rows),
        },
    )


def counted_contents(facts, pledge):
    """How many contents a pledge has, where that alone is known."""
    rows = Rows(pledge._meta.label_lower, (pledge.pk,), facts.address("bloc-year"))
    return Paragraph(
        "Bản giao ước thi đua gồm {contents} nội dung.",
        {"contents": Figure(pledge.content_count, rows=rows)},
    )


def campaign_paragraph(facts, campaign):
    """What a campaign is called, who launched it, where, for how long."""
    name = campaign.name or "Phong trào thi đua"
    if not name.startswith(("Phong trào", "Đợt thi đua", "Cuộc vận động")):
        name = f"Phong trào thi đua “{name}”"
    about = " với chủ đề “{theme}”" if campaign.theme else ""
    launched = _launched(facts, campaign)
    return Paragraph(f"{{name}}{about} {launched.text}, {{period}}.", launched.figures | {"name": name})


def campaign_ahead(facts, campaign):
    """The same as a task of the year that comes."""
    if not campaign.theme:
        return campaign_paragraph(facts, campaign)
    launched = _launched(facts, campaign)
    text = f"Triển khai hiệu quả, thiết thực chủ đề thi đua “{{theme}}” {{period}} {launched.text}."
    return Paragraph(text, launched.figures)


def _launched(facts, campaign):
    """Who launched a campaign and where, with what else a sentence tells of it."""
    return Paragraph(
        "do {launcher} phát động tại {where}" if campaign.launched_at else "do {launcher} phát động",
        {
            "theme": campaign.theme,
            "launcher": campaign.launched_by.name(facts.day),
            "where": campaign.launched_at,
            "period": notation.period(campaign.first_day, campaign.last_day),
        },
    )


def activity(meeting):
    """One activity: its name, when, where, and what its programme held."""
    words = [meeting.title]
    if meeting.first_day:
        half_day = f"{meeting.get_half_day_display()} " if meeting.half_day and meeting.is_one_day else ""
        words.append(half_day + notation.period(meeting.first_day, meeting.last_day))
    if meeting.place_name:
        words.append(f"tại {meeting.place_name}")
    if meeting.form in (Meeting.Form.ONLINE, Meeting.Form.HYBRID):
        words.append(f"họp {meeting.get_form_display()}")
    items = [decapitalised(item.title) for item in meeting.agendaitems.all()]
    if meeting.kind == Meeting.Kind.ACTIVITY and items:
        words.append(f"gồm {', '.join(items)}")
    return ", ".join(words)


def listed(texts):
    """A dashed list that ends its lines as officials do: semicolons, then a full stop."""
    *others, last = [text.rstrip(" .;") for text in texts]
    return Bullets((*(Paragraph.plain(f"{text};") for text in others), Paragraph.plain(f"{last}.")))


def joined(words):
    """The words as a sentence lists them: "một, hai và ba"."""
    *others, last = words
    return " và ".join(filter(None, [", ".join(others), last]))


def given_to(award, nominations):
    """To what an award is proposed: "tập thể", "cá nhân", in the order of the law.

    Who is named tells it; where nobody is, whom the award is for.
    """
    found = {
        Recipient.COLLECTIVE if row.unit_id else Recipient.INDIVIDUAL if row.person_id else row.given_to
        for row in nominations
    }
    if "" in found:  # nobody is named, and of what sort is not told
        found |= set(award.recipients)
    return [kind for kind in Recipient if kind in found]


def paragraphs(text):
    """A typed text, each of its lines a paragraph."""
    return [Paragraph.plain(line) for line in text.splitlines() if line.strip()]


def shortened(text, length):
    """The text's beginning up to a whole word, where it is longer than a page of notes can hold."""
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[:length].rpartition(' ')[0].rstrip(' ,;.')}..."


def decapitalised(text):
    """The text as it stands inside a sentence; an abbreviation or a name of several capitals stays."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


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


def spoken_by(statement):
    """Who said it: "Đồng chí" before a name, the post alone where nobody is named."""
    return f"Đồng chí {statement.speaker_line}" if statement.speaker else statement.speaker_line


def replacing(tree, superseded):
    """What a document says of the one it supersedes: its type, number and day."""
    number = f"{notation.count(superseded.number)}/{superseded.symbol}"
    day = notation.day_in_words(superseded.issued_on)
    return f"Thay thế {tree.type_name.capitalize() or 'Công văn'} số {number} {day}"
