"""Làm trong 5 phút: one sheet of A4 for each role, to pin beside the screen."""

from blocs.models import Post
from reports.blocks import Column, Document, Paragraph, Table

Role = Post.Role
# {role: (whom it is for, [(what to do, where)])}
GUIDES = {
    Role.STAFF: (
        "Cán bộ thi đua, khen thưởng của bộ",
        [
            ("Đăng nhập. Trang đầu ghi việc đang chờ mình, việc gần hạn đứng trước.", "Việc của tôi"),
            (
                "Đặt hạn từng giai đoạn của năm; khối cần thêm ngày thì gia hạn, ghi lý do.",
                "Giai đoạn, thời hạn",
            ),
            (
                "Cấp tài khoản: ghi người, đơn vị, nhiệm vụ, số quyết định; in phiếu có mã đưa tận tay.",
                "Người dùng, Cấp tài khoản",
            ),
            ("Có người nghỉ: giao làm thay, từ ngày, đến ngày, căn cứ.", "Trang của người đó, Giao làm thay"),
            (
                "Xem đơn vị nào chưa gửi; chọn, nhắc một lượt: thư, trên hệ thống, Zalo, công văn kèm "
                "danh sách.",
                "Đôn đốc",
            ),
            ("Đã gọi điện thì bấm một lần để ghi lại.", "Đôn đốc, Đã gọi"),
            (
                "Đơn vị đã làm trên giấy: ghi nhận thay, có ngày trên giấy và bản chụp.",
                "Ghi nhận từ văn bản giấy",
            ),
            ("Năm đã xong: khoá hồ sơ năm của khối.", "Trang của khối, Khoá hồ sơ năm"),
        ],
    ),
    Role.SECRETARY: (
        "Thư ký Khối",
        [
            ("Đăng nhập. Mở khối của mình; nút đỏ là việc tiếp theo.", "Việc của tôi, Khối của tôi"),
            (
                "Ghi kế hoạch của Khối; ghi việc ký giao ước: ngày ký, đơn vị đã ký, bản chụp.",
                "Trang của khối",
            ),
            (
                "Lập hội nghị: ngày, giờ, nơi họp, chương trình, thành phần dự kiến.",
                "Trang của khối, Hội nghị",
            ),
            (
                "Lấy giấy mời từng khách, danh sách ký tên, biển tên, kịch bản: một lần bấm, có PDF và Word.",
                "Trang hội nghị, Lập trọn bộ tài liệu",
            ),
            (
                "Điểm danh tại cửa; người đi thay thì ghi tên, chức vụ, giấy ủy quyền.",
                "Trang hội nghị, Điểm danh",
            ),
            (
                "Họp xong: ghi kết quả, bầu, giao ước, kết luận và nhiệm vụ theo năm phần.",
                "Ghi hội nghị đã họp",
            ),
            (
                "Biên bản, thông báo, báo cáo: lập dự thảo, trình ký, lưu bản đã ký, ghi số, phát hành.",
                "Trang của từng văn bản",
            ),
            ("Hết nhiệm kỳ: in biên bản bàn giao, hai bên ký, ghi ngày đã bàn giao.", "Bàn giao"),
        ],
    ),
    Role.OFFICER: (
        "Cán bộ thi đua, khen thưởng của đơn vị",
        [
            ("Nhận phiếu cấp tài khoản; gõ mã trên phiếu, đặt mật khẩu.", "Trang ghi trên phiếu"),
            ("Đăng nhập. Trang đầu ghi việc đang chờ mình, hạn và số ngày còn lại.", "Việc của tôi"),
            ("Xem năm của khối: bước nào xong, bước nào còn, ai làm.", "Năm thi đua, tên khối"),
            ("Xem chương trình hội nghị; tải giấy mời, biên bản, kết luận đã phát hành.", "Trang hội nghị"),
            (
                "Xem nhiệm vụ theo kết luận giao cho đơn vị mình và hạn của từng việc.",
                "Nhiệm vụ theo kết luận",
            ),
            (
                "Đã làm trên giấy mà chưa thấy ghi: báo thư ký Khối kèm bản chụp.",
                "Số điện thoại ở cuối trang",
            ),
            ("Tìm người, đơn vị, văn bản: gõ vài từ, không cần dấu.", "Ô tìm ở đầu trang"),
            ("Sắp nghỉ hoặc chuyển việc: báo cán bộ của bộ để giao làm thay.", "Số điện thoại ở cuối trang"),
        ],
    ),
    Role.CLERK: (
        "Văn thư",
        [
            ("Đăng nhập. Văn bản đã ký chờ số đứng ngay ở trang đầu.", "Việc của tôi, sổ chờ số"),
            ("Bấm vào văn bản; số tiếp theo trong sổ đã điền sẵn, sửa nếu sổ giấy khác.", "Cấp số, ngày"),
            ("Ngày ban hành không trước ngày ký; mỗi loại văn bản mỗi năm một dãy số.", "Cấp số, ngày"),
            ("Bản ký về phòng mình trước: quét rồi lưu, ghi ngày ký và người ký.", "Lưu bản đã ký"),
            ("Bản chụp mờ hoặc nhầm tệp: thay bản khác, ghi lý do.", "Thay bản chụp đã ký"),
            ("Ghi nhầm số: sửa số, ngày trước khi phát hành, ghi lý do.", "Sửa số, ngày"),
            ("Đã có số, ngày: phát hành; từ đó không sửa, không xoá được.", "Phát hành"),
            ("Tìm văn bản cũ: gõ số hoặc vài từ của trích yếu.", "Ô tìm ở đầu trang"),
        ],
    ),
    Role.ADMINISTRATOR: (
        "Quản trị hệ thống",
        [
            (
                "Đăng nhập bằng mật khẩu và mã xác thực hai lớp; giữ mã dự phòng nơi khác.",
                "Tài khoản của tôi",
            ),
            (
                "Cấp tài khoản: ghi người, đơn vị, nhiệm vụ, căn cứ; in phiếu có mã đưa tận tay.",
                "Người dùng, Cấp tài khoản",
            ),
            (
                "Người quên mật khẩu: lập bộ mã mới, in phiếu; không ai biết mật khẩu của ai.",
                "Trang của người đó",
            ),
            ("Thôi giao nhiệm vụ: ghi ngày cuối, căn cứ; xem danh sách việc còn mở.", "Trang của người đó"),
            ("Xem ai giữ nhiệm vụ nào vào một ngày bất kỳ.", "Ai giữ nhiệm vụ nào"),
            (
                "Ghi đơn vị đổi tên, sáp nhập: tên mới từ ngày nào, thứ tự theo nghị định.",
                "Sổ số liệu, Đơn vị",
            ),
            ("Người sắp thôi nhiệm vụ: in danh sách việc còn mở trước khi bàn giao.", "Trang của người đó"),
            ("Sao lưu, chạy hẹn giờ, kiểm tra nhật ký: theo tài liệu vận hành.", "Trên máy chủ"),
        ],
    ),
}


def guide(role):
    """The sheet of a role."""
    whom, steps = GUIDES[role]
    return Document(
        title=f"Làm trong 5 phút: {whom}",
        type_name="LÀM TRONG 5 PHÚT",
        subject=whom,
        letterhead=None,
        body=(
            Table(
                (Column("Bước", 1.3, "center"), Column("Làm gì", 9.5), Column("Ở đâu", 5)),
                tuple((str(number), what, where) for number, (what, where) in enumerate(steps, start=1)),
                tall=True,
            ),
            Paragraph.plain(
                "Đang gõ mà mất phiên: đăng nhập lại, chữ đã gõ còn nguyên trong bản nháp. Bị từ chối: "
                "trang ghi rõ "
                "lý do và ai làm được việc ấy."
            ),
            Paragraph.plain(
                "Vướng ở đâu bấm nút Trợ giúp trên trang đó. Số điện thoại cán bộ phụ trách đứng ở cuối "
                "mỗi trang: "
                "......................................................"
            ),
        ),
        signatures=(),
        author="Thi Đua",
        keywords=("hướng dẫn", whom),
    )
