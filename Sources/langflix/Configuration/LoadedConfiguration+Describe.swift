import Foundation
import SystemPackage

extension LoadedConfiguration {
  /// A table of every key, its value and where it comes from.
  package func describe() -> String {
    let head = file.map { "file: \(ShownText.plain($0.string))" } ?? "file: none was found"
    let rows = origins.map { origin in
      [origin.key, origin.value, origin.origin].map { ShownText.plain($0) }
    }
    let widths = (0..<2).map { column in rows.map { $0[column].count }.max() ?? 0 }
    let lines = rows.map { row in
      let padded = zip(row, widths).map { text, width in
        text + String(repeating: " ", count: width - text.count)
      }
      return (padded + [row[2]]).joined(separator: "  ")
    }
    return ([head, ""] + lines).joined(separator: "\n")
  }

  /// The same as a JSON object with `file`, `settings` and `warnings`.
  package func describeJSON() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let description = Description(file: file?.string, settings: origins, warnings: warnings)
    return String(decoding: try encoder.encode(description), as: UTF8.self)
  }

  private struct Description: Encodable {
    var file: String?
    var settings: [SettingOrigin]
    var warnings: [String]
  }
}
