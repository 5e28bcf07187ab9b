"""Makes the inputs that fuzzing starts from: a small valid file of every kind. Needs tifffile and VTK.

    make_seeds.py LAMINA
"""

import gzip
import io
import json
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import numpy as np
import tifffile
import vtk

SEEDS = Path(__file__).parent / "seeds"
STACK = np.arange(3 * 5 * 7, dtype=np.uint16).reshape(3, 5, 7)


def put(folder, name, content):
    (SEEDS / folder).mkdir(parents=True, exist_ok=True)
    (SEEDS / folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def tiff(name, voxels=STACK, **options):
    file = io.BytesIO()
    tifffile.imwrite(file, voxels, photometric=options.pop("photometric", "minisblack"), **options)
    put("tiff", name, file.getvalue())


tiff("imagej", imagej=True, resolution=(5, 5), metadata={"unit": "um", "spacing": 0.5, "axes": "ZYX"})
tiff("big", bigtiff=True, byteorder=">")
tiff("tiled", tile=(16, 16))
tiff("strips", STACK.astype(np.uint8), rowsperstrip=2)
sizes = {"axes": "ZYX", "PhysicalSizeX": 0.2, "PhysicalSizeY": 0.2, "PhysicalSizeZ": 0.5}
tiff("ome", ome=True, metadata=sizes)
tiff("planar", np.zeros((3, 4, 4), np.uint8), photometric="rgb", planarconfig="separate")
tiff("deflate", compression="zlib")

put("description", "imagej",
    "ImageJ=1.53t\nimages=1\nchannels=1\nslices=1\nframes=1\nunit=\\u00B5m\nspacing=-0.5\nyunit=nm\n")
put("description", "ome",
    '<OME xmlns="x"><Image><Pixels DimensionOrder="XYZCT" Type="uint8" SizeX="1" SizeY="1" SizeZ="1" '
    'SizeC="1" SizeT="1" PhysicalSizeX="0.1" PhysicalSizeY="1" PhysicalSizeZ="2" PhysicalSizeZUnit="nm">'
    '<Channel SamplesPerPixel="1"/><TiffData IFD="0" FirstZ="0" PlaneCount="1"><UUID FileName="a">b'
    "</UUID></TiffData></Pixels></Image></OME>")
put("description", "shaped", '{"shape": [1, 1, 1], "truncated": true}')

put("nrrd", "raw",
    b'NRRD0004\n# c\ntype: ushort\ndimension: 3\nsizes: 2 1 2\nspacings: 1 2 3\nunits: "um" "um" "um"\n'
    b"encoding: raw\nendian: big\nbyte skip: -1\n\n" + bytes(8))
put("nrrd", "text",
    "NRRD0004\ntype: float\ndimension: 2\nsizes: 2 2\nspace directions: (1,0,0) none (0,0,2)\n"
    "space origin: (1,2,3)\nencoding: ascii\nline skip: 1\n\nx\n1 2 3 nan\n")
put("nrrd", "gzip",
    b"NRRD0004\ntype: uchar\ndimension: 3\nsizes: 2 2 2\nencoding: gzip\n\n"
    + gzip.compress(bytes(8), mtime=0))
put("mha", "local",
    b"ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = True\n"
    b"CompressedData = False\nTransformMatrix = 1 0 0 0 1 0 0 0 1\nOffset = 1 2 3\n"
    b"ElementSpacing = 1 2 3\nDimSize = 2 2 2\nElementType = MET_USHORT\nElementDataFile = LOCAL\n"
    + bytes(16))
put("mha", "packed",
    b"ObjectType = Image\nNDims = 2\nCompressedData = True\nDimSize = 2 2\nHeaderSize = -1\n"
    b"ElementType = MET_UCHAR\nElementDataFile = LOCAL\n" + zlib.compress(bytes(4)))

first = bytearray(352)
struct.pack_into("<i", first, 0, 348)
struct.pack_into("<8h", first, 40, 3, 2, 2, 2, 1, 1, 1, 1)
struct.pack_into("<hh", first, 70, 4, 16)
struct.pack_into("<8f", first, 76, 1, 1, 1, 2, 1, 1, 1, 1)
struct.pack_into("<f", first, 108, 352)
first[123] = 2
struct.pack_into("<hh", first, 252, 1, 1)
struct.pack_into("<12f", first, 280, 1, 0, 0, 5, 0, 1, 0, 6, 0, 0, 2, 7)
first[344:347] = b"n+1"
put("nii", "first", bytes(first) + bytes(16))
put("nii", "gzip", gzip.compress(bytes(first) + bytes(16), mtime=0))
second = bytearray(544)
struct.pack_into("<i", second, 0, 540)
second[4:8] = b"n+2\0"
struct.pack_into("<hh", second, 12, 512, 16)
struct.pack_into("<8q", second, 16, 4, 2, 2, 1, 2, 1, 1, 1)
struct.pack_into("<8d", second, 104, *[1] * 8)
struct.pack_into("<q", second, 168, 544)
struct.pack_into("<i", second, 500, 3)
put("nii", "second", bytes(second) + bytes(16))

scale = {"type": "scale", "scale": [1, 2, 3]}
shift = {"type": "translation", "translation": [1, 1, 1]}
put("zattrs", "image", json.dumps({"multiscales": [{
    "version": "0.4", "name": "a",
    "axes": [{"name": "z", "type": "space", "unit": "micrometer"}, {"name": "y", "unit": "nm"}, "x"],
    "datasets": [{"path": "0", "coordinateTransformations": [scale, shift]}],
    "coordinateTransformations": [scale]}], "image-label": {}}))
for name, dtype, order, codec in (
    ("blosc", "|u1", "C", {"id": "blosc", "cname": "lz4", "clevel": 5, "shuffle": 1}),
    ("zlib", "|u1", "F", {"id": "zlib", "level": 1}), ("plain", ">u2", "C", None),
):
    put("zarray", name, json.dumps({
        "zarr_format": 2, "shape": [2, 2, 2], "chunks": [1, 2, 2], "dtype": dtype, "order": order,
        "fill_value": 7, "filters": None, "compressor": codec, "dimension_separator": "."}))
transpose = {"name": "transpose", "configuration": {"order": [2, 1, 0]}}
little = {"name": "bytes", "configuration": {"endian": "little"}}
sharding = {"name": "sharding_indexed", "configuration": {
    "chunk_shape": [1, 2, 2], "codecs": [{"name": "bytes"}, {"name": "zstd"}],
    "index_codecs": [little, {"name": "crc32c"}], "index_location": "end"}}
for name, keys, codecs in (
    ("chunks", "default", [transpose, little, {"name": "crc32c"}]), ("shards", "v2", [sharding]),
):
    put("zarr", name, json.dumps({
        "zarr_format": 3, "node_type": "array", "shape": [2, 2, 2], "data_type": "uint8",
        "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [2, 2, 2]}},
        "chunk_key_encoding": {"name": keys, "configuration": {"separator": "/"}},
        "fill_value": 0, "codecs": codecs, "attributes": {}}))
# A frame of Zstandard with 32 bytes as they are.
frame = bytes.fromhex("28b52ffd2020010100") + bytes(range(32))
put("shard", "shard", struct.pack("<4Q", 32, len(frame), 2**64 - 1, 2**64 - 1) + frame)

put("ply", "text",
    "ply\nformat ascii 1.0\ncomment unit um\nelement vertex 3\nproperty double x\nproperty float y\n"
    "property float z\nproperty uchar red\nproperty list uchar float st\nelement face 1\n"
    "property list uchar int vertex_indices\nproperty int label\nelement edge 1\nproperty int a\n"
    "end_header\n0 0 0 1 0\n1 0 0 2 1 5\n0 1 0 3 0\n3 0 1 2 9\n4\n")
put("ply", "big",
    b"ply\nformat binary_big_endian 1.0\nelement vertex 3\nproperty float x\nproperty float y\n"
    b"property float z\nelement face 1\nproperty list uint ushort vertex_index\nend_header\n"
    + struct.pack(">9f", *range(9)) + struct.pack(">I3H", 3, 0, 1, 2))
put("ply", "twice",
    "ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nproperty float y\nproperty float z\n"
    "property uchar red\nelement vertex 2\nproperty float x\nproperty float y\nproperty float z\nend_header\n"
    "0 0 0 9\n1 1 1\n2 2 2\n")
put("obj", "groups",
    "# unit um\nmtllib a\no a\nv 0 0 0\nv 1 0 0 # c\nv 0 1 0\nvn 0 0 1\ng b\nf 1/1/1 2//1 \\\n-1\n"
    "f 1 2 3 1\n")
put("stl", "text",
    "solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 1e3 0\nendloop\n"
    "endfacet\nendsolid a\n")
put("stl", "binary",
    b"solid".ljust(80) + struct.pack("<I", 1) + struct.pack("<12f", *range(12)) + b"\0\0")
put("off", "plain", "OFF # c\n3 1 0\n0 0 0\n1 0 0\n0 1 0\n3 0 1 2 255 0 0\n")
put("off", "colour", "COFF\n\n4 1 0\n0 0 0 1\n1 0 0 1\n0 1 0 1\n0 0 1 1\n4 0 1 2 3\n")
put("vtp", "text",
    '<VTKFile type="PolyData" byte_order="LittleEndian"><PolyData><Piece NumberOfPoints="3" '
    'NumberOfPolys="1"><PointData><DataArray type="Float32" Name="h" format="ascii">1 2 3</DataArray>'
    '</PointData><Points><DataArray type="Float32" NumberOfComponents="3" format="ascii">0 0 0 1 0 0 0 1 '
    '0</DataArray></Points><Polys><DataArray type="Int32" Name="connectivity" format="ascii">0 1 2'
    '</DataArray><DataArray type="Int32" Name="offsets" format="ascii">3</DataArray></Polys></Piece>'
    "</PolyData></VTKFile>")
with tempfile.TemporaryDirectory() as scratch:
    obj, vtp = Path(scratch) / "a.obj", Path(scratch) / "a.vtp"
    obj.write_text("v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nf 1 3 2\nf 1 2 4\nf 1 4 3\nf 2 3 4\n")
    subprocess.run([sys.argv[1], "convert", obj, vtp], check=True, capture_output=True)
    put("vtp", "raw", vtp.read_bytes())
    for name, mode, encoded, packed, big, lengths in (
        ("inline", "Binary", 1, "None", 0, 32), ("inline-packed", "Binary", 1, "ZLib", 1, 64),
        ("appended", "Appended", 1, "None", 1, 32), ("appended-packed", "Appended", 1, "ZLib", 0, 32),
        ("raw-packed", "Appended", 0, "ZLib", 1, 64),
    ):
        tetrahedron = vtk.vtkPlatonicSolidSource()
        tetrahedron.SetSolidTypeToTetrahedron()
        writer = vtk.vtkXMLPolyDataWriter()
        writer.SetInputConnection(tetrahedron.GetOutputPort())
        getattr(writer, f"SetDataModeTo{mode}")()
        getattr(writer, f"SetCompressorTypeTo{packed}")()
        writer.SetEncodeAppendedData(encoded)
        writer.SetByteOrder(0 if big else 1)
        writer.SetHeaderType(lengths)
        writer.SetFileName(str(vtp))
        writer.Write()
        put("vtp", name, vtp.read_bytes())
