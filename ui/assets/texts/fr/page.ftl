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
page-reading = Lecture anticipée : { $ready } passages sur { $total }
page-reading-why = Les questions sur les passages déjà lus reçoivent une réponse plus vite. Les autres peuvent être posées aussi.

model-loading = Le modèle est en cours de chargement.
model-left = Encore { $time } environ.
model-loading-ask = Vous pouvez déjà poser une question : elle attendra.
model-fetching = Téléchargement du modèle { $name } : { $share }.
model-absent = Le modèle { $name } n’est pas installé sur cette machine.
model-absent-help = Téléchargez-le dans les réglages : les questions en ont besoin.

copy = Copier
copied = Copié
undo = Annuler
cancel = Abandonner
save = Enregistrer
close = Fermer
unit-megabytes = Mo
unit-gigabytes = Go
unit-seconds =
    { $count ->
        [one] { $count } seconde
       *[other] { $count } secondes
    }
unit-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }

problem-details = Copier les détails
problem-details-copied = Détails copiés
problem-unexpected = Une erreur inattendue s’est produite.
problem-unexpected-help = Vous pouvez continuer. Le journal affiché dans le terminal en dit plus.

sign-in = Se connecter
sign-in-user = Nom d’utilisateur
sign-in-password = Mot de passe
sign-in-failed = Ce nom et ce mot de passe ne vont pas ensemble.
sign-in-as = Connecté sous le nom { $name }
sign-out = Se déconnecter
