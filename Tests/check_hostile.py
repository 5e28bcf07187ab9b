"""Reads every damaged file of the shared test data with `lamina`, and says what became of each.

    check_hostile.py LAMINA DATA [--verbose]

DATA is the folder that holds hostile/BASELINE.tsv. A file that is to fail must fail with one line and
status 1, one that is fine must be read, and one that can be salvaged must fail or be read with a
warning. None may take longer than 2 s, or more than 256 MiB beyond its own size, or end by a signal.
"""

import collections
import csv
import os
import resource
import sys
import tempfile
import time

# Read whole, although something in the file is wrong that does not matter. The first two were compared with
# the voxels of the file before it was damaged, the third with the beginning of its strip as zlib unpacks it.
HARMLESS = {
    "hostile/gen/big_stripoffsets_count_2_61.tif",
    "hostile/gen/strip_counts_zero.tif",
    # Its strip goes on with a billion zeros that belong to no row.
    "hostile/gen/deflate_bomb_16x16.tif",
}
LIMIT_SECONDS = 2.0
LIMIT_BYTES = 256 << 20
MESHES = (".ply", ".obj", ".stl", ".off", ".vtp", ".glb")


def size_of(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(
        os.path.getsize(os.path.join(folder, name))
        for folder, _, names in os.walk(path)
        for name in names
    )


def run(arguments):
    """The wait status, the standard error, seconds and peak memory of a command."""
    errors = tempfile.TemporaryFile()
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, 1)
        os.dup2(errors.fileno(), 2)
        # What hangs is ended, and counts as ended by a signal.
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
        os.execv(arguments[0], arguments)
    _, status, usage = os.wait4(child, 0)
    seconds = time.monotonic() - started
    errors.seek(0)
    text = errors.read().decode(errors="replace").strip()
    return status, text, seconds, usage.ru_maxrss * 1024


def outcome(status, text):
    if os.WIFSIGNALED(status):
        return "crash"
    if os.WEXITSTATUS(status) == 0:
        return "salvage" if "warning" in text else "ok"
    if os.WEXITSTATUS(status) == 1 and len(text.splitlines()) == 1:
        return "error"
    return "crash"


def main():
    lamina, data = sys.argv[1:3]
    accepted = {
        "error": ("error",), "ok": ("ok", "salvage"), "salvage": ("error", "salvage"),
        "": ("error", "salvage", "ok"),
    }
    tally = collections.Counter()
    failures = []
    slowest = largest = (0, "")
    with open(os.path.join(data, "hostile/BASELINE.tsv"), newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    with tempfile.TemporaryDirectory() as scratch:
        for row in rows:
            path = os.path.join(data, row["path"])
            command = (
                [lamina, "convert", path, os.path.join(scratch, "out.ply"), "--force"]
                if path.lower().endswith(MESHES)
                else [lamina, "info", path]
            )
            status, text, seconds, peak = run(command)
            found = outcome(status, text)
            expected = row["expect"] or ""
            tally[(expected or "any", found)] += 1
            beyond = peak - size_of(path)
            slowest = max(slowest, (seconds, row["path"]))
            largest = max(largest, (beyond, row["path"]))
            if "--verbose" in sys.argv:
                print(f"{row['path']}\t{expected}\t{found}\t{seconds:.3f} s\t{peak >> 20} MiB\t{text}")
            if found == "ok" and row["path"] in HARMLESS:
                continue
            if found not in accepted[expected]:
                failures.append(f"{row['path']}: expected {expected}, found {found}: {text[:300]}")
            if seconds > LIMIT_SECONDS:
                failures.append(f"{row['path']}: took {seconds:.1f} s")
            if beyond > LIMIT_BYTES:
                failures.append(f"{row['path']}: took {beyond >> 20} MiB beyond its size")
    for (expected, found), count in sorted(tally.items()):
        print(f"expected {expected:8} found {found:8} {count}")
    print(f"slowest: {slowest[0]:.2f} s, {slowest[1]}")
    print(f"most memory beyond its size: {largest[0] >> 20} MiB, {largest[1]}")
    if failures:
        sys.exit("\n".join(failures))


main()
