"""Set-up keeps its promises: it says what it does, goes on where it was cut off, and is quick when done.

The script runs for real in a copy of the project's frame; Python, pip and the compilers are fakes that write down
how they were called.
"""

import fcntl
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOOLS = "bash basename cat cksum cut dirname flock grep make mkdir mv nproc rm sed sh".split()  # noqa: SIM905 - reads better
"""All that set-up needs beside Python and a compiler; without flock, which a Mac lacks, it does not take turns."""

FAKE_PYTHON = r'''#!{python} -S
"""A Python whose pip installs nothing: what it "installs" lies in $FAKE_STATE/site."""
import json, os, signal, sys
from pathlib import Path

state = Path(os.environ["FAKE_STATE"])
site = state / "site"
args = sys.argv[1:]


def flag(name):
    """Whether the test set this flag; it holds once."""
    there = (state / name).exists()
    (state / name).unlink(missing_ok=True)
    return there


def install(name, version):
    folder = site / f"{{name.replace('-', '_')}}-{{version}}.dist-info"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {{name}}\nVersion: {{version}}\n")
    (folder / "RECORD").write_text(f"{{folder.name}}/METADATA,,\n")


def pip(args):
    if args == ["--version"]:
        version = state / "pip"
        print(f"pip {{version.read_text() if version.exists() else '20.0'}} from somewhere (python 3)")
        return
    shown = " ".join(arg for arg in args if arg != "--quiet")
    with (state / "log").open("a") as log:
        names = ("CMAKE_ARGS", "CMAKE_BUILD_PARALLEL_LEVEL")
        print(shown, *[f"{{name}}={{os.environ[name]}}" for name in names if name in os.environ], file=log)
    if "--dry-run" in args:
        needs = (state / "torch-needs").read_text().split() if (state / "torch-needs").exists() else []
        print(json.dumps({{"install": [{{"metadata": {{"requires_dist": needs}}}}]}}))
    elif args[:2] == ["cache", "list"]:
        if (state / "kept").exists():
            print((state / "kept").read_text())
    elif args[:2] == ["cache", "remove"]:
        flag("kept")
        flag("other-processor")
    elif args[0] == "uninstall":
        pass
    elif args[-1].startswith("pip=="):
        (state / "pip").write_text(args[-1].removeprefix("pip=="))
    elif "--requirement" in args:
        (site / "llama_cpp.py").write_text("")
        if flag("cut-off"):
            sys.exit(1)
    elif "==" in args[-1]:
        install(*args[-1].split("=="))


if args[:2] == ["-m", "venv"]:
    folder = Path(args[-1]) / "bin"
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in (("python", Path(__file__)), ("dossier", state / "dossier")):
        (folder / name).write_text(source.read_text())
        (folder / name).chmod(0o755)
    with (state / "log").open("a") as log:
        print("venv", file=log)
elif args[:2] == ["-m", "pip"]:
    pip(args[2:])
elif args and args[0].endswith("check_llama.py"):
    if (state / "other-processor").exists():
        os.kill(os.getpid(), signal.SIGILL)
elif args[:1] == ["-c"] and "version_info" in args[1] and (state / "old").exists():
    sys.exit(1)
elif args[:1] == ["-c"] and "ensurepip" in args[1] and (state / "no-venv").exists():
    sys.exit(1)
else:
    os.environ["PYTHONPATH"] = str(site)
    os.execv("{python}", ["{python}", "-S", *args])
'''

FAKE_DOSSIER = """#!{bash}
printf 'dossier' >> "$FAKE_STATE/log"
printf ' <%s>' "$@" >> "$FAKE_STATE/log"
printf '\\n' >> "$FAKE_STATE/log"
"""


@dataclass
class Machine:
    """A machine with a copy of the project's frame and nothing set up."""

    project: Path
    bin: Path
    state: Path

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": str(self.bin), "HOME": str(self.state), "FAKE_STATE": str(self.state), "LC_ALL": "C"}
        return subprocess.run(
            command, cwd=self.project, env=environment, capture_output=True, text=True, timeout=60, check=False
        )

    def setup(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run(".ci/setup.sh", *(arguments or ("packages",)))

    def set_up(self) -> None:
        """Set up as a beginning for what is tested, and forget how."""
        assert self.setup().returncode == 0
        (self.state / "log").unlink(missing_ok=True)

    def say(self, flag: str, text: str = "") -> None:
        (self.state / flag).write_text(text)

    @property
    def log(self) -> list[str]:
        path = self.state / "log"
        return path.read_text().splitlines() if path.exists() else []

    def logged(self, text: str) -> list[str]:
        return [line for line in self.log if text in line]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return new_machine(tmp_path)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """A machine that is set up, for tests of what comes afterwards."""
    made = new_machine(tmp_path_factory.mktemp("ready"))
    made.set_up()
    return made


def new_machine(root: Path) -> Machine:
    made = Machine(root / "my dossier", root / "bin", root / "state")
    for folder in (made.project, made.bin, made.state / "site"):
        folder.mkdir(parents=True)
    shutil.copytree(ROOT / ".ci", made.project / ".ci")
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, made.project)
    (made.project / "documents/samples").mkdir(parents=True)
    for tool in TOOLS:
        path = shutil.which(tool)
        assert path or tool == "flock", tool
        if path:
            (made.bin / tool).symlink_to(path)
    (made.bin / "env").symlink_to("/usr/bin/env")
    _program(made.bin / "python3", FAKE_PYTHON.format(python=Path(sys.executable).resolve()))
    _program(made.bin / "c++", "#!/bin/sh\n")
    _program(made.state / "dossier", FAKE_DOSSIER.format(bash=shutil.which("bash")))
    return made


def _program(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


def pins(path: Path) -> dict[str, str]:
    """Package names and versions of a lock file."""
    lines = [line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines()]
    return dict(line.split("==") for line in lines if line)


LOCKED = pins(ROOT / "requirements.lock")
LLAMA = f"llama-cpp-python=={LOCKED['llama-cpp-python']}"


def test_a_fresh_machine_is_set_up_in_order(machine: Machine) -> None:
    done = machine.setup("models", "small-model")
    assert done.returncode == 0, done.stderr
    steps = ("venv", f"pip=={LOCKED['pip']}", LLAMA, "--requirement", "--editable", "<models> <pull>")
    places = [next(i for i, line in enumerate(machine.log) if step in line) for step in steps]
    assert places == sorted(places)
    assert machine.log[-2:] == ["dossier <models> <pull>", "dossier <models> <pull> <small-model>"]


def test_llama_is_compiled_from_source_without_images_on_every_core(machine: Machine) -> None:
    done = machine.setup()
    (line,) = machine.logged(
        f"install --no-deps --no-binary llama-cpp-python --build-constraint .ci/build.lock {LLAMA}"
    )
    assert "-DLLAVA_BUILD=OFF" in line
    assert "CMAKE_BUILD_PARALLEL_LEVEL=" in line
    assert "Compiling llama-cpp-python" in done.stdout
    assert "minutes on" in done.stdout
    assert "answers come sooner" in done.stdout


def test_a_second_run_does_nothing_and_is_quick(machine: Machine) -> None:
    machine.set_up()
    start = time.monotonic()
    done = machine.setup()
    assert time.monotonic() - start < 5
    assert (done.returncode, done.stdout, done.stderr, machine.log) == (0, "", "", [])


def test_a_changed_file_is_installed_but_not_compiled_again(machine: Machine) -> None:
    for name in ("requirements.lock", ".ci/build.lock", "pyproject.toml"):
        machine.set_up()
        with (machine.project / name).open("a", encoding="utf-8") as file:
            file.write("# changed\n")
        assert machine.setup().returncode == 0
        assert machine.logged("--requirement requirements.lock")
        assert not machine.logged("--no-binary")
        assert not machine.logged("venv")


def test_without_a_compiler_it_says_what_to_install_before_it_downloads(machine: Machine) -> None:
    (machine.bin / "c++").unlink()
    done = machine.setup()
    assert done.returncode == 1
    assert "no C++ compiler was found" in done.stderr
    assert "apt-get install g++" in done.stderr
    assert not machine.logged("--requirement")
    assert not (machine.project / ".venv/dossier-setup").exists()


def test_what_pip_compiled_before_needs_no_compiler(machine: Machine) -> None:
    (machine.bin / "c++").unlink()
    machine.say("kept", f"/cache/llama_cpp_python-{LOCKED['llama-cpp-python']}-py3-none-linux_x86_64.whl")
    done = machine.setup()
    assert done.returncode == 0, done.stderr
    assert "pip compiled in an earlier set-up" in done.stdout


def test_what_was_compiled_for_another_processor_is_compiled_again(machine: Machine) -> None:
    machine.say("kept", f"/cache/llama_cpp_python-{LOCKED['llama-cpp-python']}-py3-none-linux_x86_64.whl")
    machine.say("other-processor")
    done = machine.setup()
    assert done.returncode == 0, done.stderr
    assert "does not run on this processor" in done.stdout
    assert machine.logged("cache remove llama_cpp_python")
    assert len(machine.logged("--no-binary")) == 2


def test_a_set_up_that_was_cut_off_goes_on(machine: Machine) -> None:
    machine.say("cut-off")
    done = machine.setup()
    assert done.returncode != 0
    assert "Set-up stopped at: Installing the Python packages" in done.stderr
    assert not (machine.project / ".venv/dossier-setup").exists()
    (machine.state / "log").unlink()
    assert machine.setup().returncode == 0
    assert machine.logged("--requirement")
    assert not machine.logged("--no-binary"), "compiled twice"
    assert not machine.logged("venv"), "made .venv twice"


@pytest.mark.skipif(not shutil.which("flock"), reason="this system has no flock")
def test_two_set_ups_in_one_folder_take_turns(machine: Machine) -> None:
    (machine.project / ".dossier").mkdir()
    with (machine.project / ".dossier/setup.lock").open("w") as lock, ThreadPoolExecutor() as pool:
        fcntl.flock(lock, fcntl.LOCK_EX)
        other = pool.submit(machine.setup)
        time.sleep(1)
        assert machine.log == []
        fcntl.flock(lock, fcntl.LOCK_UN)
        done = other.result()
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("==> Another set-up is running in this folder")


def test_a_half_installed_package_is_installed_again(machine: Machine) -> None:
    machine.say("cut-off")
    machine.setup()
    half = machine.state / "site/numpy-2.0.dist-info"
    half.mkdir()
    (half / "METADATA").write_text("Metadata-Version: 2.1\nName: numpy\nVersion: 2.0\n")
    done = machine.setup()
    assert done.returncode == 0, done.stderr
    assert machine.logged("install --no-deps --ignore-installed --constraint requirements.lock numpy==2.0")


def test_a_broken_venv_is_made_again(machine: Machine) -> None:
    machine.set_up()
    (machine.project / ".venv/bin/python").unlink()
    assert machine.setup().returncode == 0
    assert machine.logged("venv")


@pytest.mark.parametrize(
    ("flag", "problem", "remedy"),
    [
        ("old", "Python 3.11 or later was not found", "apt-get install python3 python3-venv"),
        ("no-venv", "has no venv module", "apt-get install python3-venv"),
    ],
)
def test_an_unfit_python_is_named_with_its_remedy(machine: Machine, flag: str, problem: str, remedy: str) -> None:
    machine.say(flag)
    done = machine.setup()
    assert done.returncode == 1
    assert problem in done.stderr
    assert remedy in done.stderr


@pytest.mark.parametrize(("needs", "warned"), [("numpy nvidia-cudnn-cu13==9.1", True), ("numpy sympy", False)])
def test_the_large_torch_is_announced(machine: Machine, needs: str, warned: bool) -> None:
    machine.say("torch-needs", needs)
    done = machine.setup()
    assert done.returncode == 0, done.stderr
    assert ("torch for the CPU" in done.stdout) == warned


@pytest.mark.parametrize("name", ["plain", "two words", 'it\'s $HOME "quoted"; rm -r x', "-dash"])
def test_a_folder_of_any_name_is_opened(ready: Machine, name: str) -> None:
    articles = ready.project / name
    articles.mkdir()
    done = ready.run("make", "chat", f"ARTICLES={name}")
    assert done.returncode == 0, done.stderr
    add, chat = ready.log[-2:]
    library = chat.removeprefix("dossier <chat> <--library> ").strip("<>")
    assert add == f"dossier <add> <{articles}> <--library> <{library}>"
    assert library.startswith(f".dossier/{name}-")


def test_two_folders_of_one_name_have_two_libraries(ready: Machine) -> None:
    for place in ("a", "b"):
        (ready.project / place / "news").mkdir(parents=True)
        assert ready.run("make", "chat", f"ARTICLES={place}/news").returncode == 0
    assert len({line for line in ready.logged("<chat>") if "/news-" in line}) == 2


def test_the_samples_are_the_default(ready: Machine) -> None:
    assert ready.run("make", "chat").returncode == 0
    assert ready.log[-2:] == [
        "dossier <add> <documents/samples> <--library> <.dossier/samples>",
        "dossier <chat> <--library> <.dossier/samples>",
    ]


def test_a_folder_that_is_not_there_is_said_to_be_missing(ready: Machine) -> None:
    done = ready.run("make", "chat", "ARTICLES=nowhere")
    assert done.returncode != 0
    assert 'There is no file or folder "nowhere".' in done.stderr


def test_make_alone_lists_the_targets(ready: Machine) -> None:
    listed = ready.run("make").stdout
    for target in ("setup", "chat", "test", "lint", "format", "eval", "bench"):
        assert f"make {target} " in listed
