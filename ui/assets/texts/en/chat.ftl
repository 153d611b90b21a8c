# The conversation, what was found, and the list of conversations.

chat-new = New conversation
chat-question = Question
chat-question-hint = Ask your articles
chat-ask = Ask
chat-stop = Stop
chat-list = Conversations
chat-welcome = What do you want to know?
chat-welcome-languages = Ask in any language. The answer comes in yours, the quotes in the language of the articles.
chat-welcome-quotes = Each sentence stands on a numbered quote. Open it to read the words in their place.
chat-suggestions = To begin with
chat-empty = There are no articles yet
chat-empty-help = Add some in Articles, or a file, a folder or a web page in a terminal:
chat-about = What do the articles say about { $name }?
chat-editing = The question in the box replaces question { $number } and what came after it.
chat-quote = Quote { $number }
chat-searching = Searching the articles
chat-ahead =
    { $count ->
        [one] { $count } question is answered before this one
       *[other] { $count } questions are answered before this one
    }
chat-reading-found = Reading what was found
chat-reading-on = Nothing confirmed so far; reading on
chat-left-out =
    { $count ->
        [one] { $count } sentence was left out: no passage that was found supports it
       *[other] { $count } sentences were left out: no passage that was found supports them
    }
chat-left-out-care = The model wrote this. It may be wrong.
chat-left-out-one = Left out:
chat-not-in-quote = not in the quote: { $facts }
chat-no-quote = no quote supports it
chat-supported =
    { $all ->
        [one] { $supported } of { $all } sentence is supported
       *[other] { $supported } of { $all } sentences are supported
    }
chat-nearest = Nearest passages
chat-stopped = Stopped.
chat-first-word = First word after { $seconds } s, all after { $all } s
chat-took = All after { $all } s
chat-tools = What to do with answer { $number }
chat-copy-text = As text
chat-copy-markdown = As Markdown
chat-copy-html = As HTML
chat-again = Ask again
chat-edit = Edit the question
chat-thumb-up = Good answer
chat-thumb-down = Bad answer
chat-note = Why? (optional)
chat-noted = Kept

sources-title = Sources
sources-of = Sources of question { $number }
sources-quotes = Quotes
sources-nearest = Nearest passages
sources-nearest-note = They do not hold the answer, as far as could be checked.
sources-found = Found in the articles
sources-none = No passage is near this question.
sources-empty = What was found for a question stands here, and the quotes its answer rests on.
sources-back = Back to the answer

drawer-search = Search conversations
drawer-none = Conversations are kept here.
drawer-none-found = No conversation holds these words.
drawer-questions =
    { $count ->
        [one] { $count } question
       *[other] { $count } questions
    }
drawer-name = Name of the conversation
drawer-more = More for “{ $title }”
drawer-more-short = More
drawer-rename = Rename
drawer-export-text = Export as text
drawer-export-markdown = Export as Markdown
drawer-export-html = Export as HTML
drawer-delete = Delete
drawer-deleted = “{ $title }” was deleted.
