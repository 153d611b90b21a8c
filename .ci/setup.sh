#!/usr/bin/env bash
# Makes .venv from the lock file and fetches the models. Called by make; safe to run again at any time.
#
#   .ci/setup.sh packages           the Python packages alone
#   .ci/setup.sh models [NAME...]   the packages, the default models, and those named
#
# Every step looks whether its work is done already, and the stamp is written last, so that a set-up that was
# cut off goes on where it stopped.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly venv=.venv
readonly python=$venv/bin/python
readonly stamp=$venv/dossier-setup
readonly lock=requirements.lock
readonly build_lock=.ci/build.lock

# No report of what is installed or run goes anywhere.
export HF_HUB_DISABLE_TELEMETRY=1 GRADIO_ANALYTICS_ENABLED=False PIP_DISABLE_PIP_VERSION_CHECK=1

step="starting"

say() {
  step=$1
  printf '==> %s\n' "$1"
  shift
  if [ $# -gt 0 ]; then printf '    %s\n' "$@"; fi
}

stop() {
  trap - EXIT
  printf '\nSet-up cannot go on: %s\n' "$1" >&2
  shift
  if [ $# -gt 0 ]; then printf '  %s\n' "$@" >&2; fi
  exit 1
}

on_exit() {
  local status=$?
  if [ "$status" -ne 0 ]; then
    printf '\nSet-up stopped at: %s\nThe same command goes on from there.\n' "$step" >&2
  fi
}
trap on_exit EXIT

pip() { "$python" -m pip "$@"; }

# The version that the lock file gives a package.
pinned() { sed -n "s/^$1==\([^ ;]*\).*/\1/p" "$lock"; }

# Everything that the contents of .venv depend on. The folder is part of it because a virtual environment does
# not work from another place.
fingerprint() {
  "$1" - "$PWD" "$lock" "$build_lock" pyproject.toml .ci/setup.sh <<'PYTHON'
import hashlib, pathlib, sys

digest = hashlib.sha256(f"{sys.version} {sys.argv[1]}".encode())
for path in sys.argv[2:]:
    digest.update(pathlib.Path(path).read_bytes())
print(digest.hexdigest())
PYTHON
}

is_set_up() {
  [ -f "$stamp" ] && [ -x "$python" ] && [ "$(fingerprint "$python" 2>/dev/null)" = "$(cat "$stamp")" ]
}

is_recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

# Sets base to the Python that makes .venv: $PYTHON, or the first one that is recent enough.
find_python() {
  local candidate
  for candidate in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11; do
    if is_recent "$candidate"; then
      base=$candidate
      return
    elif [ "$candidate" = "${PYTHON:-}" ]; then
      break
    fi
  done
  stop "Python 3.11 or later was not found${PYTHON:+ as $PYTHON}." \
    "On Debian or Ubuntu:  apt-get install python3 python3-venv" \
    "If it is elsewhere:   make setup PYTHON=/path/to/python3"
}

make_venv() {
  if [ -x "$python" ] && "$python" -m pip --version >/dev/null 2>&1; then
    is_recent "$python" || stop ".venv was made with a Python older than 3.11." \
      "Remove the folder .venv and run this again."
    return
  fi
  local base
  find_python
  "$base" -c 'import ensurepip, venv' >/dev/null 2>&1 || stop "$base has no venv module." \
    "On Debian or Ubuntu:  apt-get install python3-venv"
  # --clear: a .venv whose Python or pip does not start is the rest of something cut off or moved.
  say "Making .venv"
  "$base" -m venv --clear "$venv"
}

install_pip() {
  local version
  version=$(pinned pip)
  case $(pip --version) in
    "pip $version "*) ;;
    *)
      say "Installing pip $version"
      pip install --quiet "pip==$version"
      ;;
  esac
}

repair() {
  local broken
  broken=$("$python" .ci/half_installed.py)
  if [ -n "$broken" ]; then
    say "Installing again what was cut off"
    # shellcheck disable=SC2086 # names and versions, one word each
    pip install --quiet --no-deps --ignore-installed --constraint "$lock" $broken
  fi
}

is_installed() {
  "$python" - "$1" "$2" <<'PYTHON' >/dev/null 2>&1
import importlib.metadata, sys

sys.exit(importlib.metadata.version(sys.argv[1]) != sys.argv[2])
PYTHON
}

cores() { nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1; }

# Measured: 6.6 minutes on two cores.
estimate() {
  local count
  count=$(cores)
  printf 'about %s minutes on %s cores' "$(((13 + count) / count))" "$count"
}

# Whether pip kept the library from an earlier set-up.
is_compiled_before() {
  pip cache list --format=abspath llama_cpp_python 2>/dev/null | grep -q "llama_cpp_python-$1-"
}

check_compiler() {
  local cxx
  for cxx in ${CXX:+"$CXX"} c++ g++ clang++; do
    if command -v "$cxx" >/dev/null 2>&1; then return; fi
  done
  stop "llama.cpp is compiled here, and no C++ compiler was found (c++, g++, clang++)." \
    "On Debian or Ubuntu:  apt-get install g++" \
    "On Fedora:            dnf install gcc-c++" \
    "On a Mac:             xcode-select --install" \
    "If it has another name, set CXX to it. CMake and Ninja need not be there: pip fetches them."
}

# AMX is left out: some virtual machines announce it and then stop the program that uses it.
without_amx() {
  local flags="-mno-amx-tile -mno-amx-int8 -mno-amx-bf16"
  # shellcheck disable=SC2086 # three flags
  if "${CXX:-c++}" $flags -x c++ -fsyntax-only /dev/null >/dev/null 2>&1; then
    printf "%s" "-DCMAKE_C_FLAGS='$flags' -DCMAKE_CXX_FLAGS='$flags'"
  fi
}

# LLAVA_BUILD=OFF leaves out the models that read images, which Dossier does not use: it halves the time.
compile_llama() {
  CMAKE_ARGS="-DLLAVA_BUILD=OFF -DGGML_NATIVE=ON $(without_amx) ${CMAKE_ARGS:-}" \
    CMAKE_BUILD_PARALLEL_LEVEL="${CMAKE_BUILD_PARALLEL_LEVEL:-$(cores)}" \
    pip install --no-deps --no-binary llama-cpp-python --build-constraint "$build_lock" \
    "llama-cpp-python==$1"
}

announce_compiling() {
  check_compiler
  say "Compiling llama-cpp-python $1 from its source: $(estimate)" \
    "Compiled on this machine it uses all that the processor can do, and answers come sooner." \
    "pip keeps the result: this is done once."
}

install_llama() {
  local version
  version=$(pinned llama-cpp-python)
  if is_installed llama-cpp-python "$version"; then
    step="checking llama.cpp"
    "$python" .ci/check_llama.py && return
  elif is_compiled_before "$version"; then
    say "Installing llama-cpp-python $version, which pip compiled in an earlier set-up" \
      "(If that was for another Python, pip compiles it again: $(estimate).)"
    compile_llama "$version"
    "$python" .ci/check_llama.py && return
  else
    announce_compiling "$version"
    compile_llama "$version"
    "$python" .ci/check_llama.py && return
    stop "llama.cpp was compiled here and still does not run: see above." \
      "Please report it with your compiler's version and your processor's name."
  fi
  say "The llama-cpp-python that pip kept does not run on this processor: it is compiled again"
  pip cache remove llama_cpp_python >/dev/null 2>&1 || true
  pip uninstall --quiet --yes llama-cpp-python
  announce_compiling "$version"
  compile_llama "$version"
  "$python" .ci/check_llama.py
}

# pip's own choice of torch on Linux is often the build for NVIDIA cards. Nothing breaks, but it is worth a word.
warn_of_cuda() {
  local version
  version=$(pinned torch)
  if is_installed torch "$version" || is_installed torch "$version+cpu"; then return; fi
  if pip install --dry-run --quiet --no-deps --report - "torch==$version" 2>/dev/null |
    "$python" -c 'import json, sys
needs = json.load(sys.stdin)["install"][0]["metadata"].get("requires_dist", [])
sys.exit(not any(need.startswith(("nvidia", "cuda")) for need in needs))' 2>/dev/null; then
    say "pip is about to fetch the torch for NVIDIA cards: several gigabytes more than the one for the CPU" \
      "Dossier does not need it. README.md, under \"torch for the CPU\", says how to get the small one:" \
      "stop this with Ctrl-C to do so, or let it run."
  fi
}

# Two set-ups in one folder would write over each other. (A Mac has no flock: there it is as it is.)
wait_for_others() {
  command -v flock >/dev/null 2>&1 || return 0
  mkdir -p .dossier
  exec 9>.dossier/setup.lock
  if ! flock --nonblock 9; then
    say "Another set-up is running in this folder: waiting for it"
    flock 9
  fi
}

install_packages() {
  if is_set_up; then return; fi
  wait_for_others
  if is_set_up; then return; fi
  rm -f "$stamp"
  make_venv
  install_pip
  repair
  install_llama
  warn_of_cuda
  say "Installing the Python packages of $lock (2 to 3 minutes once they are downloaded)"
  pip install --build-constraint "$build_lock" --requirement "$lock"
  say "Installing Dossier itself, as it stands in this folder"
  # setuptools warns at length of what an editable installation is.
  PYTHONWARNINGS=ignore pip install --quiet --no-deps --no-build-isolation --editable .
  step="checking llama.cpp"
  "$python" -c 'import llama_cpp'
  fingerprint "$python" >"$stamp.part"
  mv "$stamp.part" "$stamp"
  say "The packages are ready ($((SECONDS / 60)) min $((SECONDS % 60)) s)"
}

pull_models() {
  step="fetching the models"
  "$venv/bin/dossier" models pull
  if [ $# -gt 0 ]; then "$venv/bin/dossier" models pull "$@"; fi
}

case ${1:-} in
  packages)
    install_packages
    ;;
  models)
    shift
    install_packages
    pull_models "$@"
    ;;
  *)
    stop "use: .ci/setup.sh packages | models [NAME...]"
    ;;
esac
