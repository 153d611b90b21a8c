#!/usr/bin/env bash
# Writes requirements.lock (what is installed) and .ci/build.lock (what compiles llama-cpp-python), keeping the
# versions that are there. Arguments go to pip-compile: --upgrade, or --upgrade-package NAME.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# pip-compile does not read dependency groups: write one out as a requirements file.
group() {
  .venv/bin/python - "$1" <<'PYTHON'
import sys, tomllib

with open("pyproject.toml", "rb") as file:
    print(*tomllib.load(file)["dependency-groups"][sys.argv[1]], sep="\n")
PYTHON
}

# Only names and versions go into the lock: no address or folder of the machine that wrote it.
compile() {
  .venv/bin/pip-compile --quiet --allow-unsafe --strip-extras --no-header --annotation-style line \
    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options "$@"
}

# torch's builds for the CPU and for CUDA share a version, told apart by a local tag that the package index does
# not know; the CUDA one brings packages that a CPU does not need.
clean() {
  sed -E -e '/^(nvidia-|cuda-|triton==)/d' -e 's/^(torch==[0-9.]+)\+[a-z0-9]+/\1/' \
    -e "s#-r [^ ,]*/([a-z]+)\.in#dossier (pyproject.toml, group \1)#g" -e '/^# The following packages/d' -e '/^$/d'
}

write() {
  local target=$1 title=$2
  {
    printf '# %s\n# Written by make lock; change pyproject.toml instead.\n' "$title"
    clean <"$scratch/out"
  } >"$target"
}

for name in dev build; do group "$name" >"$scratch/$name.in"; done

cp requirements.lock "$scratch/out" 2>/dev/null || true
compile "$@" --output-file "$scratch/out" pyproject.toml "$scratch/dev.in"
write requirements.lock "Every package that set-up installs, pinned."

cp .ci/build.lock "$scratch/out" 2>/dev/null || : >"$scratch/out"
compile "$@" --output-file "$scratch/out" "$scratch/build.in"
write .ci/build.lock "What compiles llama-cpp-python, pinned; pip fetches it for that alone."
