"""Kịch bản lời dẫn: item by item who speaks and what the master of ceremonies says."""

from django.utils.translation import gettext_lazy as _

from awards.decisions.models import Exemplar
from blocs import notation
from campaigns.models import AgendaItem, Attendance
from reports.blocks import Paragraph, Section
from reports.documents.meetings.shared import line, paper, printed, unknown
from reports.documents.phrases import decapitalised, listed, paragraphs, recipient_name

Kind, Presence, Reply = AgendaItem.Kind, Attendance.Presence, Attendance.Reply
HONOURED = "Xin trân trọng kính mời"


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
    return [Paragraph.plain(each, "quote") if isinstance(each, str) else each for each in words]


def floor(facts, item, what, invite="Xin mời"):
    """The invitation to speak or to lead; what is missing where nobody is named for it."""
    if not item.presenter:
        return unknown(facts, f"người thực hiện “{item.title}”", "#agenda")
    return f"{invite} {speaker(facts, item.presenter)} {what}."


def speaker(facts, name):
    """Who speaks, with the post where the name alone is written and the person is known."""
    known = [facts.guest(each) for each in facts.named if name in (each.name, each.as_addressed)]
    if name == facts.meeting.chair_name:
        known.append(facts.chair)
    if name == facts.meeting.secretary_name:
        known.append(facts.secretary)
    return known[0] if known else name


def by_hands(facts):
    """The words of a vote by hands: one vote a unit, three questions, the result."""
    yield "Biểu quyết bằng hình thức giơ tay, mỗi đơn vị một phiếu. Đơn vị nào đồng ý, đề nghị giơ tay."
    yield "Xin mời bỏ tay xuống. Đơn vị nào không đồng ý, đề nghị giơ tay."
    yield "Xin mời bỏ tay xuống. Đơn vị nào có ý kiến khác, đề nghị giơ tay."
    secretary = f", {facts.secretary}," if facts.secretary else ""
    yield f"Xin mời thư ký {facts.word}{secretary} đọc kết quả biểu quyết."


def opening(facts, item):
    """Greeting, reason, the chair, who came by rank."""
    where = f", tại {facts.meeting.place_name}" if facts.meeting.place_name else ""
    when = f"Hôm nay, {facts.when.partition(', ')[2] or facts.when}" if facts.when else "Hôm nay"
    yield "Kính thưa các vị đại biểu!"
    yield f"{when}{where}, {facts.bloc_year.name} tổ chức {facts.meeting.title}."
    coming = {each.pk for each in facts.attendances if each.presence != Presence.ABSENT}
    coming -= {each.pk for each in facts.attendances if each.reply == Reply.DECLINED}
    for rank, rows in facts.ranks:
        guests = [facts.guest(each) for each in rows if each.pk in coming]
        if guests:
            yield f"Về dự {facts.word}, xin trân trọng giới thiệu {str(rank).lower()}:"
            yield listed(guests)
    if facts.chair:
        yield f"Chủ trì {facts.word}: {facts.chair}."
    if facts.secretary:
        yield f"Thư ký {facts.word}: {facts.secretary}."
    if coming:
        yield f"Đề nghị {facts.word} nhiệt liệt chào mừng các vị đại biểu."
    yield floor(facts, item, f"phát biểu khai mạc {facts.word}", HONOURED)


def report(facts, item):
    """The floor for a report."""
    yield f"Tiếp theo chương trình, {facts.word} nghe: {decapitalised(item.title)}."
    yield floor(facts, item, f"trình bày {decapitalised(item.title)}")
    yield "Xin cảm ơn phần trình bày. Đề nghị các đơn vị nghiên cứu, chuẩn bị ý kiến."


def scores(facts, item):
    """The scores are read, asked about and settled by hands."""
    yield f"{facts.word_first} chuyển sang nội dung: {decapitalised(item.title)}."
    yield floor(facts, item, "công bố kết quả chấm điểm, xếp hạng của các đơn vị")
    yield "Xin mời các đơn vị cho ý kiến về kết quả vừa công bố."
    yield f"Nếu không còn ý kiến khác, xin {facts.word} biểu quyết thông qua kết quả."
    yield from by_hands(facts)


def discussion(facts, item):
    """The floor for all, one after the other."""
    yield f"Sau đây {facts.word} chuyển sang phần tham luận, thảo luận."
    yield floor(facts, item, "điều hành phần thảo luận")
    yield "Kính mời đại diện các đơn vị phát biểu ý kiến, mỗi ý kiến ngắn gọn, đi thẳng vào nội dung."
    yield "Xin cảm ơn ý kiến của đại biểu. Xin mời ý kiến tiếp theo."
    yield f"Nếu không còn ý kiến, xin phép {facts.word} kết thúc phần thảo luận."


def direction(facts, item):
    """The floor for who leads, and thanks."""
    yield floor(facts, item, f"phát biểu chỉ đạo {facts.word}", HONOURED)
    yield (
        f"Thay mặt {facts.bloc_year.name}, xin trân trọng cảm ơn và tiếp thu ý kiến chỉ đạo. "
        "Các đơn vị trong Khối sẽ nghiêm túc tổ chức thực hiện."
    )


def vote(facts, item):
    """What the units settle together by hands."""
    yield f"{facts.word_first} tiến hành nội dung: {decapitalised(item.title)}."
    yield floor(facts, item, "trình bày dự kiến đề nghị và điều hành biểu quyết")
    yield f"Xin ý kiến các đơn vị về dự kiến. Nếu không còn ý kiến khác, xin {facts.word} biểu quyết."
    yield from by_hands(facts)


def election(facts, item):
    """The units that are proposed to lead, the vote by hands, their words of acceptance."""
    yield f"{facts.word_first} tiến hành nội dung: {decapitalised(item.title)}."
    yield floor(facts, item, f"giới thiệu dự kiến {facts.leader_and_deputy} năm {facts.next_year}")
    proposed = [f"{seat.role_label}: {seat.unit.name(facts.day)}" for seat in facts.next_seats if seat.unit]
    if proposed:
        yield "Các đơn vị được giới thiệu:"
        yield listed(proposed)
    yield "Đơn vị nào có ý kiến hoặc giới thiệu thêm, xin mời phát biểu."
    yield from by_hands(facts)
    yield (
        f"Xin chúc mừng các đơn vị được bầu; xin mời đại diện {facts.bloc_year.leader_label} "
        f"năm {facts.next_year} phát biểu nhận nhiệm vụ."
    )


def exemplars(facts, item):
    """The calling of those who are honoured, once all are named."""
    named = [each for each in facts.exemplars if each.recipient is not None]
    yield f"{facts.word_first} chuyển sang phần biểu dương, tôn vinh điển hình tiên tiến."
    if named and len(named) == len(facts.exemplars):
        yield "Xin trân trọng kính mời các điển hình tiên tiến có tên sau đây lên nhận biểu dương:"
        labels = dict(Exemplar.Kind.choices)
        yield listed(
            f"{str(labels[each.kind]).capitalize()}: {recipient_name(facts, each)}" for each in named
        )
    yield floor(facts, item, "lên trao và phát biểu chúc mừng", HONOURED)
    yield f"Đề nghị {facts.word} nhiệt liệt chúc mừng các điển hình tiên tiến."


def pledge(facts, item):
    """The units called one by one to sign."""
    yield f"{facts.word_first} tiến hành ký kết giao ước thi đua."
    yield floor(facts, item, "trình bày nội dung giao ước")
    if facts.members:
        yield "Kính mời đại diện lãnh đạo các đơn vị lần lượt lên ký:"
        yield listed(seat.unit.name(facts.day) for seat in facts.members)
    yield f"Đề nghị {facts.word} chúc mừng các đơn vị đã ký kết giao ước thi đua."


def closing(facts, item):
    """Thanks and the end."""
    yield f"{facts.word_first} đã hoàn thành các nội dung của chương trình."
    yield floor(facts, item, f"phát biểu bế mạc {facts.word}", HONOURED)
    yield (
        f"{facts.meeting.title} đến đây là kết thúc. Xin kính chúc các vị đại biểu sức khỏe, "
        "hạnh phúc và thành công. Xin trân trọng cảm ơn!"
    )


def other(facts, item):
    """Any other item."""
    yield f"Tiếp theo chương trình: {decapitalised(item.title)}."
    yield floor(facts, item, "thực hiện nội dung này")


WORDS = {
    Kind.OPENING: opening,
    Kind.REPORT: report,
    Kind.SCORES: scores,
    Kind.DISCUSSION: discussion,
    Kind.DIRECTION: direction,
    Kind.VOTE: vote,
    Kind.ELECTION: election,
    Kind.EXEMPLARS: exemplars,
    Kind.PLEDGE: pledge,
    Kind.CLOSING: closing,
}
SCRIPT = printed("script", _("Kịch bản lời dẫn"), build, "kich-ban-loi-dan")
