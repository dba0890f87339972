import SystemPackage

/// Why a deck was not written.
package struct AnkiError: Error, CustomStringConvertible {
  package var description: String

  init(_ description: String) { self.description = description }

  init(_ what: String, at path: FilePath, _ cause: any Error) {
    description = "\(what) at \(path): \(cause)"
  }
}
