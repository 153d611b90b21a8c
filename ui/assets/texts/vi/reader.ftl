# The reader of one article, and the cards of quotes.

reader-name = Trang đọc
reader-back = Về các nguồn
reader-close = Đóng bài
reader-previous = Trích dẫn trước
reader-next = Trích dẫn sau
reader-count = { $at } trên { $all }
reader-wait = Đang mở bài…
reader-failed = Hiện không mở được bài này. Hãy thử lại.
reader-changed = Nội dung bài đã thay đổi kể từ khi được trích dẫn. Những lời sau không còn trong bài:
reader-gone = Bài này không còn trong thư viện. Những lời đã được trích dẫn:
reader-card-teaser = Được giới thiệu bên cạnh bài
reader-place-same = Cùng nội dung trên
reader-place-replaced = Thay cho bản trên
reader-place-version = Một bản khác trên
reader-link-open = Mở tại
reader-link-file = Tệp
reader-section-headline = Tiêu đề
reader-section-teaser = Giới thiệu một bài khác
reader-section-caption = Chú thích ảnh
reader-section-other = Bên lề bài báo
