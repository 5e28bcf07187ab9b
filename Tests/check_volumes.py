"""Compares `lamina filter`, `segment`, `labels` and `watershed` with scipy and scikit-image, voxel by voxel, on random volumes
of awkward sizes, all voxel types and unequal spacing.

    check_volumes.py path/to/lamina scratch-folder      (needs numpy, scipy, scikit-image, tifffile)
"""
import json
import subprocess
import sys

import numpy as np
import scipy.ndimage as ndi
import skimage.filters as skf
import tifffile
from skimage.measure import label
from skimage.segmentation import clear_border, watershed

lamina, scratch = sys.argv[1:3]
random = np.random.default_rng(4)
SIZES = [(1, 1, 1), (3, 2, 1), (2, 33, 7), (7, 3, 33), (33, 7, 2), (9, 20, 70)]  # z, y, x
TYPES = ["uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64"]
SPACING = (2.0, 1.0, 0.5)  # z, y, x
failures, comparisons = 0, 0


def write(volume, path=f"{scratch}/volume.tif"):
    with tifffile.TiffWriter(path) as file:
        for page in volume:
            file.write(page, photometric="minisblack", contiguous=False, metadata=None)
    return path


def run(*arguments):
    spacing = ",".join(str(s) for s in reversed(SPACING))
    command = [lamina, *arguments, "--spacing", spacing, "--force", "--json"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}: {done.stderr}")
    return json.loads(done.stdout)


def filtered(volume, name, *options):
    out = f"{scratch}/filtered.tif"
    run("filter", name, write(volume), out, *options)
    return tifffile.imread(out).reshape(volume.shape)


def compare(what, found, expected, tolerance=0.0, scale=1.0):
    """The largest difference, as a share of the range of the image."""
    global failures, comparisons
    comparisons += 1
    found, expected = np.asarray(found, float), np.asarray(expected, float)
    difference = np.abs(found - expected).max() / scale
    if not difference <= tolerance:
        failures += 1
        print(f"{what}: differs by {difference:.2e} of the range, allowed {tolerance:.1e}")


def noise(size, kind):
    if kind.startswith("float"):
        return random.normal(100, 30, size).astype(kind)
    info = np.iinfo(kind)
    low, high = max(info.min, -40_000), min(info.max, 40_000)
    return random.integers(low, high, size, endpoint=True).astype(kind)


def footprint(radius, ball):
    """The voxels within a radius in units, as an array."""
    reach = [int(radius / s + 1e-9) for s in SPACING]
    steps = np.meshgrid(*[np.arange(-r, r + 1) * s for r, s in zip(reach, SPACING)], indexing="ij")
    inside = sum((step / radius) ** 2 for step in steps) <= 1 + 1e-9
    return inside if ball else np.ones_like(inside)


def check_filters(volume, what):
    exact = volume.astype(float)
    scale = max(np.ptp(exact), np.abs(exact).max() / 10)
    borders = {"reflect": {}, "nearest": {}, "7": {"mode": "constant", "cval": 7}}
    for border, options in borders.items():
        mode = {"mode": border, **options}
        sigma = [1.3 / s for s in SPACING]
        compare(f"{what} gaussian {border}",
                filtered(volume, "gaussian", "--sigma", "1.3", "--border", border),
                ndi.gaussian_filter(exact, sigma, **mode), 1e-5, scale)
    for shape in ("ball", "box"):
        around = footprint(2, shape == "ball")
        options = ("--radius", "2", "--shape", shape)
        compare(f"{what} median {shape}", filtered(volume, "median", *options),
                ndi.median_filter(volume, footprint=around, mode="reflect"))
        compare(f"{what} minimum {shape}", filtered(volume, "minimum", *options, "--border", "nearest"),
                ndi.minimum_filter(volume, footprint=around, mode="nearest"))
        compare(f"{what} maximum {shape}", filtered(volume, "maximum", *options, "--border", "3"),
                ndi.maximum_filter(volume, footprint=around, mode="constant", cval=3))
        compare(f"{what} opening {shape}", filtered(volume, "opening", *options),
                ndi.grey_opening(volume, footprint=around, mode="reflect"))
        share = around / around.sum()
        mean = ndi.convolve(exact, share, mode="reflect")
        compare(f"{what} mean {shape}", filtered(volume, "mean", *options), mean, 1e-5, scale)
        variance = ndi.generic_filter(exact, np.var, footprint=around, mode="reflect")
        compare(f"{what} variance {shape}", filtered(volume, "variance", *options), variance, 1e-5, scale**2)
        compare(f"{what} sd {shape}", filtered(volume, "sd", *options), np.sqrt(variance), 1e-5, scale)
    second = sum(ndi.convolve1d(exact, [1, -2, 1], axis=axis) / s**2 for axis, s in enumerate(SPACING))
    compare(f"{what} laplacian", filtered(volume, "laplacian"), second, 1e-5, scale)
    slopes = [ndi.sobel(exact, axis=axis) / 32 / s for axis, s in enumerate(SPACING)]
    compare(f"{what} sobel", filtered(volume, "sobel"), np.sqrt(sum(s * s for s in slopes)), 1e-5, scale)
    kernel = random.normal(size=(3, 1, 5))
    words = ",".join(f"{w:.17g}" for w in kernel.ravel())
    compare(f"{what} convolve", filtered(volume, "convolve", f"--kernel={words}", "--kernel-size", "5,1,3"),
            ndi.convolve(exact, kernel), 1e-5, scale)


def check_thresholds(volume, what):
    methods = {"otsu": skf.threshold_otsu, "li": skf.threshold_li, "triangle": skf.threshold_triangle,
               "isodata": skf.threshold_isodata, "yen": skf.threshold_yen, "mean": skf.threshold_mean,
               "otsu:3": lambda v: skf.threshold_multiotsu(v, 3)[-1],
               "otsu:4": lambda v: skf.threshold_multiotsu(v, 4)[-1]}
    path = write(volume)
    for name, method in methods.items():
        level = run("segment", path, f"{scratch}/labels.tif", "--sigma", "0", "--threshold", name)["threshold"]
        # Two levels are the same where they divide the voxels in the same way.
        compare(f"{what} {name}", volume > level, volume > method(volume))


def check_distances(mask, what):
    expected = ndi.distance_transform_edt(mask, sampling=SPACING)
    if mask.all():
        return
    compare(f"{what} distance", filtered(mask.astype("uint8"), "distance"), expected, 1e-6, expected.max())


def check_morphology(mask, what):
    around = footprint(2, True)
    eroded = lambda m: ndi.binary_erosion(m, around, border_value=1)
    dilated = lambda m: ndi.binary_dilation(m, around)
    # Beyond the border lies what decides nothing.
    inner = ndi.binary_erosion(mask, border_value=1)
    compare(f"{what} boundary", filtered(mask.astype("uint8"), "boundary") > 0, mask & ~inner)
    path = write(mask.astype("uint8"))
    for option, expected in (("--open", dilated(eroded(mask))), ("--close", eroded(dilated(mask)))):
        out = f"{scratch}/labels.tif"
        run("segment", path, out, "--sigma", "0", "--threshold", "0.5", option, "2")
        compare(f"{what} {option}", tifffile.imread(out).reshape(mask.shape) > 0, expected)


def check_components(mask, what):
    """Components of a mask, numbered in raster order, without holes, and off the border."""
    path, out = write(mask.astype("uint8")), f"{scratch}/labels.tif"
    for steps, connectivity in ((1, "6"), (2, "18"), (3, "26")):
        options = ("--sigma", "0", "--threshold", "0.5", "--connectivity", connectivity)
        run("segment", path, out, *options)
        compare(f"{what} segment {connectivity}", tifffile.imread(out).reshape(mask.shape),
                raster_order(label(mask, connectivity=steps)))
        run("segment", path, out, *options, "--clear-border")
        compare(f"{what} clear border {connectivity}", tifffile.imread(out).reshape(mask.shape) > 0,
                clear_border(label(mask, connectivity=steps)) > 0)
        # The background is followed with the dual connectivity.
        outside = np.ones((3, 3, 3)) if steps == 1 else None
        run("segment", path, out, *options, "--fill-holes")
        compare(f"{what} holes {connectivity}", tifffile.imread(out).reshape(mask.shape) > 0,
                ndi.binary_fill_holes(mask, outside))


def raster_order(labels):
    """The labels numbered by their first voxel, which scikit-image does not promise."""
    names, first = np.unique(labels, return_index=True)
    numbers = np.zeros(names.max() + 1, int)
    objects = names[names > 0][np.argsort(first[names > 0])]
    numbers[objects] = np.arange(1, len(objects) + 1)
    return numbers[labels]


def check_labels(values, what):
    """Components of a label image, numbered in raster order, and their contacts."""
    path, out = write(values.astype("uint16")), f"{scratch}/components.tif"
    for steps, connectivity in ((1, "6"), (2, "18"), (3, "26")):
        run("labels", path, out, "--components", "--connectivity", connectivity)
        compare(f"{what} components {connectivity}", tifffile.imread(out).reshape(values.shape),
                raster_order(label(values, connectivity=steps)))


def check_watershed(size, what):
    """Where no two heights are the same, there is one watershed."""
    heights = random.permutation(np.arange(np.prod(size))).reshape(size).astype("float32")
    seeds = np.where(random.random(size) < 0.02, random.integers(1, 60_000, size), 0).astype("uint16")
    mask = (random.random(size) < 0.8).astype("uint8")
    if not seeds.any():
        return
    paths = [f"{scratch}/{name}.tif" for name in ("heights", "seeds", "mask", "regions")]
    for path, volume in zip(paths, (heights, seeds, mask)):
        write(volume, path)
    for steps, connectivity in ((1, "6"), (3, "26")):
        run("watershed", paths[0], paths[1], paths[3], "--mask", paths[2], "--connectivity", connectivity)
        compare(f"{what} watershed {connectivity}", tifffile.imread(paths[3]).reshape(size),
                watershed(heights, seeds * mask, mask=mask, connectivity=steps))


for size in SIZES:
    for kind in TYPES:
        check_filters(noise(size, kind), f"{size} {kind}")
    for share in (0.3, 0.7, 0.97):
        mask = random.random(size) < share
        if mask.size > 1:
            check_distances(mask, f"{size} {share}")
            check_morphology(mask, f"{size} {share}")
            check_components(mask, f"{size} {share}")
            check_labels(mask * random.integers(1, 4, size), f"{size} {share}")
            check_watershed(size, f"{size}")
for kind in ("uint8", "uint16", "int16"):
    for separation in (8, 15, 40):
        two = np.where(random.random((12, 25, 40)) < 0.3, random.normal(60 + separation, 6, (12, 25, 40)),
                       random.normal(50, 5, (12, 25, 40)))
        check_thresholds(np.clip(two, 0, 127).astype(kind), f"{kind} {separation}")

print(f"{comparisons} comparisons with scipy and scikit-image, {failures} failed")
sys.exit(failures > 0)
