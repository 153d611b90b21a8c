# Which articles a question is asked of.

scope-name = Urval
scope-open = Urval
scope-all = Alla artiklar
scope-from = från { $date }
scope-to = till { $date }
scope-articles =
    { $count ->
        [one] { $count } artikel
       *[other] { $count } artiklar
    }
scope-without = Ta bort: { $name }
scope-title = Vilka artiklar får svara?
scope-help = Utan val gäller alla. Enskilda artiklar väljs på sidan med artiklar.
scope-search = Sök källa
scope-no-language = Okänt språk
scope-first = Första dagen
scope-last = Sista dagen
scope-date-hint = Till exempel 2024, 2024-11 eller 2024-11-20. Artiklar utan datum lämnas utanför.
scope-backwards = Den första dagen kommer efter den sista.
scope-no-date = Det här är inte ett datum.
scope-clear = Alla artiklar
scope-apply = Använd urvalet
