/// Which neighbours of a voxel count as connected to it.
public enum VoxelConnectivity: Int, Sendable, Hashable, Codable, CaseIterable {
  /// The 6 neighbours that share a face.
  case faces = 6
  /// The 18 neighbours that share a face or an edge.
  case edges = 18
  /// The 26 neighbours that share a face, an edge or a corner.
  case corners = 26

  /// The connectivity of the background that belongs to it: two objects that touch only at an edge
  /// or corner must not be both one object and a wall.
  public var dual: VoxelConnectivity { self == .faces ? .corners : .faces }
}
