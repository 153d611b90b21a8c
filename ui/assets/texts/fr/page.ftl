page-title = Dossier
page-places = Rubriques
page-chat = Questions
page-articles = Articles
page-settings = Réglages
page-skip = Aller à la question
page-holds =
    { $count ->
        [0] Aucun article
        [one] { $count } article
       *[other] { $count } articles
    }
page-reading = Lecture anticipée : { $ready } passages sur { $total }
page-reading-why = Les questions sur les passages déjà lus reçoivent une réponse plus vite. Les autres peuvent être posées aussi.

model-loading = Le modèle est en cours de chargement.
model-loading-left = Le modèle est en cours de chargement ; encore { $seconds } s environ.
model-loading-ask = Vous pouvez déjà poser une question : elle attendra.
model-fetching = Téléchargement du modèle { $name } : { $done } sur { $total }.

copy = Copier
copied = Copié
undo = Annuler
cancel = Abandonner
save = Enregistrer
close = Fermer
unit-megabytes = Mo
unit-gigabytes = Go

problem-details = Copier les détails
problem-details-copied = Détails copiés
problem-unexpected = Une erreur inattendue s’est produite.
problem-unexpected-help = Vous pouvez continuer. Le journal affiché dans le terminal en dit plus.
problem-lost = La connexion avec Dossier est interrompue.
problem-lost-help = Dossier fonctionne-t-il toujours dans son terminal ? La page se reconnecte d’elle-même.
