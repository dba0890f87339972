import SystemPackage

/// Addresses of files, relative to a page.
enum GalleryLink {
  /// - Parameters:
  ///   - name: what a manifest calls a file; nil comes back for what leads elsewhere.
  ///   - folder: the manifest's own, where the page lies above it.
  static func file(_ name: String, in folder: FilePath.Component? = nil) -> String? {
    if let flat = ManifestListing.flat(name) {
      // The folder of all episodes' folders lies in that of the flat files.
      return (folder == nil ? "../../" : "../") + encoded(flat)
    }
    guard let inside = ManifestListing.inside(name) else { return nil }
    let parts = ([folder].compactMap { $0 } + Array(inside.components)).map(encoded)
    return parts.joined(separator: "/")
  }

  static func page(in folder: FilePath.Component) -> String {
    "\(encoded(folder))/\(GalleryPage.fileName)"
  }

  /// Byte by byte, for a name need not be UTF-8; a colon would make a scheme of what stands before it.
  private static func encoded(_ name: FilePath.Component) -> String {
    name.withPlatformString { bytes in
      var result = ""
      var position = 0
      while bytes[position] != 0 {
        let byte = UInt8(bitPattern: bytes[position])
        if isPlain(byte) {
          result.unicodeScalars.append(Unicode.Scalar(byte))
        } else {
          let digits = String(byte, radix: 16, uppercase: true)
          result += digits.count < 2 ? "%0\(digits)" : "%\(digits)"
        }
        position += 1
      }
      return result
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      true
    default: false
    }
  }
}
