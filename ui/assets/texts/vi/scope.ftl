# Which articles a question is asked of.

scope-name = Phạm vi
scope-open = Phạm vi
scope-all = Tất cả các bài
scope-from = từ { $date }
scope-to = đến { $date }
scope-articles = { $count } bài
scope-without = Bỏ: { $name }
scope-title = Những bài nào được dùng để trả lời?
scope-help = Không chọn gì nghĩa là tất cả. Từng bài riêng được chọn ở trang các bài.
scope-search = Tìm nguồn
scope-no-language = Không rõ ngôn ngữ
scope-first = Ngày đầu
scope-last = Ngày cuối
scope-date-hint = Ví dụ 2024, 2024-11 hoặc 2024-11-20. Bài không có ngày sẽ bị bỏ qua.
scope-backwards = Ngày đầu sau ngày cuối.
scope-no-date = Đây không phải là ngày tháng.
scope-clear = Tất cả các bài
scope-apply = Dùng phạm vi này
