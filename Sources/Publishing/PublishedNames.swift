import SystemPackage

/// What a manifest says was published.
package enum PublishedNames {
  /// The names as the manifest has them, but those that lead elsewhere; empty where there is no manifest. Blocks.
  package static func all(in folder: FilePath) -> Set<String> {
    guard let listing = ManifestListing(in: folder) else { return [] }
    let names = listing.names.filter {
      ManifestListing.inside($0) != nil || ManifestListing.flat($0) != nil
    }
    return Set(names + [Manifest.fileName])
  }
}
