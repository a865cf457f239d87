"""Kịch bản lời dẫn: item by item who speaks and what the master of ceremonies says."""

from django.utils.translation import gettext_lazy as _

from awards.models import Exemplar
from blocs import notation
from campaigns.models import AgendaItem
from reports.blocks import Bullets, Paragraph, Section
from reports.documents.meetings.shared import line, paper, printed, unknown
from reports.documents.phrases import decapitalised, paragraphs, recipient_name

Kind = AgendaItem.Kind


def build(facts, edition, stage):
    """The script, from what was written for an item or else from its kind, title and presenter."""
    items = tuple(
        Section(heading(item), (*conduct(item), *said(facts, item)), key=f"item-{item.place}")
        for item in facts.agenda
    )
    return paper(
        facts,
        SCRIPT,
        stage,
        type_name="KỊCH BẢN LỜI DẪN",
        subject=facts.meeting.title,
        body=[
            line(facts, "Thời gian", facts.when, "thời gian"),
            line(facts, "Địa điểm", facts.meeting.place_name, "nơi tổ chức"),
            *(items or (unknown(facts, "chương trình", "#agenda"),)),
        ],
    )


def heading(item):
    """The item's title, with its hour where one is set."""
    return f"{item.title} ({notation.clock(item.starts_at)})" if item.starts_at else item.title


def conduct(item):
    """Who has the floor."""
    if item.presenter:
        yield Paragraph("Người thực hiện: {who}.", {"who": item.presenter})


def said(facts, item):
    """The words of the item: those written for it, else composed."""
    if item.script:
        return [Paragraph.plain(part.words, "quote") for part in paragraphs(item.script)]
    words = WORDS.get(item.kind, other)(facts, item)
    return [each if isinstance(each, Bullets) else Paragraph.plain(each, "quote") for each in words if each]


def floor(item, what):
    """The invitation to speak or to lead, to whom it is known."""
    return f"Trân trọng kính mời {item.presenter} {what}." if item.presenter else ""


def opening(facts, item):
    """Greeting, reason, who came."""
    where = f", tại {facts.meeting.place_name}" if facts.meeting.place_name else ""
    when = f"Hôm nay, {facts.when.partition(', ')[2] or facts.when}" if facts.when else "Hôm nay"
    yield "Kính thưa các vị đại biểu!"
    yield f"{when}{where}, {facts.bloc_year.name} tổ chức {facts.meeting.title}."
    if facts.attendances:
        yield f"Về dự {facts.word}, xin trân trọng giới thiệu:"
        yield Bullets(tuple(Paragraph.plain(f"{facts.guest(each)};") for each in facts.attendances))
        yield f"Đề nghị {facts.word} nhiệt liệt chào mừng các vị đại biểu."
    yield floor(item, f"phát biểu khai mạc {facts.word}")


def report(facts, item):
    """The floor for a report."""
    yield f"Tiếp theo chương trình là nội dung: {decapitalised(item.title)}."
    yield floor(item, "trình bày")


def discussion(facts, item):
    """The floor for all."""
    yield f"Sau đây {facts.word} chuyển sang phần thảo luận. Kính mời các vị đại biểu phát biểu ý kiến."
    yield floor(item, "điều hành phần thảo luận")


def direction(facts, item):
    """The floor for who leads."""
    yield floor(item, f"phát biểu chỉ đạo {facts.word}")
    yield f"Thay mặt {facts.word}, xin trân trọng cảm ơn và tiếp thu ý kiến chỉ đạo."


def vote(facts, item):
    """What is settled by the units together."""
    yield f"{facts.word_first} tiến hành nội dung: {decapitalised(item.title)}."
    yield floor(item, "điều hành nội dung này")


def exemplars(facts, item):
    """The calling of those who are honoured, once all are named."""
    named = [each for each in facts.exemplars if each.recipient is not None]
    yield f"{facts.word_first} chuyển sang phần biểu dương, tôn vinh điển hình tiên tiến."
    if named and len(named) == len(facts.exemplars):
        yield "Xin trân trọng kính mời các điển hình tiên tiến có tên sau đây lên nhận biểu dương:"
        labels = dict(Exemplar.Kind.choices)
        yield Bullets(
            tuple(
                Paragraph.plain(f"{str(labels[each.kind]).capitalize()}: {recipient_name(facts, each)};")
                for each in named
            )
        )
    yield floor(item, "lên trao và phát biểu chúc mừng")


def pledge(facts, item):
    """The units called one by one to sign."""
    yield f"{facts.word_first} tiến hành ký kết giao ước thi đua."
    yield floor(item, "trình bày nội dung giao ước")
    if facts.members:
        yield "Kính mời đại diện lãnh đạo các đơn vị lần lượt lên ký:"
        yield Bullets(tuple(Paragraph.plain(f"{seat.unit.name(facts.day)};") for seat in facts.members))


def closing(facts, item):
    """Thanks and the end."""
    yield floor(item, f"phát biểu bế mạc {facts.word}")
    yield (
        f"{facts.meeting.title} đến đây là kết thúc. Xin kính chúc các vị đại biểu sức khỏe, "
        "hạnh phúc và thành công. Xin trân trọng cảm ơn!"
    )


def other(facts, item):
    """Any other item."""
    yield f"Tiếp theo chương trình: {decapitalised(item.title)}."
    yield floor(item, "thực hiện nội dung này")


WORDS = {
    Kind.OPENING: opening,
    Kind.REPORT: report,
    Kind.SCORES: report,
    Kind.DISCUSSION: discussion,
    Kind.DIRECTION: direction,
    Kind.VOTE: vote,
    Kind.ELECTION: vote,
    Kind.EXEMPLARS: exemplars,
    Kind.PLEDGE: pledge,
    Kind.CLOSING: closing,
}
SCRIPT = printed("script", _("Kịch bản lời dẫn"), build, "kich-ban-loi-dan")
