import Foundation

/// JSON with snake_case keys, sorted, so that two runs of the same work give the same bytes.
package enum ManifestCoding {
  package static func encode(_ manifest: Manifest) throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(manifest), as: UTF8.self) + "\n"
  }

  static func decode(_ bytes: [UInt8]) throws -> Manifest {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Manifest.self, from: Data(bytes))
  }
}
