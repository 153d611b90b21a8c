# Which articles a question is asked of.

scope-name = Périmètre
scope-open = Périmètre
scope-all = Tous les articles
scope-from = à partir du { $date }
scope-to = jusqu’au { $date }
scope-articles =
    { $count ->
        [one] { $count } article
       *[other] { $count } articles
    }
scope-without = Enlever : { $name }
scope-title = Quels articles peuvent répondre ?
scope-help = Sans choix, tous. Des articles précis se choisissent sur la page des articles.
scope-search = Chercher une source
scope-no-language = Langue inconnue
scope-first = Premier jour
scope-last = Dernier jour
scope-date-hint = Par exemple 2024, 2024-11 ou 2024-11-20. Les articles sans date sont écartés.
scope-backwards = Le premier jour vient après le dernier.
scope-no-date = Ce n’est pas une date.
scope-clear = Tous les articles
scope-apply = Utiliser ce périmètre
