#!/bin/sh
# Fuzzes the readers of files with libFuzzer, from the seeds in Tests/Fuzz/seeds.
#
#   Tests/fuzz.sh [RUNS [FORMAT...]]     RUNS inputs for each format (default 20000)
#
# What makes a reader crash, hang or take too much memory is left in .build/fuzz-findings.
set -eu
cd "$(dirname "$0")/.."
runs="${1:-20000}"
[ $# -gt 0 ] && shift
formats="${*:-tiff description nrrd mha nii zattrs zarray zarr shard ply obj stl off vtp}"

export LAMINA_FUZZ=tiff
swift build -c release --sanitize fuzzer --product FuzzFiles --scratch-path .build/fuzz
bin="$(swift build -c release --sanitize fuzzer --scratch-path .build/fuzz --show-bin-path)"
# Without it Swift's own handler takes the signal, and the input is not kept.
export SWIFT_BACKTRACE=enable=no
# Inputs become files, thousands a second: in memory where there is such a folder.
[ -d /dev/shm ] && export TMPDIR=/dev/shm
findings=.build/fuzz-findings
mkdir -p "$findings"
for format in $formats; do
  corpus="$(mktemp -d)"
  LAMINA_FUZZ="$format" "$bin/FuzzFiles" "$corpus" "Tests/Fuzz/seeds/$format" -seed=1 -runs="$runs" \
    -max_len=4096 -timeout=2 -rss_limit_mb=1024 -artifact_prefix="$findings/$format-" \
    -print_final_stats=1 2>"$corpus.log" || { tail -40 "$corpus.log"; exit 1; }
  printf '%-12s %s\n' "$format" \
    "$(sed -n 's/^stat::number_of_executed_units: */executions /p' "$corpus.log" | tr '\n' ' ')"
  rm -rf "$corpus" "$corpus.log"
done
