"""The words of the help: for each main screen what it is for, and the sentences of its three pictures."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Help:
    """How to work with one screen; `screens` are the names of the addresses that lead to it."""

    title: str
    purpose: str
    sentences: tuple[str, str, str]
    screens: tuple[str, ...]


PAGES = {
    "viec-cua-toi": Help(
        _("Việc của tôi"),
        _("Trang đầu sau khi đăng nhập: việc đang chờ anh/chị, việc gần hạn đứng trước."),
        (
            _("Mỗi dòng là một việc; bấm vào tên việc là tới đúng nơi làm."),
            _("Bên phải là hạn và số ngày còn lại."),
            _("Khối của anh/chị và bước tiếp theo của khối đứng ở dưới."),
        ),
        ("home",),
    ),
    "nam": Help(
        _("Danh sách khối của năm"),
        _("Xem các khối thi đua của một năm làm đến đâu và việc tiếp theo là gì."),
        (
            _("Từ hàng này sang thời hạn các giai đoạn và bảng đôn đốc của năm."),
            _("Gõ một phần tên khối, không cần viết dấu, rồi bấm Lọc."),
            _("Cột Việc tiếp theo ghi bước đang chờ và hạn; bấm vào để mở đúng chỗ."),
        ),
        ("year",),
    ),
    "mo-nam": Help(
        _("Mở năm thi đua"),
        _("Năm mới chép từ năm trước; chỉ xem và xác nhận những chỗ khác."),
        (
            _("Chọn năm để chép; mã năm và các ngày đã điền sẵn, sửa được."),
            _("Mỗi hàng là một khối: đơn vị đổi tên, sáp nhập, rời khối được nêu rõ."),
            _("Chọn đơn vị đứng đầu nơi luân phiên hoặc chỉ định, rồi bấm nút đỏ."),
        ),
        ("open-year",),
    ),
    "thay-doi-to-chuc": Help(
        _("Thay đổi tổ chức của đơn vị"),
        _("Đơn vị đổi tên, sáp nhập, chia tách, giải thể, vào hoặc rời khối giữa năm."),
        (
            _("Chọn loại thay đổi, ghi ngày có hiệu lực và căn cứ."),
            _("Bấm Xem trước: những gì kéo theo trong các khối được kể ra, chưa ghi gì."),
            _("Cột bên nêu việc của đơn vị còn để ngỏ; đọc xong thì bấm Ghi thay đổi."),
        ),
        ("unit-change",),
    ),
    "giai-doan": Help(
        _("Giai đoạn, thời hạn"),
        _("Cán bộ của bộ đặt hạn cho từng giai đoạn của năm và gia hạn khi cần."),
        (
            _("Ghi ngày bắt đầu và hạn; bỏ trống cả hai ngày thì giai đoạn không có hạn."),
            _("Bấm Lưu thời hạn; từ đó việc ngoài hạn bị chặn và người làm được báo lý do."),
            _("Bấm Gia hạn để lùi hạn cho một khối hoặc cả năm; phải ghi lý do."),
        ),
        ("phases", "phase-extend", "phase-remove"),
    ),
    "tieu-chi": Help(
        _("Bộ tiêu chí chấm điểm"),
        _("Lập, sửa, tính thử và ban hành bộ tiêu chí; giao bộ tiêu chí cho các khối của năm."),
        (
            _("Bấm Lập bộ tiêu chí: chọn bộ mẫu, chép bộ năm trước hoặc bắt đầu từ bộ trống."),
            _("Bấm vào từng mục, tiêu chí để sửa; danh sách chỗ phải sửa dẫn tới đúng nơi."),
            _("Hết chỗ phải sửa thì Ban hành; về sau cần sửa thì lập phiên bản mới, kèm lý do."),
        ),
        (
            "criteria-sets",
            "criteria-start",
            "criteria-choose",
            "criteria-set",
            "criteria-compare",
            "criteria-fields",
            "criteria-section-new",
            "criteria-section",
            "criteria-criterion-new",
            "criteria-criterion",
            "criteria-try",
            "criteria-measure-new",
            "criteria-measure",
            "criteria-drop",
            "criteria-freeze",
            "criteria-version",
            "criteria-adopt",
            "criteria-discard",
        ),
    ),
    "cham-diem": Help(
        _("Chấm điểm của khối"),
        _("Mỗi đơn vị đang ở bước nào, điểm đến đâu, việc tiếp theo là của ai."),
        (
            _("Nút đỏ là việc tiếp theo của anh/chị; đơn vị của anh/chị đứng đầu bảng."),
            _("Mỗi cột là một cấp chấm: tình trạng, tổng điểm, và chỗ bấm để chấm."),
            _("Lịch kiểm tra, phân công, công bố, mở lại đứng ở hàng nút này."),
        ),
        ("scores", "score-release", "score-reopen", "meeting-scores"),
    ),
    "buoi-kiem-tra": Help(
        _("Buổi kiểm tra, thẩm định điểm"),
        _("Tổ kiểm tra và đơn vị cùng xem một màn hình; chỉ gõ chỗ khác, xong in biên bản ngay."),
        (
            _("Số liệu đơn vị tự chấm đã ghi sẵn; sửa số liệu, điểm tự tính lại."),
            _("Điểm khác thì chọn lý do; gõ xong là lưu, hai tổng điểm luôn ở trên cùng."),
            _("Bấm nút đỏ để kết thúc: điểm được công bố và biên bản hiện ra để in hai bản."),
        ),
        ("score-sitting", "score-tier"),
    ),
    "lich-kiem-tra": Help(
        _("Lịch kiểm tra, phân công chấm chéo"),
        _("Lập lịch cho mọi đơn vị trên một trang, hoặc để hệ thống chọn đơn vị chấm chéo."),
        (
            _("Ghi ngày, giờ, địa điểm; dòng chưa ghi ngày thì chưa lập lịch."),
            _("Tổ kiểm tra đã chọn sẵn đơn vị đứng đầu và đơn vị phó; mở ra để đổi."),
            _("Ghi từng người như sẽ in trong biên bản."),
        ),
        (
            "score-inspections",
            "score-sitting-members",
            "score-assignments",
            "score-assignments-withdraw",
        ),
    ),
    "luoi-diem": Help(
        _("Lưới điểm"),
        _("Cả khối trên một bảng: mỗi hàng một đơn vị, mỗi cột một tiêu chí, chấm từng ô."),
        (
            _("Chọn cấp chấm, mục, hoặc chỉ những ô chưa chấm, ô khác điểm, rồi bấm Xem."),
            _("Đi bằng phím mũi tên; bấm Enter hoặc gõ số để mở ô, Esc để trở lại bảng."),
            _("Bên cạnh là điểm các cấp, minh chứng và chỗ ghi; mỗi lần lưu một ô."),
        ),
        ("score-grid",),
    ),
    "xep-hang": Help(
        _("Bảng xếp hạng"),
        _("Lập từ điểm đang có hiệu lực; đơn vị bằng điểm thì Hội nghị quyết định, rồi công bố."),
        (
            _("Nút đỏ là việc tiếp theo: lập bảng, hoặc công bố bảng đã đọc lại."),
            _("Cột Ghi chú nói vì sao đứng trước, vì sao cùng hạng, và nơi ghi quyết định của Hội nghị."),
            _("Đơn vị không xếp hạng hoặc thiếu điểm đứng riêng, kèm lý do; thiếu điểm không phải là 0."),
        ),
        (
            "ranking",
            "ranking-make",
            "ranking-settle",
            "ranking-part-year",
            "ranking-release",
            "ranking-known",
            "ranking-known-unit",
            "ranking-unit",
        ),
    ),
    "chenh-lech-diem": Help(
        _("Chênh lệch điểm"),
        _("Cán bộ của bộ xem các cấp cho điểm khác nhau ở đâu; không làm đổi điểm nào."),
        (
            _("Chọn xem theo đơn vị, theo tiêu chí, chấm lẫn nhau hay khác hẳn số đông."),
            _("Dấu + là cấp sau cho cao hơn, dấu − là thấp hơn; ô thiếu điểm không tính."),
            _("Tải bảng này để xem trong Excel; trang này không in vào văn bản của Khối."),
        ),
        ("score-differences",),
    ),
    "don-doc": Help(
        _("Đôn đốc"),
        _("Thấy ngay đơn vị nào chưa gửi, quá hạn bao nhiêu ngày, rồi nhắc một lượt."),
        (
            _("Chọn giai đoạn, khối, rồi bấm Lọc."),
            _("Đánh dấu đơn vị, hoặc chọn cả bảng, rồi bấm nút đỏ để soạn lời nhắc."),
            _("Đã gọi điện thì bấm Đã gọi: ngày giờ và người gọi được ghi lại."),
        ),
        ("board", "remind", "reminded", "log-call"),
    ),
    "khoi": Help(
        _("Trang của khối trong năm"),
        _("Cả năm của một khối trên một trang: đã xong gì, còn gì, ai làm, hạn nào."),
        (
            _("Nút đỏ là việc tiếp theo; bấm vào là tới nơi làm."),
            _("Các bước của năm đi từ trên xuống; mỗi bước ghi tình trạng, hạn và người làm."),
            _("Các trang khác của khối mở từ hàng này: hội nghị, đề nghị khen thưởng, báo cáo."),
        ),
        ("bloc-year", "plan", "bloc-year-close"),
    ),
    "bang-tinh": Help(
        _("Nhập từ Excel"),
        _("Đưa bảng Excel của đơn vị vào hệ thống: xem trước, sửa ngay trên trang, rồi mới ghi."),
        (
            _("Chọn tệp .xlsx như đang dùng; tiêu đề in, ô gộp, phần ký không phải bỏ."),
            _("Dòng phải sửa đứng trên cùng, ghi rõ ô nào, vì sao; sửa hoặc để lại dòng đó."),
            _("Xem dòng nào thêm, dòng nào đổi; bấm Ghi thì ghi tất cả, hoặc không ghi gì."),
        ),
        ("criteria-import", "score-import", "score-import-unit", "import", "import-columns"),
    ),
    "giao-uoc": Help(
        _("Ghi việc ký giao ước thi đua"),
        _("Giao ước ký trên giấy: ghi ngày ký, đơn vị đã ký và gửi bản chụp."),
        (
            _("Ghi chủ đề, ngày ký và nơi ký như trên bản giao ước."),
            _("Bỏ dấu ở đơn vị chưa ký; người ký đã được ghi sẵn."),
            _("Chọn tệp chụp bản đã ký, rồi bấm nút đỏ."),
        ),
        ("pledge-sign",),
    ),
    "hoi-nghi": Help(
        _("Hội nghị, cuộc họp của khối"),
        _("Một trang cho mỗi cuộc họp: chương trình, người dự, ý kiến, kết luận và giấy tờ."),
        (
            _("Nút đỏ chỉ việc cần làm tiếp của cuộc họp."),
            _("Chương trình ghi từng nội dung; họp xong thì có thêm kết quả."),
            _("Giấy mời, biển tên, biên bản lấy ở đây; lập trọn bộ chỉ một lần bấm."),
        ),
        ("meeting", "meeting-plan", "meeting-reply", "meeting-scan", "meeting-papers", "meeting-pack"),
    ),
    "diem-danh": Help(
        _("Điểm danh tại cửa"),
        _("Danh sách dự kiến đã có sẵn; chỉ sửa ở chỗ khác với thực tế."),
        (
            _("Người có mặt thì để dấu; người vắng thì bỏ dấu."),
            _("Có người đi thay thì mở dòng này và ghi tên, chức vụ người thay."),
            _("Người đến mà không có trong danh sách thì ghi ở đây."),
        ),
        ("meeting-attendance",),
    ),
    "ghi-hoi-nghi": Help(
        _("Ghi hội nghị đã họp trên giấy"),
        _("Năm phần nối nhau ghi trọn một hội nghị; ghi đến đâu lưu đến đó."),
        (
            _("Năm phần đứng ở đây; phần đã ghi có dấu, bấm vào để quay lại sửa."),
            _("Số liệu đã biết được điền sẵn; chỉ sửa chỗ khác."),
            _("Bấm nút đỏ để lưu và sang phần sau; chưa có số liệu thì bỏ qua phần này."),
        ),
        (
            "meeting-record",
            "meeting-record-new",
            "meeting-outcomes",
            "meeting-election",
            "meeting-pledge",
            "meeting-proposals",
            "meeting-statement",
            "meeting-conclusions",
        ),
    ),
    "nhiem-vu-ket-luan": Help(
        _("Nhiệm vụ theo kết luận"),
        _("Việc người chủ trì đã giao ở cuộc họp: ai làm, hạn nào, kết quả ra sao."),
        (
            _("Lọc theo tình trạng, đơn vị hoặc hạn."),
            _("Mỗi dòng là một nhiệm vụ với đơn vị và hạn."),
            _("Làm xong thì bấm vào nhiệm vụ và ghi kết quả."),
        ),
        ("bloc-tasks", "year-tasks", "task", "task-reopen"),
    ),
    "ban-giao": Help(
        _("Bàn giao nhiệm vụ Khối trưởng"),
        _("Biên bản bàn giao soạn sẵn từ số liệu của năm; hai bên ký trên giấy rồi ghi ngày."),
        (
            _("Bên giao, bên nhận và ngày bàn giao đứng ở đầu trang."),
            _("Bấm để in biên bản cho hai bên ký."),
            _("Người nhận thấy ngay việc tiếp theo và nhiệm vụ còn dở."),
        ),
        ("handover",),
    ),
    "de-nghi": Help(
        _("Đề nghị khen thưởng của khối"),
        _("Xem khối đề nghị khen tập thể, cá nhân nào và bầu chọn điển hình nào."),
        (
            _("Mở trang này từ hàng các trang của khối."),
            _("Mỗi nhóm là một hình thức khen; dòng chưa có tên được ghi rõ."),
            _("Điển hình tiên tiến đứng riêng ở cuối trang."),
        ),
        ("proposals",),
    ),
    "bao-cao": Help(
        _("Báo cáo và vòng đời văn bản"),
        _("Lập dự thảo từ số liệu đã ghi, trình ký, nộp bản đã ký, ghi số và ngày, phát hành."),
        (
            _("Bấm Lập dự thảo; vài giây sau có tệp Word và PDF để tải."),
            _("Hàng này cho biết văn bản đang ở chặng nào của vòng đời."),
            _("Bản xem trước in đúng như tệp; bấm vào con số để tới dòng đã đếm."),
        ),
        (
            "report",
            "report-draft",
            "document",
            "meeting-document",
            "meeting-document-draft",
            "handover-document",
            "handover-document-draft",
            "score-table",
            "score-sheet-paper",
            "inspection-minutes",
            "inspection-minutes-draft",
            "inspection-copies",
            "ranking-paper",
            "ranking-paper-draft",
            "reminder-letter",
            "reminder-letter-draft",
            "document-send",
            "document-take-back",
            "document-file-signed",
            "document-assign-number",
            "document-release",
            "job",
        ),
    ),
    "so-so-lieu": Help(
        _("Sổ số liệu"),
        _("Nơi ghi và sửa số liệu của khối: mỗi lần lưu được ghi vào nhật ký với tên người làm."),
        (
            _("Chọn loại số liệu; bấm Thêm để ghi mới."),
            _("Trong danh sách, gõ vào ô Tìm rồi bấm vào tên để mở."),
            _("Sửa xong bấm Lưu; chữ đang gõ được lưu nháp, mất phiên vẫn còn."),
        ),
        ("admin",),
    ),
    "tim": Help(
        _("Tìm theo trí nhớ"),
        _("Nhớ được gì thì gõ đó: tên, chức vụ, đơn vị, số văn bản; không cần dấu."),
        (
            _("Gõ vài từ, theo thứ tự nào cũng được, rồi bấm Tìm."),
            _("Kết quả đứng theo nhóm, kèm số lượng."),
            _("Bấm vào tên để mở; chỉ thấy những gì anh/chị được xem."),
        ),
        ("search",),
    ),
    "nguoi-dung": Help(
        _("Người dùng, cấp tài khoản"),
        _("Cấp tài khoản bằng phiếu in có mã một lần, giao và thôi giao nhiệm vụ, giao làm thay."),
        (
            _("Lọc theo tên, đơn vị hoặc nhiệm vụ."),
            _("Bấm Cấp tài khoản để in phiếu có mã cho người mới."),
            _("Trên trang của từng người: giao làm thay, thôi giao, xem việc còn mở."),
        ),
        (
            "accounts",
            "invite",
            "slip",
            "slip-mail",
            "slip-renew",
            "slip-withdraw",
            "person",
            "account-deactivate",
            "account-reactivate",
            "second-factor-remove",
            "posts",
            "post-end",
            "post-substitute",
            "substitute-end",
            "post-open-work",
        ),
    ),
    "tu-cham": Help(
        _("Tự chấm điểm"),
        _("Đơn vị ghi số liệu từng tiêu chí; điểm và cách tính do hệ thống tính ra, ghi tới đâu lưu tới đó."),
        (
            _("Ghi số liệu vào ô rồi sang ô khác: điểm, cách tính và giờ lưu hiện ngay bên dưới."),
            _("Mở Thêm minh chứng để gửi tệp, ghi đường dẫn hoặc dán đoạn văn nêu số văn bản."),
            _("Chấm đủ thì về trang điểm của đơn vị, bấm Gửi phiếu; còn rút lại được khi chưa ai tiếp nhận."),
        ),
        ("score-own", "score-evidence", "score-evidence-drop"),
    ),
    "diem-don-vi": Help(
        _("Điểm của một đơn vị"),
        _("Điểm các cấp chấm đứng cạnh nhau, kèm cách tính, lý do, minh chứng và các lần gửi, công bố."),
        (
            _("Nút đỏ là việc tiếp theo: chấm tiếp, gửi, tiếp nhận; nút nào chưa bấm được thì ghi lý do."),
            _("Trả lại thì nêu từng tiêu chí cần sửa và hạn; đơn vị chỉ sửa được các tiêu chí đó."),
            _("Chưa rõ vì sao có điểm thì bấm Đề nghị giải trình; nơi chấm trả lời bằng tên tổ, tên đơn vị."),
        ),
        (
            "score-unit",
            "score-return",
            "score-paper",
            "score-version",
            "score-ask",
            "score-answer",
        ),
    ),
    "tai-khoan": Help(
        _("Tài khoản của tôi"),
        _("Đổi mật khẩu, xem và kết thúc các phiên đăng nhập của chính mình."),
        (
            _("Bấm vào tên mình ở góc trên để mở các mục của tài khoản."),
            _("Đổi mật khẩu: gõ mật khẩu cũ một lần, mật khẩu mới hai lần."),
            _("Thấy phiên lạ thì bấm Kết thúc rồi đổi mật khẩu ngay."),
        ),
        (
            "account_change_password",
            "account_reauthenticate",
            "usersessions_list",
            "mfa_index",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
        ),
    ),
}
