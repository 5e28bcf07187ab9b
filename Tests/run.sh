#!/bin/sh
# Sets up what is missing and runs everything that has to pass: format, build without warnings,
# tests, examples, and the check of our meshes by readers that are not ours.
set -eu
cd "$(dirname "$0")/.."

say() { printf '\n== %s\n' "$1"; }

say "system libraries"
Tests/install-libraries.sh assimp-utils python3-venv libgl1

say "format"
swift format lint --strict --recursive Package.swift Sources Tests Examples

# Warnings are errors here, and only here: a newer compiler must not break the build of a user.
export LAMINA_WARNINGS_ARE_ERRORS=1
say "build"
swift build -c release --build-tests
say "tests"
swift test -c release

say "examples"
bin="$(swift build -c release --show-bin-path)"
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
for example in MeasureNuclei CompareSimplification; do "$bin/$example"; done
"$bin/ExportForViewers" Examples/Data/nuclei.tif "$scratch/viewers"
"$bin/DrawNuclei" Examples/Data/nuclei.tif "$scratch/nuclei.png"

say "other readers"
venv=.build/mesh-readers
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check trimesh==5.2.0 numpy networkx scipy \
  pymeshlab==2025.7.post1
"$venv/bin/python" Tests/check_meshes.py "$bin/lamina" "$scratch"
"$venv/bin/python" Tests/check_deviation.py "$bin/lamina" "$scratch"

printf '\nall passed\n'
