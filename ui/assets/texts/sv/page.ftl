page-chat = Frågor
page-articles = Artiklar
page-settings = Inställningar
page-skip = Hoppa till frågan
page-holds =
    { $count ->
        [0] Inga artiklar
        [one] { $count } artikel
       *[other] { $count } artiklar
    }
page-reading = Läser i förväg: { $ready } av { $total } stycken
page-reading-why = Frågor om stycken som redan är lästa besvaras snabbare. Andra frågor går också bra.

model-loading = Modellen läses in.
model-left = Ungefär { $time } kvar.
model-loading-ask = Du kan fråga redan nu: frågan får vänta.
model-fetching = Modellen { $name } hämtas: { $share }.
model-absent = Modellen { $name } finns inte på datorn.
model-absent-help = Hämta den i Inställningar: utan den går det inte att fråga.

copy = Kopiera
copied = Kopierat
undo = Ångra
cancel = Avbryt
save = Spara
close = Stäng
unit-megabytes = MB
unit-gigabytes = GB
unit-seconds =
    { $count ->
        [one] { $count } sekund
       *[other] { $count } sekunder
    }
unit-minutes =
    { $count ->
        [one] { $count } minut
       *[other] { $count } minuter
    }

problem-details = Kopiera detaljer
problem-details-copied = Detaljerna är kopierade
problem-unexpected = Något oväntat gick fel.
problem-unexpected-help = Du kan fortsätta. Loggen i terminalen säger mer.
problem-busy = Artiklar läggs till eller ändras just nu.
problem-busy-help = Vänta tills det är klart och försök sedan igen.
problem-damaged = Det som biblioteket har sparat är skadat.
problem-damaged-help = Lägg tillbaka en kopia av dess mapp, eller lägg till artiklarna på nytt.
problem-empty = Det finns inga artiklar än.
problem-empty-help = Lägg till några under Artiklar.
problem-mismatch = Biblioteket skapades med en annan inbäddningsmodell.
problem-mismatch-help = Starta Dossier med modellen som skapade det.
problem-library = Biblioteket kan inte göra det.
problem-library-help = Detaljerna säger varför.
problem-disk = Det går inte att spara på disken.
problem-disk-help = Är disken full? Får bibliotekets mapp skrivas till?
problem-fetch = Modellen kunde inte hämtas.
problem-fetch-help = Är datorn ansluten till nätet, och finns det plats på disken?
problem-hash = Det som hämtades är inte den väntade modellen och sparades inte.
problem-hash-help = Försök igen. Händer det på nytt, lita inte på källan.
problem-model = Modellen kunde inte läsas in eller användas.
problem-model-help = Stäng andra program om minnet inte räcker, eller välj en annan modell i Inställningar.
problem-article = Det här kunde inte läsas.
problem-article-help = Det kan vara tomt, skyddat, skadat eller av ett slag som Dossier inte känner till.
problem-question = Frågan är tom eller för lång.
problem-question-help = Skriv vad du vill veta, med färre ord. En lång text kan läggas till som artikel.
problem-other = Det gick inte.
problem-other-help = Detaljerna säger varför.

sign-in = Logga in
sign-in-user = Användarnamn
sign-in-password = Lösenord
sign-in-failed = Namnet och lösenordet hör inte ihop.
sign-in-as = Inloggad som { $name }
sign-out = Logga ut
