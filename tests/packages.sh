# shellcheck shell=bash
# Debian packages that tests need, sourced by what runs them. Errors are explained on stderr.

# install_packages PACKAGE…
install_packages() {
    local sudo=()
    if ! command -v apt-get >/dev/null; then
        echo "Install $* and try again." >&2
        return 1
    fi
    if [ "$(id -u)" != 0 ]; then
        if ! sudo -n true 2>/dev/null; then
            echo "Run 'sudo apt-get install $*' and try again." >&2
            return 1
        fi
        sudo=(sudo -n)
    fi
    echo "installing Debian's $*"
    "${sudo[@]}" apt-get update -qq &&
        "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# What sets another clock under a process.
install_faketime() {
    compgen -G '/usr/lib/*/faketime/libfaketimeMT.so.1' >/dev/null || install_packages libfaketime
}
