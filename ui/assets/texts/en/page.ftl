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

sign-in = Sign in
sign-in-user = User name
sign-in-password = Password
sign-in-failed = This name and password do not belong together.
sign-in-as = Signed in as { $name }
sign-out = Sign out
