# The reader of one article, and the cards of quotes.

reader-name = Lecture
reader-back = Retour aux sources
reader-close = Fermer l’article
reader-previous = Citation précédente
reader-next = Citation suivante
reader-count = { $at } sur { $all }
reader-wait = Ouverture de l’article…
reader-failed = L’article ne peut pas être ouvert pour le moment. Réessayez.
reader-changed = Le texte de l’article a changé depuis qu’il a été cité. Ces mots n’y figurent plus :
reader-gone = Cet article n’est plus dans la bibliothèque. Ce qui en a été cité :
reader-card-teaser = Annoncé à côté de
reader-place-same = Le même texte dans
reader-place-replaced = Remplace la version parue dans
reader-place-version = Une autre version dans
reader-link-open = Ouvrir sur
reader-link-file = Fichier
reader-section-headline = Titre
reader-section-teaser = Annonce d’un autre article
reader-section-caption = Légende
reader-section-other = En marge de l’article
