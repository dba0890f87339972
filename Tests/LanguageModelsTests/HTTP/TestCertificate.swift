import Foundation
import SystemPackage

/// A certificate that signs itself, made by the openssl program; its files go with it.
final class TestCertificate: Sendable {
  struct Refusal: Error {}

  static let isAvailable = FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")

  let file: FilePath
  let keyFile: FilePath
  private let folder: URL

  /// - Parameter name: what it is for, such as "IP:127.0.0.1" or "DNS:other.example".
  init(for name: String) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("langflix-certificate-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    file = FilePath(folder.appendingPathComponent("certificate.pem").path)
    keyFile = FilePath(folder.appendingPathComponent("key.pem").path)
    let openssl = Process()
    openssl.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
    openssl.arguments = [
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
      "-keyout", keyFile.string, "-out", file.string, "-days", "2", "-subj", "/CN=langflix test",
      "-addext", "subjectAltName=\(name)",
    ]
    openssl.standardError = FileHandle.nullDevice
    try openssl.run()
    openssl.waitUntilExit()
    guard openssl.terminationStatus == 0 else { throw Refusal() }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }
}
