#!/bin/sh
# From a fresh machine with a Swift toolchain to a table and a mesh per nucleus, in one command:
#
#     Examples/quickstart.sh [FOLDER]
#
# Installs the system libraries that are missing, builds, and measures the sample stack.
set -eu
cd "$(dirname "$0")/.."
results="${1:-results}"

Tests/install-libraries.sh
swift build -c release --product lamina
lamina="$(swift build -c release --show-bin-path)/lamina"

"$lamina" measure Examples/Data/nuclei.tif --sigma 0.5 --min-volume 20 --fill-holes -o "$results" --force
echo "The meshes are in $results/meshes, the parameters in $results/run.json."
echo "The command is $lamina; see its --help."
