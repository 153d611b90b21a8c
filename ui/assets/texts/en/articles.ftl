# The place of the articles: the table, corrections, removing.

articles-search = Search titles, sources, files
articles-add = Add articles
articles-none = There are no articles yet
articles-none-help = Add files, web pages or a feed; then ask about them.
articles-not-found = No article holds all these words in its title, source, language, file or address.
articles-title = Title
articles-source = Source
articles-date = Date
articles-language = Language
articles-passages = Passages
articles-sort = Sort by: { $name }
articles-count-passages =
    { $count ->
        [one] { $count } passage
       *[other] { $count } passages
    }
articles-ready = Read ahead
articles-ready-why = Passages that the model has read ahead: questions about them are answered sooner.
articles-ready-all = all
articles-ready-some = { $ready } of { $total }
articles-ready-narrow = read ahead: { $ready }
articles-actions = Actions
articles-also =
    { $count ->
        [one] and in { $count } other place
       *[other] and in { $count } other places
    }
articles-pick = Select { $title }
articles-pick-all = Select all on this page
articles-picked = Selected articles
articles-selected = { $count } selected
articles-ask-these = Ask only these
articles-clear = Clear selection
articles-edit = Edit
articles-edit-one = Edit { $title }
articles-remove = Remove
articles-remove-one = Remove { $title }
articles-removed =
    { $count ->
        [one] { $count } article was removed.
       *[other] { $count } articles were removed.
    }
articles-edited = The article was corrected.
articles-undone = Everything is as it was before.
articles-not-undone = This can no longer be undone.
articles-pages = Pages of the table
articles-page = Page { $page } of { $pages }
articles-page-before = Previous
articles-page-after = Next
articles-found = { $found } of { $total } articles
articles-edit-title = What is known of the article
articles-edit-help = Corrections stay when the file is read again. An empty field says that it is not known.
articles-as-read = As it was read
articles-hint-date = Like 2024, 2024-11 or 2024-11-20
articles-hint-language = Two letters, like en, fr, sv or vi
articles-field-title = Title
articles-field-source = Source
articles-field-date = Date
articles-field-language = Language
articles-field-author = Author
articles-field-rubric = Section
articles-field-url = Address
articles-field-modified = Last changed

# Adding.

adding-files = Files
adding-drop = Choose files, or drop them here
adding-kinds = Text, Markdown, web pages, PDF, Word, OpenDocument, RTF, EPUB, e-mail, JSON, CSV, ZIP and more. Dossier keeps a copy of each.
adding-web = From the web
adding-pages = Pages
adding-feed = Feed
adding-sitemap = Whole site
adding-addresses = Addresses, one on each line
adding-add = Add
adding-sending = Sending files: { $done } of { $total }
adding-not-sent = { $name } could not be sent.
adding-not-kept = The file could not be kept. Is the disk full?
adding-no-address = This is not the address of a web page.
adding-waiting = Waiting until other articles have been added
adding-looking = Looking for what can be added
adding-busy = Adding: { $done } of { $total }
adding-over = Done
adding-stopped = Stopped
adding-stop = Stop
adding-added = added
adding-replaced = replaced
adding-unchanged = already there
adding-moved = moved
adding-removed = removed
adding-problem = problem
adding-count-added = { $count } added
adding-count-replaced = { $count } replaced
adding-count-unchanged = { $count } already there
adding-count-problem =
    { $count ->
        [one] { $count } problem
       *[other] { $count } problems
    }
adding-followed = Followed feeds and sites
adding-feed-pages =
    { $count ->
        [one] { $count } page
       *[other] { $count } pages
    }
adding-again = Look for new articles
adding-unfollow = Stop following
adding-unfollow-one = Stop following { $name }
articles-lost = The connection to Dossier is lost. Is it still running in its terminal?
