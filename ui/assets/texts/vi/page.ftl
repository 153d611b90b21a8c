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
problem-busy = Đang có bài được thêm hoặc sửa.
problem-busy-help = Hãy đợi xong rồi thử lại.
problem-damaged = Dữ liệu đã lưu của thư viện bị hỏng.
problem-damaged-help = Hãy khôi phục bản sao của thư mục, hoặc thêm lại các bài báo.
problem-empty = Chưa có bài báo nào.
problem-empty-help = Hãy thêm bài trong mục Bài báo.
problem-mismatch = Thư viện được tạo bằng một mô hình nhúng khác.
problem-mismatch-help = Hãy chạy Dossier với mô hình đã tạo ra nó.
problem-library = Thư viện không thể làm việc này.
problem-library-help = Phần chi tiết cho biết lý do.
problem-disk = Không ghi được lên đĩa.
problem-disk-help = Đĩa có đầy không? Thư mục của thư viện có cho phép ghi không?
problem-fetch = Không tải được mô hình.
problem-fetch-help = Máy có kết nối mạng và đĩa còn chỗ trống không?
problem-hash = Nội dung tải về không phải mô hình mong đợi nên không được giữ lại.
problem-hash-help = Hãy thử lại. Nếu lại xảy ra, đừng tin nguồn này.
problem-model = Không nạp hoặc không dùng được mô hình.
problem-model-help = Hãy đóng bớt chương trình nếu thiếu bộ nhớ, hoặc chọn mô hình khác trong Cài đặt.
problem-article = Không đọc được nội dung này.
problem-article-help = Có thể nội dung trống, được bảo vệ, bị hỏng hoặc thuộc loại mà Dossier không biết.
problem-question = Câu hỏi trống hoặc quá dài.
problem-question-help = Hãy viết điều bạn muốn biết bằng ít từ hơn. Văn bản dài có thể được thêm làm bài báo.
problem-other = Không thực hiện được.
problem-other-help = Phần chi tiết cho biết lý do.

sign-in = Đăng nhập
sign-in-user = Tên người dùng
sign-in-password = Mật khẩu
sign-in-failed = Tên và mật khẩu không khớp.
sign-in-as = Đã đăng nhập với tên { $name }
sign-out = Đăng xuất
