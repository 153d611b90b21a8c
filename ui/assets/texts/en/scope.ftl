# Which articles a question is asked of.

scope-name = Scope
scope-open = Scope
scope-all = All articles
scope-from = from { $date }
scope-to = until { $date }
scope-articles =
    { $count ->
        [one] { $count } article
       *[other] { $count } articles
    }
scope-without = Take away: { $name }
scope-title = Which articles may answer?
scope-help = Nothing chosen means all of them. Single articles are picked in the place of the articles.
scope-search = Search sources
scope-no-language = Language not known
scope-first = First day
scope-last = Last day
scope-date-hint = Like 2024, 2024-11 or 2024-11-20. Articles without a date are left out.
scope-backwards = The first day comes after the last.
scope-no-date = This is not a date.
scope-clear = All articles
scope-apply = Use this scope
