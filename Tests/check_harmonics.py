"""Checks spherical harmonics of surfaces against scipy's, fitted by numpy's least squares.

    check_harmonics.py LAMINA SCRATCH

Vertices weighted by their solid angles, as seen from the centre of mass that trimesh finds: reference meshes, and marching
cubes surfaces of random nuclei. What is not star-shaped has none.
"""

import subprocess
import sys
from pathlib import Path

import numpy as np
import trimesh
from scipy.special import sph_harm_y

from comparisons import check, finish, first_row, record

LAMINA, SCRATCH = sys.argv[1], Path(sys.argv[2])
DEGREE = 8


def table(path):
    return first_row(LAMINA, path, SCRATCH / "harmonics", "--columns", "harmonic_residual,slow", "--format", "none")


def solid_angles(directions, faces):
    a, b, c = (directions[faces[:, i]] for i in range(3))
    dot = lambda p, q: (p * q).sum(axis=1)
    angles = 2 * np.arctan2(dot(a, np.cross(b, c)), 1 + dot(a, b) + dot(b, c) + dot(c, a))
    weights = np.zeros(len(directions))
    np.add.at(weights, faces, angles[:, None] / 3)
    return weights


def check_surface(path):
    mesh = trimesh.load(path, process=False)
    rays = mesh.vertices - mesh.center_mass
    lengths = np.linalg.norm(rays, axis=1)
    directions = rays / lengths[:, None]
    weights = solid_angles(directions, mesh.faces)
    polar, azimuth = np.arccos(directions[:, 2]), np.arctan2(directions[:, 1], directions[:, 0])
    basis, degrees = [], []
    for l in range(DEGREE + 1):
        for m in range(l + 1):
            y = sph_harm_y(l, m, polar, azimuth)
            basis += [y.real] if m == 0 else [np.sqrt(2) * y.real, np.sqrt(2) * y.imag]
            degrees += [l] if m == 0 else [l, l]
    basis = np.array(basis).T
    root = np.sqrt(weights)
    coefficients = np.linalg.lstsq(basis * root[:, None], lengths * root, rcond=None)[0]
    power = np.bincount(degrees, coefficients ** 2)
    row, name = table(path), Path(path).stem
    ours = [float(row[f"harmonic_power_{l}"]) for l in range(1, DEGREE + 1)]
    check(f"{name} powers", ours, power[1:] / power[0], 1e-5)
    left = np.sqrt((weights * (lengths - basis @ coefficients) ** 2).sum() / weights.sum())
    check(f"{name} residual", 1 + float(row["harmonic_residual"]), 1 + left)


def main():
    for name in ["ellipsoid", "nucleus"]:
        check_surface(f"Meshes/{name}.ply")
    for seed in (1, 2, 3):
        stack, folder = SCRATCH / f"harmonics-{seed}.tif", SCRATCH / f"harmonics-{seed}"
        command = [LAMINA, "phantom", "nucleus", stack, "--radius", "10", "--seed", str(seed), "--rotation", "random"]
        subprocess.run(command + ["--quiet", "--force"], check=True)
        subprocess.run([LAMINA, "measure", stack, "-o", folder, "--quiet", "--force"], check=True)
        check_surface(folder / "meshes" / "0001.ply")
    record("a torus has none", table("Meshes/torus.ply")["harmonic_power_2"] == "nan")
    finish("spherical harmonics with scipy")


main()
