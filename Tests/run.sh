#!/bin/sh
# Sets up what is missing and runs everything that has to pass: format, build without warnings,
# tests, examples, benchmark, and the checks against programs that are not ours.
set -eu
cd "$(dirname "$0")/.."

say() { printf '\n== %s\n' "$1"; }

say "system libraries"
Tests/install-libraries.sh assimp-utils python3-venv libgl1

say "format"
swift format lint --strict --recursive Package.swift Sources Tests Examples

# Warnings are errors here, and only here: a newer compiler must not break the build of a user.
export LAMINA_WARNINGS_ARE_ERRORS=1
say "build"
swift build -c release --build-tests
say "tests"
swift test -c release

say "examples"
bin="$(swift build -c release --show-bin-path)"
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
for example in MeasureNuclei CompareSimplification CompareCurvature; do "$bin/$example"; done
"$bin/ExportForViewers" Examples/Data/nuclei.tif "$scratch/viewers"
"$bin/DrawNuclei" Examples/Data/nuclei.tif "$scratch/nuclei.png"
"$bin/DrawCurvature" Examples/Data/nuclei.tif "$scratch/curvature.png"
"$bin/DrawSurfaces" Examples/Data/nuclei.tif "$scratch/surfaces.png"

say "benchmark, as a smoke test"
"$bin/lamina-benchmark" --size 64 --repeats 1

say "other programs"
data="${LAMINA_TEST_DATA:-../shared/data}"
venv=.build/mesh-readers
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check trimesh==5.2.0 numpy networkx scipy \
  scikit-image==0.26.0 SimpleITK==2.5.7 pykarambola==0.7.0 tifffile zarr ome-zarr-models meshio vtk \
  pymeshlab==2025.7.post1 lib3mf==2.5.0 libigl==2.6.3
# Its source package does not say what it is built with. Without it one table is compared less.
"$venv/bin/python" -c "import radiomics" 2>/dev/null || {
  "$venv/bin/pip" install --quiet --disable-pip-version-check setuptools wheel cython versioneer scikit-build
  "$venv/bin/pip" install --quiet --disable-pip-version-check --no-build-isolation pyradiomics==3.0.1 \
    || say "pyradiomics cannot be built here: it is left out"
}
"$venv/bin/python" Tests/check_meshes.py "$bin/lamina" "$scratch"
"$venv/bin/python" Tests/check_deviation.py "$bin/lamina" "$scratch"
"$venv/bin/python" Tests/check_measurements.py "$bin/lamina" "$scratch"
"$venv/bin/python" Tests/check_curvature.py "$bin/lamina" "$scratch"
"$venv/bin/python" Tests/check_voxel_shape.py "$bin/lamina" "$scratch" "$data"
"$venv/bin/python" Tests/check_intensity.py "$bin/lamina" "$scratch"
"$venv/bin/python" Tests/check_harmonics.py "$bin/lamina" "$scratch"
"$venv/bin/python" Tests/check_surfaces.py "$bin/lamina" "$scratch"
"$venv/bin/python" Tests/check_volumes.py "$bin/lamina" "$scratch"
"$venv/bin/python" Tests/check_files.py "$bin/lamina" "$scratch"

if [ -f "$data/hostile/BASELINE.tsv" ]; then
  say "damaged files"
  python3 Tests/check_hostile.py "$bin/lamina" "$data"
fi
say "fuzzing"
Tests/fuzz.sh 500

printf '\nall passed\n'
