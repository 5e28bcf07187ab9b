"""What the checks of measurements against other programs share: a count, and what did not agree."""

import csv
import subprocess
import sys

import numpy as np

failures = []
counted = 0


def record(name, agrees, *details):
    global counted
    counted += 1
    if not agrees:
        failures.append(name)
        print("FAILED", name, *details)


def check(name, ours, theirs, tolerance=1e-6):
    """Relative to the larger of the two; for vectors and tensors, to their largest component."""
    ours, theirs = np.atleast_1d(ours).astype(float), np.atleast_1d(theirs).astype(float)
    # What is 0 is 1e-15 for others.
    agrees = np.abs(ours - theirs).max() <= tolerance * np.abs(theirs).max() + 1e-12
    record(name, agrees, ours, theirs)


def first_row(lamina, path, folder, *arguments):
    """The first row of what lamina measure finds."""
    subprocess.run([lamina, "measure", path, "-o", folder, "--quiet", "--force", *arguments], check=True)
    with open(folder / "measurements.csv", newline="") as rows:
        return next(csv.DictReader(rows))


def finish(what):
    if failures:
        sys.exit(f"{len(failures)} of {counted} comparisons failed")
    print(f"{counted} comparisons of {what} agree")
