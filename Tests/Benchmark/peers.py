"""Times the fastest of the other programs at one stage; called by lamina-benchmark --peers.

    peers.py STAGE IMAGE.tif REPEATS THREADS      prints {"name", "call", "median", "least", "processor"}

Every stage is timed with the libraries that were found fastest at it, and the fastest is reported.
"""
import json
import os
import statistics
import sys
import tempfile
import time

import numpy as np
import scipy.ndimage as ndi
import tifffile
from skimage.filters import threshold_otsu
from skimage.morphology import ball

stage, path, repeats, threads = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
image = tifffile.imread(path)


def field():
    return ndi.gaussian_filter(image, 2.0, output=np.float32, truncate=4)


def mask():
    blurred = field()
    return blurred > threshold_otsu(blurred)


def noise():
    return np.random.default_rng(1).random(image.shape) < 0.25


def itk():
    import SimpleITK
    SimpleITK.ProcessObject.SetGlobalDefaultNumberOfThreads(threads)
    return SimpleITK


def gaussian():
    import bioimage_cpp
    floats = image.astype(np.float32)
    yield "bioimage-cpp", "filters.gaussian_smoothing(image, 2.0)", \
        lambda: bioimage_cpp.filters.gaussian_smoothing(floats, 2.0)
    yield "scipy", "ndimage.gaussian_filter(image, 2.0)", \
        lambda: ndi.gaussian_filter(image, 2.0, output=np.float32)


def otsu():
    floats = field()
    yield "scikit-image", "filters.threshold_otsu(field)", lambda: threshold_otsu(floats)


def median3():
    sitk = itk()
    volume = sitk.GetImageFromArray(image)
    yield "SimpleITK", "Median(image, [1, 1, 1])", lambda: sitk.Median(volume, [1, 1, 1])


def opening(radius):
    inside, element = mask(), ball(radius)
    yield "scipy", f"ndimage.binary_opening(mask, ball({radius}))", \
        lambda: ndi.binary_opening(inside, element)


def components(inside):
    import cc3d
    voxels = inside.view(np.uint8)
    yield "cc3d", "connected_components(mask, connectivity=26)", \
        lambda: cc3d.connected_components(voxels, connectivity=26)
    yield "cc3d", "connected_components(mask, connectivity=26, binary_image=True)", \
        lambda: cc3d.connected_components(inside, connectivity=26, binary_image=True, out_dtype=np.uint32)


def objects():
    import cc3d
    sitk = itk()
    labels = cc3d.connected_components(mask().view(np.uint8), connectivity=26).astype(np.uint16)
    volume = sitk.GetImageFromArray(labels)

    def shapes():
        statistics = sitk.LabelShapeStatisticsImageFilter()
        statistics.ComputePerimeterOff()
        statistics.Execute(volume)

    yield "SimpleITK", "LabelShapeStatisticsImageFilter without perimeter", shapes
    yield "cc3d", "statistics(labels)", lambda: cc3d.statistics(labels)


def distance():
    import bioimage_cpp
    import edt
    inside = mask()
    yield "bioimage-cpp", f"distance.distance_transform(mask, number_of_threads={threads})", \
        lambda: bioimage_cpp.distance.distance_transform(inside, number_of_threads=threads)
    yield "edt", "edt.edt(mask)", lambda: edt.edt(inside, parallel=1)


def flood_inputs():
    import cc3d
    inside = mask()
    labels = cc3d.connected_components(inside.view(np.uint8), connectivity=26)
    depth = (-ndi.distance_transform_edt(inside)).astype(np.float32)
    seeds = np.zeros(labels.shape, np.int32)
    for label, place in enumerate(ndi.minimum_position(depth, labels, range(1, labels.max() + 1)), 1):
        seeds[place] = label
    return depth, seeds, inside


def watershed():
    import bioimage_cpp
    depth, seeds, inside = flood_inputs()
    markers = seeds.astype(np.uint32)
    yield "bioimage-cpp", "segmentation.watershed(-distance, seeds, mask=mask)", \
        lambda: bioimage_cpp.segmentation.watershed(depth, markers, mask=inside)


def split():
    from skimage.feature import peak_local_max
    from skimage.segmentation import watershed
    inside = mask()

    def recipe():
        depth = ndi.distance_transform_edt(inside)
        peaks = peak_local_max(depth, footprint=np.ones((3, 3, 3)), labels=ndi.label(inside)[0])
        markers = np.zeros(depth.shape, np.int32)
        markers[tuple(peaks.T)] = np.arange(1, len(peaks) + 1)
        watershed(-depth, markers, mask=inside)

    yield "scikit-image", "distance, peak_local_max, watershed", recipe


def vtk_volume(array):
    import vtk
    from vtkmodules.util.numpy_support import numpy_to_vtk
    vtk.vtkSMPTools.SetBackend("STDThread")
    vtk.vtkSMPTools.Initialize(threads)
    volume = vtk.vtkImageData()
    volume.SetDimensions(*array.shape[::-1])
    volume.GetPointData().SetScalars(numpy_to_vtk(np.ascontiguousarray(array).ravel()))
    return vtk, volume


def isosurface():
    blurred = field()
    level = float(threshold_otsu(blurred))
    vtk, volume = vtk_volume(blurred)

    def flying_edges():
        surface = vtk.vtkFlyingEdges3D()
        surface.SetInputData(volume)
        surface.SetValue(0, level)
        surface.ComputeNormalsOff()
        surface.ComputeGradientsOff()
        surface.ComputeScalarsOff()
        surface.Update()

    yield "VTK", f"vtkFlyingEdges3D without normals, {threads} threads", flying_edges


def mask_surfaces():
    import zmesh
    labels = ndi.label(mask())[0].astype(np.uint16)
    boxes = ndi.find_objects(labels)

    def flying_edges():
        for label, box in enumerate(boxes, 1):
            vtk, volume = vtk_volume(np.pad((labels[box] == label).astype(np.uint8), 1))
            surface = vtk.vtkDiscreteFlyingEdges3D()
            surface.SetInputData(volume)
            surface.SetValue(0, 1)
            surface.ComputeNormalsOff()
            surface.ComputeScalarsOff()
            surface.Update()

    def zmeshes():
        mesher = zmesh.Mesher((1, 1, 1))
        mesher.mesh(labels, close=True)
        for label in mesher.ids():
            mesher.get(label, normals=False)

    yield "zmesh", "Mesher.mesh(labels), get of each", zmeshes
    yield "VTK", "vtkDiscreteFlyingEdges3D on the box of each label", flying_edges


def joint_surfaces():
    labels = ndi.label(mask())[0].astype(np.uint16)
    count = int(labels.max())
    vtk, volume = vtk_volume(labels)

    def surface_nets():
        surface = vtk.vtkSurfaceNets3D()
        surface.SetInputData(volume)
        surface.GenerateLabels(count, 1, count)
        surface.SetOutputMeshTypeToTriangles()
        surface.SmoothingOff()
        surface.Update()

    yield "VTK", f"vtkSurfaceNets3D without smoothing, {threads} threads", surface_nets


def read():
    yield "tifffile", "imread(path)", lambda: tifffile.imread(path)
    yield "tifffile", f"imread(path, maxworkers={threads})", lambda: tifffile.imread(path, maxworkers=threads)


def surface():
    from skimage.measure import marching_cubes
    blurred = field()
    return marching_cubes(blurred, threshold_otsu(blurred))[:2]


def write_ply():
    import zmesh
    import open3d
    vertices, faces = surface()
    mesh = zmesh.Mesh(vertices.astype(np.float32), faces.astype(np.uint32), None)
    target = os.path.join(tempfile.gettempdir(), "lamina-peer.ply")

    def zmesh_ply():
        with open(target, "wb") as file:
            file.write(mesh.to_ply())

    yield "zmesh", "Mesh.to_ply(), written", zmesh_ply
    other = open3d_mesh(vertices, faces)
    yield "open3d", "io.write_triangle_mesh(ply)", lambda: open3d.io.write_triangle_mesh(target, other)


def open3d_mesh(vertices, faces):
    import open3d
    mesh = open3d.geometry.TriangleMesh(
        open3d.utility.Vector3dVector(vertices), open3d.utility.Vector3iVector(faces))
    mesh.compute_triangle_normals()
    return mesh


def write_stl():
    import open3d
    mesh = open3d_mesh(*surface())
    target = os.path.join(tempfile.gettempdir(), "lamina-peer.stl")
    yield "open3d", "io.write_triangle_mesh(stl)", lambda: open3d.io.write_triangle_mesh(target, mesh)


def write_obj():
    import vtk
    from vtk.util.numpy_support import numpy_to_vtk, numpy_to_vtkIdTypeArray
    vertices, faces = surface()
    data, points, cells = vtk.vtkPolyData(), vtk.vtkPoints(), vtk.vtkCellArray()
    points.SetData(numpy_to_vtk(vertices, deep=True))
    rows = np.hstack([np.full((len(faces), 1), 3), faces]).astype(np.int64)
    cells.ImportLegacyFormat(numpy_to_vtkIdTypeArray(rows.ravel(), deep=True))
    data.SetPoints(points)
    data.SetPolys(cells)
    writer = vtk.vtkOBJWriter()
    writer.SetInputData(data)
    writer.SetFileName(os.path.join(tempfile.gettempdir(), "lamina-peer.obj"))
    yield "VTK", "vtkOBJWriter", writer.Write


STAGES = {
    "isosurface": isosurface, "surfaces": mask_surfaces, "mask-surfaces": mask_surfaces,
    "joint-surfaces": joint_surfaces,
    "gaussian": gaussian, "otsu": otsu, "median3": median3,
    "opening1": lambda: opening(1), "opening2": lambda: opening(2),
    "components26": lambda: components(mask()), "components26-noise": lambda: components(noise()),
    "objects": objects, "distance": distance, "watershed": watershed, "split": split,
    "read": read, "write-ply": write_ply, "write-stl": write_stl, "write-obj": write_obj,
}

best = None
for name, call, body in STAGES[stage]():
    body()
    times, processor = [], []
    for _ in range(repeats):
        start, used = time.perf_counter(), time.process_time()
        body()
        times.append(time.perf_counter() - start)
        processor.append(time.process_time() - used)
    found = {"name": name, "call": call, "median": statistics.median(times), "least": min(times),
             "processor": statistics.median(processor)}
    if best is None or found["median"] < best["median"]:
        best = found
print(json.dumps(best))
