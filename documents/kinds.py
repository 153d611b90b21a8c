"""The kinds of files that are read, by their suffixes."""

PLAIN = (".txt",)
MARKDOWN = (".md", ".markdown")
PAGES = (".html", ".htm", ".xhtml")
SAVED = (".mhtml", ".mht")
DOCUMENTS = (".pdf", ".docx", ".odt", ".rtf", ".epub")
RECORDS = (".json", ".jsonl", ".ndjson", ".csv", ".tsv")
SEVERAL = (".eml", ".zip", ".mbox", *RECORDS)  # may hold many articles
SUFFIXES = (*PLAIN, *MARKDOWN, *PAGES, *SAVED, *DOCUMENTS, *SEVERAL)

LARGE = (".pdf", ".docx", ".odt", ".epub", ".eml", ".mhtml", ".mht", ".zip", ".mbox")  # most of it pictures, or many
