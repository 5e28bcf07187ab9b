extension GreyImage {
  /// The grey opening: the minimum, then the maximum over a neighbourhood. Removes what is bright and
  /// smaller than the neighbourhood. Opening twice is opening once, and nothing becomes brighter.
  ///
  /// The border reflects. In the voxel type of the image.
  public func opened(by neighbourhood: Neighbourhood) throws(VolumeError) -> Self {
    try minimumFiltered(over: neighbourhood).maximumFiltered(over: neighbourhood)
  }

  /// The grey closing: the maximum, then the minimum over a neighbourhood. Removes what is dark and
  /// smaller than the neighbourhood.
  ///
  /// The border reflects. In the voxel type of the image.
  public func closed(by neighbourhood: Neighbourhood) throws(VolumeError) -> Self {
    try maximumFiltered(over: neighbourhood).minimumFiltered(over: neighbourhood)
  }

  /// The white top-hat: the image minus its opening, which is what is bright and smaller than the
  /// neighbourhood. Never negative; the border reflects.
  public func whiteTopHat(over neighbourhood: Neighbourhood) throws(VolumeError) -> Volume<Float> {
    let opened = try opened(by: neighbourhood)
    var difference = try asFloats()
    difference.subtract(try opened.asFloats())
    return difference
  }
}
