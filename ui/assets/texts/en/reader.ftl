# The reader of one article, and the cards of quotes.

reader-name = Reader
reader-back = Back to the sources
reader-close = Close the article
reader-previous = Previous quote
reader-next = Next quote
reader-count = { $at } of { $all }
reader-wait = Opening the article…
reader-failed = The article cannot be opened now. Try again.
reader-changed = The article’s text has changed since it was cited. These words no longer stand in it:
reader-gone = This article is no longer in the library. What was cited from it:
reader-card-teaser = Announced beside
reader-place-same = The same text in
reader-place-replaced = Replaces the version in
reader-place-version = Another version in
reader-link-open = Open at
reader-link-file = File
reader-section-headline = Headline
reader-section-teaser = Announcement of another article
reader-section-caption = Caption
reader-section-other = Beside the article
