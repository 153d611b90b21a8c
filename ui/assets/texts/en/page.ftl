# The page around the three places, and what all of them say.

page-chat = Chat
page-articles = Articles
page-settings = Settings
page-skip = Skip to the question
page-holds =
    { $count ->
        [0] No articles
        [one] { $count } article
       *[other] { $count } articles
    }
page-reading = Reading ahead: { $ready } of { $total } passages
page-reading-why = Questions about passages that have been read are answered sooner. Others can be asked as well.

model-loading = The model is being loaded.
model-left = About { $time } left.
model-loading-ask = You can ask already: the question waits.
model-fetching = The model { $name } is being downloaded: { $share }.
model-absent = The model { $name } is not on this machine.
model-absent-help = Download it in Settings; questions need it.

copy = Copy
copied = Copied
undo = Undo
cancel = Cancel
save = Save
close = Close
unit-megabytes = MB
unit-gigabytes = GB
unit-seconds =
    { $count ->
        [one] { $count } second
       *[other] { $count } seconds
    }
unit-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }

# Why something could not be done. The exact words of the failure are among the details that can be copied.
problem-details = Copy details
problem-details-copied = Details copied
problem-unexpected = Something went wrong that Dossier does not know about.
problem-unexpected-help = You can go on. The log in the terminal says more.
problem-busy = Articles are being added or changed right now.
problem-busy-help = Wait until that is done, then try again.
problem-damaged = What the library has stored is damaged.
problem-damaged-help = Put back a copy of its folder, or add the articles again.
problem-empty = There are no articles yet.
problem-empty-help = Add some in Articles.
problem-mismatch = The library was made with another embedding model.
problem-mismatch-help = Start Dossier with the model that made it.
problem-library = The library cannot do that.
problem-library-help = The details say why.
problem-disk = What should be kept cannot be written.
problem-disk-help = Is the disk full? May the library’s folder be written to?
problem-fetch = The model could not be fetched.
problem-fetch-help = Is this machine connected to the network, and is there room on the disk?
problem-hash = What was fetched is not the model that was expected, and was not kept.
problem-hash-help = Try again. If it happens again, do not trust the source.
problem-model = The model could not be loaded or used.
problem-model-help = Close other programs if memory is short, or choose another model in Settings.
problem-article = This could not be read.
problem-article-help = It may be empty, protected, damaged or of a kind that Dossier does not know.
problem-question = The question is empty or too long.
problem-question-help = Write what you want to know, in fewer words. A long text can be added as an article.
problem-other = That did not work.
problem-other-help = The details say why.

sign-in = Sign in
sign-in-user = User name
sign-in-password = Password
sign-in-failed = This name and password do not belong together.
sign-in-as = Signed in as { $name }
sign-out = Sign out
