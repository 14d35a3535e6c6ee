#!/bin/sh
# Make .venv with everything the other targets need. Quick when nothing has changed.
set -eu
cd "$(dirname "$0")/.."

# stamps: what was installed, and that Qt was seen to start
PACKAGES=.venv/packages.stamp
WINDOWS=.venv/windows.stamp
# Debian and Ubuntu: what PySide6-Essentials loads off screen, on X11, and for tests
LIBRARIES="libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0
fonts-dejavu-core libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1
libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-xkb1
libxkbcommon-x11-0 libxcb-xfixes0 libxcb-shm0 libxcb-sync1 xvfb xauth dbus"

say() { printf 'surefoot: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# the first Python that is new enough: the one asked for, or a newer one beside it
find_python() {
    for name in "${PYTHON:-python3}" python3 python3.13 python3.12 python3.11; do
        "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
        command -v "$name"
        return
    done
    got=$("${PYTHON:-python3}" -V 2>&1 || true)
    fail "expected Python 3.11 or newer, got ${got:-none}: install it, then make PYTHON=/path/to/python3"
}

# what the environment depends on: declared packages, this script, Python, the place
state() { { cat pyproject.toml tools/install.sh; "$1" -V; pwd; } | cksum; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }
}

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq "$@" >/dev/null </dev/null
}

apt_install() {
    apt_get update || say "apt-get update failed: going on with the lists that are here"
    apt_get install -y --no-install-recommends "$@" && return
    for package in "$@"; do  # one unknown name must not cost the others
        apt_get install -y --no-install-recommends "$package" 2>/dev/null ||
            say "no package $package here: going on without it"
    done
}

make_environment() {
    "$1" -c 'import ensurepip, venv' 2>/dev/null || {
        may_install || fail "expected the venv module, got none: sudo apt-get install python3-venv"
        say "installing python3-venv"
        version=$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        apt_install python3-venv "$version"
    }
    usable "$1" && return
    rm -rf .venv
    "$1" -m venv .venv || fail "could not make .venv with $1: see the lines above"
}

# of this Python, and made here: a moved environment calls its old place
usable() {
    [ "$(.venv/bin/python -V 2>/dev/null)" = "$("$1" -V)" ] && grep -q "$(pwd)/.venv/" .venv/bin/pip 2>/dev/null
}

missing_libraries() {
    command -v dpkg-query >/dev/null || return 0
    for package in $LIBRARIES; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -q '^installed' || printf '%s ' "$package"
    done
}

qt_starts() {
    QT_QPA_PLATFORM=offscreen .venv/bin/python -c \
        'from PySide6 import QtWidgets; QtWidgets.QApplication([])' >/dev/null 2>&1
}

install_libraries() {
    missing=$(missing_libraries)
    if [ -n "$missing" ] && may_install; then
        say "installing system libraries for the windows"
        # shellcheck disable=SC2086  # a list of names
        apt_install $missing
    fi
    qt_starts && return
    # shellcheck disable=SC2086
    say "the windows cannot start, everything else works: sudo apt-get install -y $(echo ${missing:-$LIBRARIES})"
    return 1
}

install_packages() {
    make_environment "$1"
    say "installing packages into .venv (the first time about 250 MB and some minutes)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input -e '.[dev]' ||
        fail "pip could not install the packages: see the lines above, then make install again"
}

python=$(find_python) || exit 1
now=$(state "$python")
if [ ! -x .venv/bin/surefoot ] || [ "$(cat $PACKAGES 2>/dev/null)" != "$now" ]; then
    install_packages "$python"
    echo "$now" > $PACKAGES
fi
if [ ! -e $WINDOWS ] && install_libraries; then : > $WINDOWS; fi
