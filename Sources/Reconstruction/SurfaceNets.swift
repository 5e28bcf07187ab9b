internal import MeshProcessing
public import Volumes

extension Volume where Element == UInt32 {
  /// The surfaces of all objects of a label image in one complex, by surface nets.
  ///
  /// There is a vertex in every block of 2 x 2 x 2 voxels with several labels, and a patch of triangles
  /// for every face between voxels of different labels, spanned by the vertices of the four blocks
  /// around it. What lies at the border of the image is closed there, half a voxel beyond the centres of
  /// the last voxels.
  ///
  /// Unrelaxed, the vertices lie in the middle of their blocks, and the surface is that of the voxels
  /// with all its steps: volumes are exact, areas too large by half. Relaxed, every vertex moves towards
  /// the mean of its neighbours, as far as its block reaches. Either way no two triangles cross.
  ///
  /// Gibson 1998, doi:10.1007/BFb0056277; for several labels Frisken 2022, https://jcgt.org/published/0011/01/03/;
  /// the patches that cannot cross are those of Ju & Udeshi 2006.
  ///
  /// - Parameter relaxations: How often every vertex moves.
  public func surfaceNets(relaxations: Int = 0) -> SurfaceComplex {
    precondition(relaxations >= 0, "vertices cannot move \(relaxations) times")
    let net = SurfaceNet(self)
    let positions = net.positions()
    return net.complex(positions)
  }
}

/// The passes by which a surface net is made, over slabs of layers of cells.
struct SurfaceNet: Sendable {
  let labels: LabelVolume
  let slabs: [Range<Int>]
  /// The number of the first vertex of each slab, and one more entry for their count.
  let firstVertices: [Int]

  /// Numbers the vertices: one in every cell with several labels.
  init(_ labels: LabelVolume) {
    let slabs = Parallel.pieces(of: labels.grid.size.z + 1, size: 16)
    let counts = Parallel.map(slabs) { layers in
      var sweep = LabelSweep(labels, before: layers.lowerBound)
      var count = 0
      for _ in layers {
        sweep.enterNextLayer()
        count += sweep.cellCount
      }
      return count
    }
    var firstVertices = [0]
    for count in counts { firstVertices.append(firstVertices[firstVertices.count - 1] + count) }
    precondition(
      firstVertices[slabs.count] < UInt32.max, "too many vertices: \(firstVertices[slabs.count])")
    self.labels = labels
    self.slabs = slabs
    self.firstVertices = firstVertices
  }

  var vertexCount: Int { firstVertices[slabs.count] }

  /// The middles of the cells.
  func positions() -> [SIMD3<Float>] {
    guard vertexCount > 0 else { return [] }
    let grid = labels.grid
    return unsafe Array(unsafeUninitializedCapacity: vertexCount) { buffer, count in
      let target = unsafe DisjointWrites(buffer)
      Parallel.forEach(slabs.count) { slab in
        var sweep = LabelSweep(labels, before: slabs[slab].lowerBound)
        var vertex = firstVertices[slab]
        for layer in slabs[slab] {
          sweep.enterNextLayer()
          sweep.forEachCell { x, y in
            let middle = SIMD3(Double(x), Double(y), Double(layer)) - 0.5
            // SAFETY: a slab has as many cells as were counted, from its first vertex on.
            unsafe target.base[vertex] = SIMD3<Float>(grid.world(middle))
            vertex += 1
          }
        }
      }
      count = vertexCount
    }
  }

  /// The triangles between the vertices, wall by wall.
  func complex(_ positions: [SIMD3<Float>]) -> SurfaceComplex {
    let counts = Parallel.map(slabs) { layers in
      var counts = WallCounts()
      var sweep = LabelSweep(labels, before: layers.lowerBound)
      for _ in layers {
        sweep.enterNextLayer()
        sweep.forEachFace { face in counts.add(2, to: face) }
      }
      return counts
    }
    let plan = WallPlan(counts)
    guard plan.triangleCount > 0 else {
      return SurfaceComplex(positions: [], triangles: [], walls: [], grid: labels.grid)
    }
    let triangles = unsafe [Triangle](unsafeUninitializedCapacity: plan.triangleCount) {
      buffer, count in
      let target = unsafe DisjointWrites(buffer)
      Parallel.forEach(slabs.count) { slab in
        fill(target, slab, counts[slab], from: plan.starts[slab])
      }
      count = plan.triangleCount
    }
    return SurfaceComplex(
      positions: positions, triangles: triangles, walls: plan.walls, grid: labels.grid)
  }

  /// Writes the triangles of a slab, those of each wall from where its part of the wall starts.
  private func fill(
    _ target: DisjointWrites<Triangle>, _ slab: Int, _ walls: WallCounts, from starts: [Int]
  ) {
    var walls = walls
    var next = starts
    let layers = slabs[slab]
    var sweep = LabelSweep(labels, before: max(layers.lowerBound - 1, 0))
    var vertices = LayerVertices(on: labels.grid)
    if layers.lowerBound > 0 {
      sweep.enterNextLayer()
      vertices.number(sweep, from: firstVertices[slab] - sweep.cellCount)
    }
    var first = firstVertices[slab]
    for _ in layers {
      sweep.enterNextLayer()
      first = vertices.number(sweep, from: first)
      sweep.forEachFace { face in
        let quad = vertices.corners(of: face)
        let wall = walls.index(of: face)
        let place = next[wall]
        next[wall] += 2
        // SAFETY: the faces of a wall in a slab are as many as were counted.
        unsafe target.base[place] = Triangle(quad.a, quad.b, quad.c)
        unsafe target.base[place + 1] = Triangle(quad.a, quad.c, quad.d)
      }
    }
  }
}

/// The four vertices around a face, counter-clockwise seen from the side of the smaller label.
struct NetQuad {
  let a: UInt32
  let b: UInt32
  let c: UInt32
  let d: UInt32
}

/// The numbers of the vertices in the layer of cells that has been entered last, and in the one before.
struct LayerVertices {
  private let cellsPerRow: Int
  private var before: [UInt32]
  private var current: [UInt32]

  init(on grid: Grid) {
    cellsPerRow = grid.size.x + 1
    before = Array(repeating: 0, count: cellsPerRow * (grid.size.y + 1))
    current = before
  }

  /// Numbers the vertices of the next layer, and says what the next one after them is.
  @discardableResult
  mutating func number(_ sweep: LabelSweep, from first: Int) -> Int {
    swap(&before, &current)
    var vertex = UInt32(first)
    sweep.forEachCell { x, y in
      current[y * cellsPerRow + x] = vertex
      vertex += 1
    }
    return Int(vertex)
  }

  @inline(__always)
  func corners(of face: NetFace) -> NetQuad {
    let cell = face.y * cellsPerRow + face.x
    let quad: NetQuad
    switch face.axis {
    case 0:
      quad = NetQuad(
        a: before[cell], b: before[cell + cellsPerRow], c: current[cell + cellsPerRow],
        d: current[cell])
    case 1:
      quad = NetQuad(a: before[cell], b: current[cell], c: current[cell + 1], d: before[cell + 1])
    default:
      quad = NetQuad(
        a: current[cell], b: current[cell + 1], c: current[cell + cellsPerRow + 1],
        d: current[cell + cellsPerRow])
    }
    return face.upper < face.lower ? quad : NetQuad(a: quad.a, b: quad.d, c: quad.c, d: quad.b)
  }
}
