#!/usr/bin/env bash
# Sets up, indexes the folder $ARTICLES, or the sample articles, and opens the chat on it. Called by make chat.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ -z "${ARTICLES:-}" ]; then
  articles=documents/samples
  library=.dossier/samples
else
  # Not every shell puts the home folder in after ARTICLES=.
  # shellcheck disable=SC2088 # a literal tilde is meant
  case $ARTICLES in
    "~" | "~/"*) ARTICLES=$HOME${ARTICLES#"~"} ;;
  esac
  if [ ! -e "$ARTICLES" ]; then
    printf 'There is no file or folder "%s".\n' "$ARTICLES" >&2
    exit 1
  fi
  if [ -d "$ARTICLES" ]; then
    articles=$(CDPATH='' cd -- "$ARTICLES" && pwd -P)
  else
    articles=$(CDPATH='' cd -- "$(dirname -- "$ARTICLES")" && pwd -P)/$(basename -- "$ARTICLES")
  fi
  # The number keeps two folders of one name, in different places, apart.
  library=.dossier/$(basename -- "$articles")-$(printf '%s' "$articles" | cksum | cut -d ' ' -f 1)
fi

.ci/setup.sh models  # takes minutes the first time: a folder that is not there was told of before
printf '==> Reading the articles in %s\n' "$articles"
# 3 says that some files could not be read, and which: the others can be asked all the same.
.venv/bin/dossier add "$articles" --library "$library" || [ $? -eq 3 ]
printf '==> Opening the chat (Ctrl-C ends it); the same in a terminal: .venv/bin/dossier ask "..." --library %s\n' "$library"
exec .venv/bin/dossier chat --library "$library"
