"""Checks curvature at vertices, and grey values on surfaces, against programs that are not Lamina's own.

    check_curvature.py LAMINA SCRATCH

Angles at a vertex: libigl. Corrected measures: the formulas of the paper, written anew in numpy. Quadrics: libigl's own
fit, which is to heights and so agrees within a few per cent only. Grey values on the surface: scipy.
"""

import csv
import subprocess
import sys
from pathlib import Path

import igl
import numpy as np
import tifffile
import trimesh
from scipy.ndimage import map_coordinates

from comparisons import finish, record

LAMINA, SCRATCH = sys.argv[1], Path(sys.argv[2])
MESHES = ["sphere", "ellipsoid", "torus", "cube", "nucleus"]


def check(name, ours, theirs, tolerance):
    """The root mean square difference, relative to the root mean square of theirs."""
    ours, theirs = np.atleast_1d(ours).astype(float), np.atleast_1d(theirs).astype(float)
    size = np.sqrt((theirs ** 2).mean()) + 1e-12
    error = np.sqrt(((ours - theirs) ** 2).mean()) / size
    record(name, error <= tolerance, error)


def curvature_map(mesh, method, *arguments):
    """The mesh with H and K at its vertices."""
    folder = SCRATCH / f"curvature-{mesh}-{method}"
    command = [LAMINA, "measure", f"Meshes/{mesh}.ply", "-o", folder, "--curvature-map", "--quiet", "--force"]
    subprocess.run(command + ["--mesh-curvature", method, *arguments], check=True)
    loaded = trimesh.load(folder / "meshes" / f"{mesh}.ply", process=False)
    data = loaded.metadata["_ply_raw"]["vertex"]["data"]
    return loaded, data["mean_curvature"].ravel(), data["gaussian_curvature"].ravel()


def vertex_areas(mesh):
    areas = np.zeros(len(mesh.vertices))
    np.add.at(areas, mesh.faces.ravel(), np.repeat(mesh.area_faces / 3, 3))
    return areas


def check_angles(name):
    """K times area is the angle that is missing: all of it that libigl finds, at a scale of nothing."""
    mesh, _, gaussian = curvature_map(name, "angles", "--curvature-scale", "1e-9")
    defects = igl.gaussian_curvature(mesh.vertices, mesh.faces)
    check(f"{name} angle defects", gaussian * vertex_areas(mesh), defects, 1e-6)


def check_corrected(name):
    """Lachaud, Romon, Thibert & Coeurjolly 2020, equations of the interpolated measures, in their own order."""
    mesh, mean, gaussian = curvature_map(name, "corrected", "--curvature-scale", "1e-9")
    normals = np.zeros_like(mesh.vertices)
    weighted = mesh.face_normals * mesh.area_faces[:, None]
    np.add.at(normals, mesh.faces.ravel(), np.repeat(weighted, 3, axis=0))
    normals /= np.linalg.norm(normals, axis=1)[:, None]
    (x, y, z), (u, v, w) = (mesh.vertices[mesh.faces.T], normals[mesh.faces.T])
    middle = (u + v + w) / 3
    dot = lambda a, b: (a * b).sum(axis=1)
    mu0 = dot(middle, np.cross(y - x, z - x)) / 2
    mu1 = dot(middle, np.cross(w - v, x) + np.cross(u - w, y) + np.cross(v - u, z)) / 2
    mu2 = dot(u, np.cross(v, w)) / 2
    sums = np.zeros((3, len(mesh.vertices)))
    for measure, total in zip((mu0, mu1, mu2), sums):
        np.add.at(total, mesh.faces.ravel(), np.repeat(measure, 3))
    # Their first measure is of twice the mean curvature.
    check(f"{name} corrected H", mean, sums[1] / sums[0] / 2, 1e-6)
    check(f"{name} corrected K", gaussian, sums[2] / sums[0], 1e-6)


def check_quadric(name, tolerance):
    """libigl's fit reaches five edges; a Gaussian of two and a half edges sees about as much."""
    edge = trimesh.load(f"Meshes/{name}.ply", process=False).edges_unique_length.mean()
    mesh, mean, _ = curvature_map(name, "quadric", "--curvature-scale", str(2.5 * edge))
    # Its curvatures are positive where a surface is hollow, or the other way round by version.
    _, _, first, second, *_ = igl.principal_curvature(mesh.vertices, mesh.faces, radius=5)
    theirs = (first + second) / 2
    check(f"{name} quadric H", mean, theirs * np.sign((theirs * mean).sum()), tolerance)


def check_surface_intensity():
    folder = SCRATCH / "surface-intensity"
    stack = "Examples/Data/nuclei.tif"
    command = [LAMINA, "measure", stack, "-o", folder, "--sigma", "0.5", "--min-volume", "20", "--columns", "all"]
    subprocess.run(command + ["--quiet", "--force"], check=True)
    image = tifffile.imread(stack).astype(float)
    spacing = np.array([0.26, 0.26, 0.29])
    with open(folder / "measurements.csv", newline="") as rows:
        for row in csv.DictReader(rows):
            mesh = trimesh.load(folder / "meshes" / f"{int(row['label']):04}.ply", process=False)
            areas = vertex_areas(mesh)

            def moments(points):
                values = map_coordinates(image, (points / spacing).T[::-1], order=1, mode="nearest")
                mean = np.average(values, weights=areas)
                return mean, np.sqrt(np.average((values - mean) ** 2, weights=areas))

            mean, deviation = moments(mesh.vertices)
            steps = np.zeros_like(mesh.vertices)
            np.add.at(steps, mesh.faces.ravel(), np.repeat(mesh.face_normals * mesh.area_faces[:, None], 3, axis=0))
            steps *= spacing / np.linalg.norm(steps, axis=1)[:, None]
            contrast = moments(mesh.vertices - steps)[0] - moments(mesh.vertices + steps)[0]
            name = f"nucleus {row['label']}"
            check(f"{name} surface_intensity_mean", float(row["surface_intensity_mean"]), mean, 1e-5)
            check(f"{name} surface_intensity_sd", float(row["surface_intensity_sd"]), deviation, 1e-5)
            check(f"{name} surface_contrast", float(row["surface_contrast"]), contrast, 1e-5)


def main():
    for mesh in MESHES:
        check_angles(mesh)
        check_corrected(mesh)
    for mesh, tolerance in [("sphere", 0.04), ("ellipsoid", 0.15), ("torus", 0.1), ("nucleus", 0.2)]:
        check_quadric(mesh, tolerance)
    check_surface_intensity()
    finish("curvature and of grey values on surfaces")


main()
