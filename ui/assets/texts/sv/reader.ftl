# The reader of one article, and the cards of quotes.

reader-name = Läsare
reader-back = Tillbaka till källorna
reader-close = Stäng artikeln
reader-previous = Föregående citat
reader-next = Nästa citat
reader-count = { $at } av { $all }
reader-wait = Artikeln öppnas …
reader-failed = Artikeln kan inte öppnas just nu. Försök igen.
reader-changed = Artikelns text har ändrats sedan den citerades. De här orden står inte längre i den:
reader-gone = Artikeln finns inte längre i biblioteket. Det här citerades ur den:
reader-card-teaser = Puff bredvid
reader-place-same = Samma text i
reader-place-replaced = Ersätter versionen i
reader-place-version = En annan version i
reader-link-open = Öppna på
reader-link-file = Fil
reader-section-headline = Rubrik
reader-section-teaser = Puff för en annan artikel
reader-section-caption = Bildtext
reader-section-other = Vid sidan av artikeln
