// One import for all of Lamina.
@_exported public import MeshIO
@_exported public import MeshProcessing
@_exported public import Morphometry
@_exported public import Phantoms
@_exported public import Pictures
@_exported public import Reconstruction
@_exported public import VolumeIO
@_exported public import Volumes

/// The version of Lamina, which every run record carries.
public let laminaVersion = "0.1.0"
