internal import MeshProcessing
internal import Volumes

/// A surface as marching cubes leave it.
struct MarchedSurface: Sendable {
  private(set) var positions: [SIMD3<Float>]
  /// For every position whether the field says where it is. Beside voxels that are inside or outside by
  /// decree the surface runs midway.
  private(set) var isOnLevelSet: [Bool]
  private(set) var triangles: [Triangle]

  var mesh: TriangleMesh { TriangleMesh(positions: positions, triangles: triangles) }

  init(_ territory: Territory, _ inside: InsideBits, _ places: RowPlaces, slabs: [Range<Int>]) {
    let count = (vertices: places.vertexCount, triangles: places.triangleCount)
    isOnLevelSet = Array(repeating: true, count: count.vertices)
    positions = []
    triangles = []
    guard count.triangles > 0 else { return }
    unsafe isOnLevelSet.withUnsafeMutableBufferPointer { flags in
      let flags = unsafe DisjointWrites(flags)
      unsafe positions = Array(unsafeUninitializedCapacity: count.vertices) { positions, written in
        let positions = unsafe DisjointWrites(positions)
        unsafe triangles = Array(unsafeUninitializedCapacity: count.triangles) { buffer, written in
          let target = unsafe SurfaceMemory(
            positions: positions, isOnLevelSet: flags, triangles: DisjointWrites(buffer))
          Parallel.forEach(slabs) { slab in
            let rows = RowWriter(territory, inside, places, to: target)
            for z in slab { for y in 0..<inside.size.y { rows.write(y, z) } }
          }
          written = count.triangles
        }
        written = count.vertices
      }
    }
  }

  /// Removes all connected parts but the one that encloses the largest volume.
  mutating func keepLargestPart() {
    let mesh = mesh
    let parts = ConnectedParts(mesh)
    guard parts.count > 1 else { return }
    var volumes = [Double](repeating: 0, count: parts.count)
    for triangle in triangles {
      let (a, b, c) = mesh.corners(triangle)
      volumes[Int(parts.ofVertex[Int(triangle.a)])] += dot(a, cross(b, c))
    }
    let largest = volumes.indices.max { volumes[$0] < volumes[$1] }.map { UInt32($0) }
    var names = [UInt32](repeating: 0, count: positions.count)
    var kept = 0
    for vertex in positions.indices where parts.ofVertex[vertex] == largest {
      names[vertex] = UInt32(kept)
      positions[kept] = positions[vertex]
      isOnLevelSet[kept] = isOnLevelSet[vertex]
      kept += 1
    }
    positions.removeLast(positions.count - kept)
    isOnLevelSet.removeLast(isOnLevelSet.count - kept)
    triangles = triangles.filter { parts.ofVertex[Int($0.a)] == largest }.map {
      Triangle(names[Int($0.a)], names[Int($0.b)], names[Int($0.c)])
    }
  }
}
