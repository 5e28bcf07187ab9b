"""Checks the meshes that Lamina writes with readers that are not its own: trimesh and Assimp.

    check_meshes.py LAMINA SCRATCH

Runs the main job on the sample stack in every format, as measured and after smoothing and
simplification, and demands of every mesh: closed, manifold, consistently wound, outside out, and the
number of vertices, the extent and the unit that it should have.
"""

import csv
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import trimesh

LAMINA, SCRATCH = sys.argv[1], Path(sys.argv[2])
STACK = "Examples/Data/nuclei.tif"
VARIANTS = {"whole": [], "small": ["--simplify", "0.1", "--smooth", "taubin:10"]}
METRES_PER_MICROMETRE = 1e-6
failures = []


def check(condition, message):
    if not condition:
        failures.append(message)
        print("FAILED", message)


def measure(name, arguments):
    folder = SCRATCH / name
    command = [LAMINA, "measure", STACK, "--sigma", "0.5", "--min-volume", "20", "-o", folder]
    subprocess.run(command + arguments + ["--quiet"], check=True)
    with open(folder / "measurements.csv", newline="") as table:
        rows = {int(row["label"]): row for row in csv.DictReader(table)}
    return folder / "meshes", rows


def check_solid(mesh, where):
    edges = np.sort(mesh.edges, axis=1)
    _, uses = np.unique(edges, axis=0, return_counts=True)
    check((uses >= 2).all(), f"{where}: no boundary edge")
    check((uses <= 2).all(), f"{where}: no non-manifold edge")
    check(mesh.is_watertight, f"{where}: watertight")
    check(mesh.is_winding_consistent, f"{where}: consistent winding")
    check(mesh.volume > 0, f"{where}: outside out")


def check_against_row(mesh, row, where, scale=1.0):
    area, volume = float(row["mesh_surface_area"]), float(row["mesh_volume"])
    check(abs(mesh.area / scale**2 / area - 1) < 1e-4, f"{where}: area of the table")
    check(abs(mesh.volume / scale**3 / volume - 1) < 1e-4, f"{where}: volume of the table")
    check(len(mesh.faces) == int(row["mesh_triangles"]), f"{where}: triangles of the table")


def assimp_facts(path):
    """Vertices, faces and the box as Assimp's own tool prints them."""
    text = subprocess.run(["assimp", "info", path], capture_output=True, text=True, check=True).stdout
    number = lambda name: int(re.search(rf"^{name}:\s*(\d+)", text, re.M)[1])
    corner = lambda name: np.array(
        re.search(rf"{name} point\s*\(([^)]*)\)", text, re.I)[1].split(), dtype=float
    )
    return number("Vertices"), number("Faces"), corner("Minimum"), corner("Maximum")


def main():
    for variant, arguments in VARIANTS.items():
        folder, rows = measure(f"{variant}-ply", arguments)
        reference = {}
        for label, row in rows.items():
            path = folder / f"{label:04}.ply"
            mesh = trimesh.load(path, process=False)
            check_solid(mesh, f"{variant} {path.name}")
            check_against_row(mesh, row, f"{variant} {path.name}")
            reference[label] = mesh
        for kind in ["ply", "obj", "stl", "glb"]:
            folder, rows = measure(f"{variant}-{kind}-again", arguments + ["--format", kind])
            scale = METRES_PER_MICROMETRE if kind == "glb" else 1.0
            for label, row in rows.items():
                path = folder / f"{label:04}.{kind}"
                where = f"{variant} {path.name}"
                expected = reference[label]
                scene = trimesh.load(path, process=False)
                mesh = scene.to_geometry() if isinstance(scene, trimesh.Scene) else scene
                if kind == "stl":
                    mesh.merge_vertices()
                check(len(mesh.vertices) == len(expected.vertices), f"{where}: vertices")
                extent = np.abs(mesh.bounds / scale - expected.bounds).max()
                check(extent < 1e-4, f"{where}: extent, off by {extent}")
                check_solid(mesh, where)
                check_against_row(mesh, row, where, scale)

                vertices, faces, low, high = assimp_facts(path)
                check(faces == len(expected.faces), f"{where}: faces by Assimp")
                if kind in ("ply", "glb"):
                    check(vertices == len(expected.vertices), f"{where}: vertices by Assimp")
                else:
                    # Assimp gives every corner of an OBJ or STL its own vertex.
                    check(vertices >= len(expected.vertices), f"{where}: vertices by Assimp")
                # It prints six decimals, which in metres is one micrometre.
                off = np.abs(np.array([low, high]) - expected.bounds * scale).max()
                check(off < max(1e-3 * scale, 0.6e-6), f"{where}: extent by Assimp, off by {off}")
        print(f"{variant}: {len(rows)} nuclei in 4 formats")
    if failures:
        sys.exit(f"{len(failures)} checks failed")


main()
