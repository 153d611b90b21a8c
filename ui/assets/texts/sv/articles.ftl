# The place of the articles: the table, corrections, removing.

articles-search = Sök bland titlar, källor och filer
articles-add = Lägg till artiklar
articles-none = Det finns inga artiklar än
articles-none-help = Lägg till filer, webbsidor eller ett flöde och ställ sedan frågor om dem.
articles-not-found = Ingen artikel har alla de här orden i titel, källa, språk, fil eller adress.
articles-title = Titel
articles-source = Källa
articles-date = Datum
articles-language = Språk
articles-passages = Stycken
articles-sort = Sortera efter: { $name }
articles-count-passages =
    { $count ->
        [one] { $count } stycke
       *[other] { $count } stycken
    }
articles-ready = Lästa i förväg
articles-ready-why = Stycken som modellen har läst i förväg: frågor om dem besvaras snabbare.
articles-ready-all = alla
articles-ready-some = { $ready } av { $total }
articles-ready-narrow = lästa i förväg: { $ready }
articles-actions = Åtgärder
articles-also =
    { $count ->
        [one] och på { $count } annat ställe
       *[other] och på { $count } andra ställen
    }
articles-pick = Välj { $title }
articles-pick-all = Välj alla på sidan
articles-picked = Valda artiklar
articles-selected = { $count } valda
articles-ask-these = Fråga bara dessa
articles-clear = Rensa valet
articles-edit = Rätta
articles-edit-one = Rätta { $title }
articles-remove = Ta bort
articles-remove-one = Ta bort { $title }
articles-removed =
    { $count ->
        [one] { $count } artikel togs bort.
       *[other] { $count } artiklar togs bort.
    }
articles-edited = Artikeln rättades.
articles-undone = Allt är som förut igen.
articles-not-undone = Det här kan inte längre ångras.
articles-pages = Tabellens sidor
articles-page = Sida { $page } av { $pages }
articles-page-before = Föregående
articles-page-after = Nästa
articles-found = { $found } av { $total } artiklar
articles-edit-title = Vad man vet om artikeln
articles-edit-help = Rättelser finns kvar när filen läses igen. Ett tomt fält betyder att man inte vet.
articles-as-read = Så som det lästes
articles-hint-date = Till exempel 2024, 2024-11 eller 2024-11-20
articles-hint-language = Två bokstäver, till exempel en, fr, sv eller vi
articles-field-title = Titel
articles-field-source = Källa
articles-field-date = Datum
articles-field-language = Språk
articles-field-author = Författare
articles-field-rubric = Avdelning
articles-field-url = Adress
articles-field-modified = Senast ändrad

# Adding.

adding-files = Filer
adding-drop = Välj filer eller släpp dem här
adding-kinds = Text, Markdown, webbsidor, PDF, Word, OpenDocument, RTF, EPUB, e-post, JSON, CSV, ZIP med mera. Dossier behåller en kopia av varje.
adding-web = Från webben
adding-pages = Sidor
adding-feed = Flöde
adding-sitemap = Hel webbplats
adding-addresses = Adresser, en per rad
adding-add = Lägg till
adding-sending = Filer skickas: { $done } av { $total }
adding-not-sent = { $name } kunde inte skickas.
adding-not-kept = Filen kunde inte sparas. Är disken full?
adding-no-address = Det här är inte adressen till en webbsida.
adding-waiting = Väntar tills andra artiklar har lagts till
adding-looking = Letar efter vad som kan läggas till
adding-busy = Lägger till: { $done } av { $total }
adding-over = Klart
adding-stopped = Stoppat
adding-stop = Stoppa
adding-added = tillagd
adding-replaced = ersatt
adding-unchanged = finns redan
adding-moved = flyttad
adding-removed = borttagen
adding-problem = problem
adding-count-added =
    { $count ->
        [one] { $count } tillagd
       *[other] { $count } tillagda
    }
adding-count-replaced =
    { $count ->
        [one] { $count } ersatt
       *[other] { $count } ersatta
    }
adding-count-unchanged = { $count } fanns redan
adding-count-problem = { $count } problem
adding-followed = Flöden och webbplatser som följs
adding-feed-pages =
    { $count ->
        [one] { $count } sida
       *[other] { $count } sidor
    }
adding-again = Leta efter nya artiklar
adding-unfollow = Sluta följa
adding-unfollow-one = Sluta följa { $name }
articles-lost = Förbindelsen med Dossier är bruten. Körs det fortfarande i sin terminal?
