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

sign-in = Logga in
sign-in-user = Användarnamn
sign-in-password = Lösenord
sign-in-failed = Namnet och lösenordet hör inte ihop.
sign-in-as = Inloggad som { $name }
sign-out = Logga ut
