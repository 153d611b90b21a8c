page-title = Dossier
page-places = Avdelningar
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
model-loading-left = Modellen läses in, ungefär { $seconds } s kvar.
model-loading-ask = Du kan fråga redan nu: frågan får vänta.
model-fetching = Modellen { $name } hämtas: { $done } av { $total }.

copy = Kopiera
copied = Kopierat
undo = Ångra
cancel = Avbryt
save = Spara
close = Stäng
unit-megabytes = MB
unit-gigabytes = GB

problem-details = Kopiera detaljer
problem-details-copied = Detaljerna är kopierade
problem-unexpected = Något oväntat gick fel.
problem-unexpected-help = Du kan fortsätta. Loggen i terminalen säger mer.
problem-lost = Kontakten med Dossier är bruten.
problem-lost-help = Körs programmet fortfarande i terminalen? Sidan ansluter igen av sig själv.
