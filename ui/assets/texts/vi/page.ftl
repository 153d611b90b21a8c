page-chat = Hỏi đáp
page-articles = Bài báo
page-settings = Cài đặt
page-skip = Chuyển đến ô câu hỏi
page-holds =
    { $count ->
        [0] Chưa có bài báo nào
       *[other] { $count } bài báo
    }
page-reading = Đang đọc trước: { $ready } trên { $total } đoạn
page-reading-why = Câu hỏi về những đoạn đã đọc được trả lời nhanh hơn. Bạn vẫn có thể hỏi về các đoạn khác.

model-loading = Đang nạp mô hình.
model-left = Còn khoảng { $time }.
model-loading-ask = Bạn có thể hỏi ngay: câu hỏi sẽ được xếp hàng chờ.
model-fetching = Đang tải mô hình { $name }: { $share }.
model-absent = Mô hình { $name } chưa có trên máy này.
model-absent-help = Hãy tải về trong mục Cài đặt: cần có mô hình để trả lời câu hỏi.

copy = Sao chép
copied = Đã sao chép
undo = Hoàn tác
cancel = Hủy
save = Lưu
close = Đóng
unit-megabytes = MB
unit-gigabytes = GB
unit-seconds = { $count } giây
unit-minutes = { $count } phút

problem-details = Sao chép chi tiết
problem-details-copied = Đã sao chép chi tiết
problem-unexpected = Đã xảy ra lỗi ngoài dự kiến.
problem-unexpected-help = Bạn có thể tiếp tục. Nhật ký trong cửa sổ dòng lệnh có thêm thông tin.

sign-in = Đăng nhập
sign-in-user = Tên người dùng
sign-in-password = Mật khẩu
sign-in-failed = Tên và mật khẩu không khớp.
sign-in-as = Đã đăng nhập với tên { $name }
sign-out = Đăng xuất
