#!/bin/sh
# Installs the system libraries that Lamina links to, where they are missing.
# Further arguments are Debian packages to install as well (the tests need some).
set -eu

missing=""
need() { # pkg-config name, Debian package
  pkg-config --exists "$1" 2>/dev/null || missing="$missing $2"
}
command -v pkg-config >/dev/null 2>&1 || missing="$missing pkg-config"
need libtiff-4 libtiff-dev
need assimp libassimp-dev
need libpng libpng-dev
need libcrypto libssl-dev
need expat libexpat1-dev
need blosc libblosc-dev
need libzstd libzstd-dev
need zlib zlib1g-dev
for package in "$@"; do
  dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if command -v apt-get >/dev/null 2>&1; then
  echo "installing:$missing"
  root=""
  [ "$(id -u)" -eq 0 ] || root="sudo"
  $root apt-get update -qq
  # shellcheck disable=SC2086  # a list of words
  DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends $missing >/dev/null
elif command -v brew >/dev/null 2>&1; then
  brew install libtiff assimp libpng openssl expat c-blosc zstd zlib pkg-config
else
  echo "please install:$missing (Debian's names)" >&2
  exit 1
fi
