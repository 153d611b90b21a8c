# Samtalet, det som hittades och listan över samtal.

chat-new = Nytt samtal
chat-question = Fråga
chat-question-hint = Fråga dina artiklar
chat-ask = Fråga
chat-stop = Stoppa
chat-list = Samtal
chat-welcome = Vad vill du veta?
chat-welcome-languages = Fråga på vilket språk du vill. Svaret kommer på ditt, citaten på artiklarnas språk.
chat-welcome-quotes = Varje mening vilar på ett numrerat citat. Öppna det för att läsa orden på sin plats.
chat-suggestions = Till att börja med
chat-empty = Det finns inga artiklar än
chat-empty-help = Lägg till några under Artiklar, eller en fil, en mapp eller en webbsida i en terminal:
chat-about = Vad säger artiklarna om { $name }?
chat-editing = Frågan i rutan ersätter fråga { $number } och det som följde.
chat-quote = Citat { $number }
chat-searching = Söker i artiklarna
chat-ahead =
    { $count ->
        [one] { $count } fråga besvaras före den här
       *[other] { $count } frågor besvaras före den här
    }
chat-reading-found = Läser det som hittades
chat-reading-on = Inget bekräftat än; läser vidare
chat-left-out =
    { $count ->
        [one] { $count } mening utelämnades: inget hittat stycke stöder den
       *[other] { $count } meningar utelämnades: inget hittat stycke stöder dem
    }
chat-left-out-care = Modellen skrev detta. Det kan vara fel.
chat-left-out-one = Utelämnat:
chat-not-in-quote = finns inte i citatet: { $facts }
chat-no-quote = inget citat stöder den
chat-supported =
    { $all ->
        [one] { $supported } av { $all } mening har stöd
       *[other] { $supported } av { $all } meningar har stöd
    }
chat-nearest = Närmaste stycken
chat-stopped = Stoppat.
chat-first-word = Första ordet efter { $seconds } s, hela svaret efter { $all } s
chat-took = Hela svaret efter { $all } s
chat-tools = Vad som kan göras med svar { $number }
chat-copy-text = Som text
chat-copy-markdown = Som Markdown
chat-copy-html = Som HTML
chat-again = Fråga igen
chat-edit = Ändra frågan
chat-thumb-up = Bra svar
chat-thumb-down = Dåligt svar
chat-note = Varför? (valfritt)
chat-noted = Sparat

sources-title = Källor
sources-of = Källor för fråga { $number }
sources-quotes = Citat
sources-nearest = Närmaste stycken
sources-nearest-note = De innehåller inte svaret, så vitt det gick att kontrollera.
sources-found = Hittat i artiklarna
sources-none = Inget stycke ligger nära frågan.
sources-empty = Här visas det som hittas för en fråga och citaten som svaret vilar på.
sources-back = Tillbaka till svaret

drawer-search = Sök bland samtal
drawer-none = Samtal sparas här.
drawer-none-found = Inget samtal innehåller de orden.
drawer-questions =
    { $count ->
        [one] { $count } fråga
       *[other] { $count } frågor
    }
drawer-name = Samtalets namn
drawer-more = Mer för ”{ $title }”
drawer-more-short = Mer
drawer-rename = Byt namn
drawer-export-text = Exportera som text
drawer-export-markdown = Exportera som Markdown
drawer-export-html = Exportera som HTML
drawer-delete = Ta bort
drawer-deleted = ”{ $title }” togs bort.
