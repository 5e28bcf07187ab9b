"""Simplification and smoothing beside other programs, in one run.

    compare_meshes.py LAMINA SCRATCH [MESH.ply...]

On each of the meshes, and on a bumpy sphere of 1.4 million triangles that it makes itself. Prints a line per
program and setting: seconds (median of three, of Lamina the stage alone), on one thread and, of Lamina and
bioimage-cpp, on all processors; RMS and largest distance from the original by MeshLab's Hausdorff
filter; change of area and volume; Euler number; edges at which the surface folds back on itself; and how far the
centroid of any part has moved (smoothing). Programs that are not installed are left out:
pip install pymeshlab trimesh fast-simplification meshoptimizer vtk bioimage-cpp
"""

import importlib.util
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pymeshlab
import trimesh

LAMINA, SCRATCH, INPUTS = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
SAMPLES = 200_000
SCRATCH.mkdir(parents=True, exist_ok=True)


def bumpy_sphere():
    """One part of more than a million triangles."""
    stack, results = SCRATCH / "bumpy.tif", SCRATCH / "bumpy"
    subprocess.run([LAMINA, "phantom", "bumpy", stack, "--radius", "190", "-q"], check=True)
    subprocess.run(
        [LAMINA, "measure", stack, "-o", results, "--sigma", "0", "--threshold", "550", "-q"],
        check=True)
    return results / "meshes" / "0001.ply"


def installed(module):
    return importlib.util.find_spec(module) is not None


def lamina(*arguments):
    output = SCRATCH / "lamina.ply"

    def run(threads=None):
        command = [LAMINA, arguments[0], path, output, *arguments[1:], "--force", "--json"]
        command += ["--threads", str(threads)] if threads else []
        report = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        mesh = trimesh.load(output, process=False)
        return report["stages"][arguments[0]], mesh.vertices, mesh.faces

    return [lambda: run(1), run]


def timed(body):
    def run():
        start = time.perf_counter()
        v, f = body()
        return time.perf_counter() - start, v, f

    return [run]


def vtk_mesh():
    import vtk
    from vtk.util.numpy_support import numpy_to_vtk, numpy_to_vtkIdTypeArray

    mesh = vtk.vtkPolyData()
    points = vtk.vtkPoints()
    points.SetData(numpy_to_vtk(vertices, deep=True))
    mesh.SetPoints(points)
    cells = vtk.vtkCellArray()
    cells.SetData(3, numpy_to_vtkIdTypeArray(faces.ravel().astype(np.int64), deep=True))
    mesh.SetPolys(cells)
    return mesh


def vtk_run(make):
    from vtk.util.numpy_support import vtk_to_numpy

    mesh = vtk_mesh()

    def body():
        step = make()
        step.SetInputData(mesh)
        step.Update()
        out = step.GetOutput()
        cells = vtk_to_numpy(out.GetPolys().GetConnectivityArray()).reshape(-1, 3)
        return vtk_to_numpy(out.GetPoints().GetData()), cells

    return timed(body)


def simplifiers(fraction):
    yield "lamina", lamina("simplify", "--fraction", str(fraction))
    if installed("fast_simplification"):
        import fast_simplification

        yield "fast-simplification", timed(
            lambda: fast_simplification.simplify(vertices, faces, target_reduction=1 - fraction))
    if installed("meshoptimizer"):
        import meshoptimizer

        def collapse():
            target = np.empty(faces.size, np.uint32)
            count = meshoptimizer.simplify(
                target, faces.ravel().astype(np.uint32), vertices,
                target_index_count=3 * int(len(faces) * fraction), target_error=1.0)
            return vertices, target[:count].reshape(-1, 3)

        yield "meshoptimizer", timed(collapse)
    if installed("vtk"):
        import vtk

        def decimation():
            step = vtk.vtkQuadricDecimation()
            step.SetTargetReduction(1 - fraction)
            return step

        yield "vtk quadric", vtk_run(decimation)


def smoothers():
    for method in ["laplacian", "taubin", "sinc"]:
        yield f"lamina {method}", lamina("smooth", "--method", method, "--iterations", "20")
    if installed("vtk"):
        import vtk

        def windowed_sinc():
            step = vtk.vtkWindowedSincPolyDataFilter()
            step.SetNumberOfIterations(20)
            step.SetPassBand(0.1)
            step.NormalizeCoordinatesOn()
            step.FeatureEdgeSmoothingOff()
            return step

        yield "vtk windowed sinc", vtk_run(windowed_sinc)

    if installed("bioimage_cpp"):
        from bioimage_cpp.mesh import smooth_mesh

        normals = np.zeros_like(vertices)
        long_faces = faces.astype(np.int64)

        def mean_of_neighbours(threads):
            return timed(lambda: (
                smooth_mesh(vertices, normals, long_faces, 20, n_threads=threads)[0], faces))[0]

        yield "bioimage-cpp", [mean_of_neighbours(1), mean_of_neighbours(0)]

    def by_trimesh(smooth):
        mesh = trimesh.Trimesh(vertices.astype(float), faces, process=False)
        smooth(mesh)
        return mesh.vertices, faces

    yield "trimesh laplacian", timed(lambda: by_trimesh(
        lambda m: trimesh.smoothing.filter_laplacian(m, 0.5, 20, volume_constraint=False)))
    yield "trimesh taubin", timed(
        lambda: by_trimesh(lambda m: trimesh.smoothing.filter_taubin(m, 0.5, 0.53, 40)))


def distances(v, f):
    meshes = pymeshlab.MeshSet()
    for mesh in [(original.vertices, original.faces), (v, f)]:
        meshes.add_mesh(pymeshlab.Mesh(mesh[0].astype(np.float64), mesh[1].astype(np.int32)))
    both = [
        meshes.get_hausdorff_distance(
            sampledmesh=a, targetmesh=b, samplenum=SAMPLES, samplevert=False, sampleface=True,
            maxdist=pymeshlab.PercentageValue(100))
        for a, b in [(0, 1), (1, 0)]
    ]
    return (sum(d["RMS"] ** 2 for d in both) / 2) ** 0.5, max(d["max"] for d in both)


def moved(v, f):
    """How far the centroid of any part has moved, for a mesh whose triangles are those of the original."""
    if not np.array_equal(f, faces):
        return None

    def centroids(points):
        corners = (points - points[0]).astype(float)[faces]
        volumes = np.einsum("ij,ij->i", corners[:, 0], np.cross(corners[:, 1], corners[:, 2]))
        moments = corners.sum(axis=1) / 4 * volumes[:, None]
        total = np.bincount(part, volumes)
        return np.stack([np.bincount(part, m) / total for m in moments.T], 1) + points[0]

    return np.linalg.norm(centroids(np.asarray(v)) - centroids(vertices), axis=1).max()


def line(name, setting, ways):
    runs = [[run() for _ in range(3)] for run in ways]
    seconds = " / ".join(f"{statistics.median(r[0] for r in way):.2f}" for way in runs)
    _, v, f = runs[-1][-1]
    shift = moved(v, f)
    used, f = np.unique(f, return_inverse=True)
    mesh = trimesh.Trimesh(np.asarray(v, float)[used], f.reshape(-1, 3), process=False)
    rms, largest = distances(mesh.vertices, mesh.faces)
    folds = int((np.cos(mesh.face_adjacency_angles) < -0.5).sum())
    print(
        f"{name:20} {setting:>5} {seconds:>13} s  {len(mesh.faces):8} triangles  rms {rms:.4f}"
        f"  max {largest:.3f}  area {100 * (mesh.area / original.area - 1):+.3f} %"
        f"  volume {100 * (mesh.volume / original.volume - 1):+.4f} %"
        f"  euler {mesh.euler_number}  closed {mesh.is_watertight}  folds {folds}"
        + ("" if shift is None else f"  moved {shift:.5f}"), flush=True)


for path in [*INPUTS, bumpy_sphere()]:
    original = trimesh.load(path, process=False)
    vertices = np.ascontiguousarray(original.vertices, np.float32)
    faces = np.ascontiguousarray(original.faces, np.int32)
    part = trimesh.graph.connected_component_labels(original.edges, len(vertices))[faces[:, 0]]
    print(f"{path}: {len(faces)} triangles, {part.max() + 1} parts")
    for fraction in [0.5, 0.1, 0.01]:
        for name, ways in simplifiers(fraction):
            line(name, str(fraction), ways)
    for name, ways in smoothers():
        line(name, "20", ways)
