# La conversation, ce qui a été trouvé et la liste des conversations.

chat-new = Nouvelle conversation
chat-question = Question
chat-question-hint = Interrogez vos articles
chat-ask = Demander
chat-stop = Arrêter
chat-list = Conversations
chat-welcome = Que voulez-vous savoir ?
chat-welcome-languages = Posez votre question dans n’importe quelle langue. La réponse vient dans la vôtre, les citations dans celle des articles.
chat-welcome-quotes = Chaque phrase repose sur une citation numérotée. Ouvrez-la pour lire les mots à leur place.
chat-suggestions = Pour commencer
chat-empty = Il n’y a pas encore d’articles
chat-empty-help = Ajoutez-en dans Articles, ou ajoutez un fichier, un dossier ou une page web dans un terminal :
chat-about = Que disent les articles à propos de « { $name } » ?
chat-editing = La question dans le champ remplace la question { $number } et ce qui la suit.
chat-quote = Citation { $number }
chat-searching = Recherche dans les articles
chat-ahead =
    { $count ->
        [one] { $count } question passe avant celle-ci
       *[other] { $count } questions passent avant celle-ci
    }
chat-reading-found = Lecture de ce qui a été trouvé
chat-reading-on = Rien de confirmé jusqu’ici ; la lecture continue
chat-left-out =
    { $count ->
        [one] { $count } phrase a été écartée : aucun passage trouvé ne l’étaye
       *[other] { $count } phrases ont été écartées : aucun passage trouvé ne les étaye
    }
chat-left-out-care = Le modèle a écrit ceci. Cela peut être faux.
chat-left-out-one = Écarté :
chat-not-in-quote = absent de la citation : { $facts }
chat-no-quote = aucune citation ne l’étaye
chat-supported =
    { $all ->
        [one] { $supported } phrase sur { $all } est étayée
       *[other] { $supported } phrases sur { $all } sont étayées
    }
chat-nearest = Passages les plus proches
chat-stopped = Arrêté.
chat-first-word = Premier mot au bout de { $seconds } s, réponse complète au bout de { $all } s
chat-took = Réponse complète au bout de { $all } s
chat-tools = Que faire de la réponse { $number }
chat-copy-text = En texte
chat-copy-markdown = En Markdown
chat-copy-html = En HTML
chat-again = Reposer la question
chat-edit = Modifier la question
chat-thumb-up = Bonne réponse
chat-thumb-down = Mauvaise réponse
chat-note = Pourquoi ? (facultatif)
chat-noted = Conservé

sources-title = Sources
sources-of = Sources de la question { $number }
sources-quotes = Citations
sources-nearest = Passages les plus proches
sources-nearest-note = Ils ne contiennent pas la réponse, pour autant qu’on ait pu le vérifier.
sources-found = Trouvé dans les articles
sources-none = Aucun passage n’est proche de cette question.
sources-empty = Ici apparaissent ce qui a été trouvé pour une question et les citations sur lesquelles repose la réponse.
sources-back = Retour à la réponse

drawer-search = Chercher une conversation
drawer-none = Les conversations sont conservées ici.
drawer-none-found = Aucune conversation ne contient ces mots.
drawer-questions =
    { $count ->
        [one] { $count } question
       *[other] { $count } questions
    }
drawer-name = Nom de la conversation
drawer-more = Autres actions pour « { $title } »
drawer-more-short = Plus
drawer-rename = Renommer
drawer-export-text = Exporter en texte
drawer-export-markdown = Exporter en Markdown
drawer-export-html = Exporter en HTML
drawer-delete = Supprimer
drawer-deleted = « { $title } » a été supprimée.
