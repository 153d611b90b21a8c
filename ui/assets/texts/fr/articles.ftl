# The place of the articles: the table, corrections, removing.

articles-search = Chercher un titre, une source, un fichier
articles-add = Ajouter des articles
articles-none = Il n’y a pas encore d’articles
articles-none-help = Ajoutez des fichiers, des pages web ou un flux, puis posez vos questions.
articles-not-found = Aucun article ne contient tous ces mots dans son titre, sa source, sa langue, son fichier ou son adresse.
articles-title = Titre
articles-source = Source
articles-date = Date
articles-language = Langue
articles-passages = Passages
articles-sort = Trier par : { $name }
articles-count-passages =
    { $count ->
        [one] { $count } passage
       *[other] { $count } passages
    }
articles-ready = Lus d’avance
articles-ready-why = Passages que le modèle a lus d’avance : les questions qui portent sur eux reçoivent une réponse plus vite.
articles-ready-all = tous
articles-ready-some = { $ready } sur { $total }
articles-ready-narrow = lus d’avance : { $ready }
articles-actions = Actions
articles-also =
    { $count ->
        [one] et à { $count } autre endroit
       *[other] et à { $count } autres endroits
    }
articles-pick = Sélectionner { $title }
articles-pick-all = Sélectionner toute la page
articles-picked = Articles sélectionnés
articles-selected = Sélection : { $count }
articles-ask-these = N’interroger que ceux-ci
articles-clear = Effacer la sélection
articles-edit = Corriger
articles-edit-one = Corriger { $title }
articles-remove = Retirer
articles-remove-one = Retirer { $title }
articles-removed =
    { $count ->
        [one] { $count } article a été retiré.
       *[other] { $count } articles ont été retirés.
    }
articles-edited = L’article a été corrigé.
articles-undone = Tout est de nouveau comme avant.
articles-not-undone = Cela ne peut plus être annulé.
articles-pages = Pages du tableau
articles-page = Page { $page } sur { $pages }
articles-page-before = Précédente
articles-page-after = Suivante
articles-found = { $found } articles sur { $total }
articles-edit-title = Ce que l’on sait de l’article
articles-edit-help = Les corrections restent quand le fichier est relu. Un champ vide veut dire que l’on ne sait pas.
articles-as-read = Revenir à ce qui a été lu
articles-hint-date = Par exemple 2024, 2024-11 ou 2024-11-20
articles-hint-language = Deux lettres, par exemple en, fr, sv ou vi
articles-field-title = Titre
articles-field-source = Source
articles-field-date = Date
articles-field-language = Langue
articles-field-author = Auteur
articles-field-rubric = Rubrique
articles-field-url = Adresse
articles-field-modified = Dernière modification

# Adding.

adding-files = Fichiers
adding-drop = Choisissez des fichiers ou déposez-les ici
adding-kinds = Texte, Markdown, pages web, PDF, Word, OpenDocument, RTF, EPUB, courriels, JSON, CSV, ZIP, etc. Dossier garde une copie de chacun.
adding-web = Depuis le web
adding-pages = Pages
adding-feed = Flux
adding-sitemap = Site entier
adding-addresses = Adresses, une par ligne
adding-add = Ajouter
adding-sending = Envoi des fichiers : { $done } sur { $total }
adding-not-sent = { $name } n’a pas pu être envoyé.
adding-not-kept = Le fichier n’a pas pu être gardé. Le disque est-il plein ?
adding-no-address = Ce n’est pas l’adresse d’une page web.
adding-waiting = En attente : d’autres articles sont en train d’être ajoutés
adding-looking = Recherche de ce qui peut être ajouté
adding-busy = Ajout : { $done } sur { $total }
adding-over = Terminé
adding-stopped = Arrêté
adding-stop = Arrêter
adding-added = ajouté
adding-replaced = remplacé
adding-unchanged = déjà présent
adding-moved = déplacé
adding-removed = retiré
adding-problem = problème
adding-count-added =
    { $count ->
        [one] { $count } ajouté
       *[other] { $count } ajoutés
    }
adding-count-replaced =
    { $count ->
        [one] { $count } remplacé
       *[other] { $count } remplacés
    }
adding-count-unchanged =
    { $count ->
        [one] { $count } déjà présent
       *[other] { $count } déjà présents
    }
adding-count-problem =
    { $count ->
        [one] { $count } problème
       *[other] { $count } problèmes
    }
adding-followed = Flux et sites suivis
adding-feed-pages =
    { $count ->
        [one] { $count } page
       *[other] { $count } pages
    }
adding-again = Chercher de nouveaux articles
adding-unfollow = Ne plus suivre
adding-unfollow-one = Ne plus suivre { $name }
articles-lost = La connexion avec Dossier est perdue. Tourne-t-il encore dans son terminal ?
