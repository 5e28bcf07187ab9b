"""Checks what Lamina says of its own simplification and smoothing with programs that are not its own.

    check_deviation.py LAMINA SCRATCH

Simplifies and smooths the reference meshes; the distances that Lamina reports have to agree with those
that MeshLab's Hausdorff filter samples, both ways, to 5 %, and area and volume with trimesh's.
"""

import json
import subprocess
import sys
from pathlib import Path

import pymeshlab
import trimesh

LAMINA, SCRATCH = sys.argv[1], Path(sys.argv[2])
MESHES = ["sphere", "ellipsoid", "torus", "nucleus"]
STEPS = {
    "half": ["simplify", "--fraction", "0.5"],
    "tenth": ["simplify", "--fraction", "0.1"],
    "hundredth": ["simplify", "--fraction", "0.01"],
    "taubin": ["smooth", "--method", "taubin", "--iterations", "20"],
    "laplacian": ["smooth", "--method", "laplacian", "--iterations", "10", "--volume", "free"],
    "flow": ["smooth", "--method", "flow", "--scale", "1"],
}
SAMPLES = 400_000
failures = 0


def distances(before, after):
    """Mean, root mean square and largest distance of both directions, by MeshLab."""
    meshes = pymeshlab.MeshSet()
    meshes.load_new_mesh(str(before))
    meshes.load_new_mesh(str(after))
    both = [
        meshes.get_hausdorff_distance(
            sampledmesh=a, targetmesh=b, samplenum=SAMPLES, samplevert=True, samplefauxedge=False,
            sampleface=True, maxdist=pymeshlab.PercentageValue(100),
        )
        for a, b in [(0, 1), (1, 0)]
    ]
    mean = sum(d["mean"] for d in both) / 2
    rms = (sum(d["RMS"] ** 2 for d in both) / 2) ** 0.5
    return {"mean": mean, "rms": rms, "hausdorff": max(d["max"] for d in both)}


for name in MESHES:
    before = Path("Meshes") / f"{name}.ply"
    for step, arguments in STEPS.items():
        after = SCRATCH / f"{name}-{step}.ply"
        command = [LAMINA, arguments[0], before, after, *arguments[1:], "--force", "--json"]
        report = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        theirs = distances(before, after)
        line = [f"{name:10} {step:10}"]
        for key, their in theirs.items():
            ours = report[f"deviation_{key}"]
            line.append(f"{key} {ours:.5f} ({100 * (ours / their - 1):+.1f} %)")
            failures += abs(ours / their - 1) > 0.05
        mesh = trimesh.load(after, process=False)
        failures += abs(mesh.area / report["surface_area"] - 1) > 1e-5
        failures += abs(mesh.volume / report["volume"] - 1) > 1e-5
        failures += not mesh.is_watertight
        print("  ".join(line))

sys.exit(f"{failures} checks failed" if failures else 0)
