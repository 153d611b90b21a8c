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
problem-busy = Des articles sont en train d’être ajoutés ou modifiés.
problem-busy-help = Attendez que ce soit fini, puis réessayez.
problem-damaged = Ce que la bibliothèque a enregistré est endommagé.
problem-damaged-help = Remettez une copie de son dossier, ou ajoutez de nouveau les articles.
problem-empty = Il n’y a pas encore d’articles.
problem-empty-help = Ajoutez-en dans Articles.
problem-mismatch = La bibliothèque a été créée avec un autre modèle de plongement.
problem-mismatch-help = Lancez Dossier avec le modèle qui l’a créée.
problem-library = La bibliothèque ne peut pas faire cela.
problem-library-help = Les détails disent pourquoi.
problem-disk = L’enregistrement sur le disque est impossible.
problem-disk-help = Le disque est-il plein ? Le dossier de la bibliothèque est-il accessible en écriture ?
problem-fetch = Le modèle n’a pas pu être téléchargé.
problem-fetch-help = Cette machine est-elle connectée au réseau, et reste-t-il de la place sur le disque ?
problem-hash = Ce qui a été téléchargé n’est pas le modèle attendu et n’a pas été gardé.
problem-hash-help = Réessayez. Si cela se reproduit, ne vous fiez pas à cette source.
problem-model = Le modèle n’a pas pu être chargé ou utilisé.
problem-model-help = Fermez d’autres programmes si la mémoire manque, ou choisissez un autre modèle dans Réglages.
problem-article = La lecture a échoué.
problem-article-help = Le contenu est peut-être vide, protégé, endommagé ou d’un type que Dossier ne connaît pas.
problem-question = La question est vide ou trop longue.
problem-question-help = Écrivez ce que vous voulez savoir, en moins de mots. Un long texte peut être ajouté comme article.
problem-other = L’opération a échoué.
problem-other-help = Les détails disent pourquoi.

sign-in = Se connecter
sign-in-user = Nom d’utilisateur
sign-in-password = Mot de passe
sign-in-failed = Ce nom et ce mot de passe ne vont pas ensemble.
sign-in-as = Connecté sous le nom { $name }
sign-out = Se déconnecter
