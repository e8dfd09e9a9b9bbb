# Read by the other scripts: where the project is, how to say what is wrong, and how to install Debian packages.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() {
    printf '\033[1m%s\033[0m\n' "$*" >&2
}

fail() {
    printf '\n%s\n' "$*" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

# install_debian PACKAGE...: install what is missing; fails where this is not a Debian or nobody may.
install_debian() {
    command -v apt-get > /dev/null || return 1
    [ "$(id -u)" = 0 ] || sudo -n true 2> /dev/null || return 1
    say "Installing Debian packages: $*"
    as_root apt-get update -qq || return 1
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" > /dev/null
}

# checksum FILE...: one sum over the content of all.
checksum() {
    cat "$@" 2> /dev/null | sha256sum | cut -d ' ' -f 1
}
