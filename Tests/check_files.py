"""Reads what Lamina writes with programs that are not its own, and lets Lamina read what they write.

    check_files.py LAMINA SCRATCH

Images: tifffile (ImageJ and OME), zarr with ome-zarr-models, SimpleITK. Meshes: trimesh, meshio, VTK, lib3mf.
Demanded are the same voxels, spacing and unit, and the same triangles at the same place.
"""

import hashlib
import json
import resource
import shutil
import signal
import subprocess
import sys
import xml.etree.ElementTree
from pathlib import Path

import lib3mf
import meshio
import numpy as np
import SimpleITK
import tifffile
import trimesh
import vtk
import zarr
from ome_zarr_models import open_ome_zarr
from vtk.util.numpy_support import vtk_to_numpy

LAMINA, SCRATCH = sys.argv[1], Path(sys.argv[2]) / "files"
SPACING = np.array([1.75, 0.5, 0.25])  # z, y, x
failures = []


def check(condition, message):
    if not condition:
        failures.append(message)
        print("FAILED", message)


def lamina(*arguments):
    command = [LAMINA, *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def check_images():
    random = np.random.default_rng(7)
    for name in ("uint8", "uint16", "int16", "uint32", "float32"):
        voxels = (random.random((5, 37, 131)) * 250).astype(name)
        source = SCRATCH / f"{name}.nrrd"
        image = SimpleITK.GetImageFromArray(voxels)
        image.SetSpacing(SPACING[::-1].tolist())
        SimpleITK.WriteImage(image, str(source))
        for ending in ("tif", "ome.tif", "ome.zarr"):
            output = SCRATCH / f"{name}.{ending}"
            lamina("convert", source, output, "--unit", "um", "--force")
            check_image(output, voxels)
            info = json.loads(lamina("info", output, "--json"))
            check(np.allclose(info["spacing"], SPACING[::-1]), f"{output.name}: our own spacing")
            check(info["unit"] == "µm", f"{output.name}: our own unit")
    print("images: tifffile, zarr, ome-zarr-models and SimpleITK agree")


def check_image(path, voxels):
    if path.suffix == ".zarr":
        group = zarr.open_group(str(path), mode="r")
        multiscale = open_ome_zarr(group).attributes.multiscales[0]
        scale = multiscale.datasets[0].coordinateTransformations[0].scale
        units = {axis.unit for axis in multiscale.axes}
        found, spacing, unit = group["0"][:], scale, units.pop()
        check(unit == "micrometer" and not units, f"{path.name}: unit by ome-zarr-models")
    else:
        with tifffile.TiffFile(path) as file:
            found = file.asarray()
            spacing = (ome_spacing if path.name.endswith(".ome.tif") else imagej_spacing)(file)
        again = SimpleITK.GetArrayFromImage(SimpleITK.ReadImage(str(path)))
        check(np.array_equal(again, voxels), f"{path.name}: voxels by SimpleITK")
    check(found.dtype == voxels.dtype, f"{path.name}: voxel type")
    check(np.array_equal(found, voxels), f"{path.name}: voxels")
    check(np.allclose(spacing, SPACING), f"{path.name}: spacing, found {spacing}")


def imagej_spacing(file):
    check(file.imagej_metadata["unit"] == "micron", f"{file.filename}: unit by tifffile")
    resolution = [file.pages[0].tags[tag].value for tag in ("YResolution", "XResolution")]
    return [file.imagej_metadata["spacing"]] + [below / above for above, below in resolution]


def ome_spacing(file):
    pixels = xml.etree.ElementTree.fromstring(file.ome_metadata).find(".//{*}Pixels")
    check(pixels.get("PhysicalSizeZUnit") == "µm", f"{file.filename}: unit in OME-XML")
    return [float(pixels.get(f"PhysicalSize{axis}")) for axis in "ZYX"]


def check_labels():
    container = SCRATCH / "uint16.ome.zarr"
    lamina("segment", container, container / "labels/bright", "--sigma", "0", "--force")
    image = open_ome_zarr(zarr.open_group(str(container / "labels/bright"), mode="r"))
    check(image.attributes.image_label is not None, "labels by ome-zarr-models")
    labels = zarr.open_group(str(container / "labels"), mode="r")
    check(labels.attrs["labels"] == ["bright"], "the list of labels")
    # A container of version 0.5, as zarr itself writes it, gets labels of version 0.5.
    third = SCRATCH / "third.ome.zarr"
    group = zarr.create_group(str(third), zarr_format=3, overwrite=True)
    voxels = zarr.open(str(container / "0"), mode="r")[:]
    array = group.create_array("0", data=voxels, shards=(8, 40, 160), chunks=(4, 20, 80))
    axes = [{"name": name, "type": "space", "unit": "micrometer"} for name in "zyx"]
    scale = {"type": "scale", "scale": SPACING.tolist()}
    datasets = [{"path": "0", "coordinateTransformations": [scale]}]
    group.attrs["ome"] = {"version": "0.5", "multiscales": [{"axes": axes, "datasets": datasets}]}
    lamina("segment", third, third / "labels/bright", "--sigma", "0", "--force")
    ours = zarr.open_group(str(third / "labels/bright"), mode="r")
    before = zarr.open_group(str(container / "labels/bright"), mode="r")
    check(np.array_equal(ours["0"][:], before["0"][:]), "labels of both versions are equal")
    check(ours.metadata.zarr_format == 3, "labels of version 0.5")
    check(array.shape == ours["0"].shape, "labels have the shape of the image")
    print("labels: ome-zarr-models reads them in both versions")


def check_meshes():
    sphere = trimesh.load("Meshes/sphere.ply", process=False)
    low, high = sphere.bounds
    for ending in ("ply", "obj", "stl", "off", "vtp", "glb"):
        path = SCRATCH / f"sphere.{ending}"
        lamina("convert", "Meshes/sphere.ply", path, "--unit", "um", "--force")
        found, scale = points_by_others(path), 1e-6 if ending == "glb" else 1
        for reader, points in found.items():
            extent = np.abs(np.array([points.min(0), points.max(0)]) / scale - [low, high]).max()
            check(extent < 1e-4, f"{path.name} by {reader}: extent, off by {extent}")
            if ending != "stl":
                check(len(points) == len(sphere.vertices), f"{path.name} by {reader}: vertices")
        print(f"{path.name}: {', '.join(found)}")


def points_by_others(path):
    found = {}
    ending = path.suffix[1:]
    if ending != "vtp":
        scene = trimesh.load(path, process=False)
        mesh = scene.to_geometry() if isinstance(scene, trimesh.Scene) else scene
        found["trimesh"] = mesh.vertices
    if ending in ("ply", "obj", "stl", "off"):
        found["meshio"] = meshio.read(path).points
    readers = {
        "ply": vtk.vtkPLYReader, "obj": vtk.vtkOBJReader, "stl": vtk.vtkSTLReader,
        "vtp": vtk.vtkXMLPolyDataReader,
    }
    if ending in readers:
        reader = readers[ending]()
        reader.SetFileName(str(path))
        reader.Update()
        found["VTK"] = vtk_to_numpy(reader.GetOutput().GetPoints().GetData())
        if ending == "vtp":
            words = reader.GetOutput().GetFieldData().GetAbstractArray("provenance")
            lines = [words.GetValue(i) for i in range(words.GetNumberOfValues())]
            check("unit µm" in lines, "VTP: unit")
    return found


def check_3mf():
    """Two objects with names, unit and figures, by the library of the format's makers, in strict mode."""
    results, path = SCRATCH / "results", SCRATCH / "nuclei.3mf"
    lamina("measure", "Examples/Data/nuclei.tif", "--sigma", "0.5", "--min-volume", "20", "-o", results, "--force")
    lamina("convert", results, path, "--force")
    model = lib3mf.get_wrapper().CreateModel()
    reader = model.QueryReader("3mf")
    reader.SetStrictModeActive(True)
    reader.ReadFromFile(str(path))
    check(reader.GetWarningCount() == 0, "3MF: warnings of lib3mf")
    check(model.GetUnit() == lib3mf.ModelUnit.MicroMeter, "3MF: unit")
    described = [model.GetMetaDataGroup().GetMetaData(i) for i in range(3)]
    facts = {entry.GetName(): entry.GetValue() for entry in described}
    check("input_sha256 " in facts["Description"] and "unit µm" in facts["Description"], "3MF: provenance")
    objects, count = model.GetMeshObjects(), 0
    while objects.MoveNext():
        mesh, count = objects.GetCurrentMeshObject(), count + 1
        label = int(mesh.GetName().removeprefix("label "))
        ours = trimesh.load(results / f"meshes/{label:04}.ply", process=False)
        points = np.array([list(place.Coordinates) for place in mesh.GetVertices()], np.float32)
        faces = np.array([list(face.Indices) for face in mesh.GetTriangleIndices()])
        check(np.array_equal(points, ours.vertices.astype(np.float32)), f"3MF: places of {label}")
        check(np.array_equal(faces, ours.faces), f"3MF: triangles of {label}")
        check(mesh.IsManifoldAndOriented(), f"3MF: {label} is a solid")
        figures = mesh.GetMetaDataGroup()
        volume = [figures.GetMetaData(i) for i in range(figures.GetMetaDataCount())]
        volume = [float(entry.GetValue()) for entry in volume if entry.GetName() == "mesh_volume"]
        check(len(volume) == 1 and abs(ours.volume / volume[0] - 1) < 1e-4, f"3MF: volume of {label}")
    check(count == 7, f"3MF: {count} objects")
    print(f"nuclei.3mf: lib3mf reads {count} objects, unit and figures")


def check_vtp_in():
    """Every way in which VTK writes a surface, but for those packings that are refused by name."""
    sphere = vtk.vtkSphereSource()
    sphere.SetThetaResolution(100)
    sphere.SetPhiResolution(100)
    path, back, tally = SCRATCH / "in.vtp", SCRATCH / "in.ply", {}
    for mode in ("Ascii", "Binary", "Appended"):
        for encoded, big, lengths in ((0, 0, 32), (1, 0, 64), (0, 1, 64), (1, 1, 32)):
            for packing in ("None", "ZLib", "LZ4", "LZMA"):
                writer = vtk.vtkXMLPolyDataWriter()
                writer.SetInputConnection(sphere.GetOutputPort())
                getattr(writer, f"SetDataModeTo{mode}")()
                getattr(writer, f"SetCompressorTypeTo{packing}")()
                writer.SetEncodeAppendedData(encoded)
                writer.SetByteOrder(0 if big else 1)
                writer.SetHeaderType(lengths)
                writer.SetFileName(str(path))
                writer.Write()
                command = [LAMINA, "convert", path, back, "--force"]
                run = subprocess.run(command, capture_output=True, text=True)
                name = f"VTP {mode} {encoded} {big} {lengths} {packing}"
                if packing in ("LZ4", "LZMA"):
                    check(run.returncode == 1 and packing in run.stderr, f"{name}: refused by name")
                    outcome = "refused"
                else:
                    points = vtk_to_numpy(sphere.GetOutput().GetPoints().GetData())
                    check(run.returncode == 0, f"{name}: {run.stderr}")
                    check(np.array_equal(points_by_others(back)["VTK"], points), f"{name}: places")
                    outcome = "read"
                tally[outcome] = tally.get(outcome, 0) + 1
    print(f"VTP as VTK writes it: {tally}")


def check_full_disk():
    """Where the disk is full, or the file too large for the system, what was there before stays."""
    folder = SCRATCH / "full"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    def limited():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
    stack, mesh = "Examples/Data/nuclei.tif", "Meshes/sphere.ply"
    for source, name in (
        (mesh, "a.ply"), (mesh, "a.stl"), (mesh, "a.obj"), (mesh, "a.vtp"), (mesh, "a.glb"), (mesh, "a.3mf"),
        (stack, "a.tif"), (stack, "a.ome.tif"), (stack, "a.ome.zarr"),
    ):
        output = folder / name
        lamina("convert", source, output, "--unit", "um")
        before = digest_of(output)
        run = subprocess.run(
            [LAMINA, "convert", source, output, "--unit", "um", "--force"], preexec_fn=limited,
            capture_output=True, text=True)
        check(run.returncode == 1, f"{name} on a full disk: status {run.returncode}")
        check(run.stderr.count("\n") == 1 and name in run.stderr, f"{name} on a full disk: {run.stderr}")
        check(digest_of(output) == before, f"{name} on a full disk: what was there is gone")
    left = sorted(place.name for place in folder.iterdir() if place.name.startswith("."))
    check(not left, f"a full disk: {left} are left over")
    print("full disk: what was there stays")


def digest_of(path):
    files = sorted(place for place in path.rglob("*") if place.is_file()) if path.is_dir() else [path]
    return hashlib.sha256(b"".join(place.read_bytes() for place in files)).hexdigest()


def check_two_runs():
    """Two runs into one folder at once: the results are those of one of them."""
    folder = SCRATCH / "two"
    for attempt in range(3):
        shutil.rmtree(folder, ignore_errors=True)
        runs = [
            subprocess.Popen(
                [LAMINA, "measure", "Examples/Data/nuclei.tif", "--sigma", sigma, "--min-volume", "20", "-o", folder,
                 "--force", "--quiet"], stderr=subprocess.DEVNULL)
            for sigma in ("0.5", "1")
        ]
        statuses = [run.wait() for run in runs]
        check(0 in statuses, f"two runs at once: {statuses}")
        record = json.loads((folder / "run.json").read_text())
        table = (folder / "measurements.csv").read_text().splitlines()[1:]
        meshes = sorted(int(place.stem) for place in (folder / "meshes").iterdir())
        labels = sorted(int(row.split(",")[0]) for row in table)
        check(meshes == labels and record["objects"] == len(labels), "two runs at once: the results are mixed")
        threshold = f"threshold {record['threshold']}"
        heads = {place.read_bytes().find(threshold.encode()) > 0 for place in (folder / "meshes").iterdir()}
        check(heads == {True}, "two runs at once: meshes of another run")
    print("two runs at once: the results are those of one")


SCRATCH.mkdir(parents=True, exist_ok=True)
check_images()
check_labels()
check_meshes()
check_3mf()
check_vtp_in()
check_full_disk()
check_two_runs()
if failures:
    sys.exit(f"{len(failures)} checks failed")
