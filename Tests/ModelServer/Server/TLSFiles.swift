import Foundation
import NIOSSL
import Subprocess
import SystemPackage

/// A server's certificate and private key, in PEM files.
package struct TLSFiles: Sendable, Hashable {
  package var certificate: FilePath
  package var key: FilePath

  package init(certificate: FilePath, key: FilePath) {
    self.certificate = certificate
    self.key = key
  }

  package struct Failure: Error, CustomStringConvertible {
    package var description: String
  }

  /// Makes a certificate with the `openssl` program, in a new folder below the temporary one.
  /// - Parameter host: a DNS name or IPv4 address; whoever connects to another one is to refuse it.
  package static func selfSigned(host: String) async throws -> TLSFiles {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "model-server-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let files = TLSFiles(
      certificate: FilePath(folder.appendingPathComponent("certificate.pem").path),
      key: FilePath(folder.appendingPathComponent("key.pem").path))
    let isAddress = host.allSatisfy { $0.isNumber || $0 == "." }
    let result = try await Subprocess.run(
      .name("openssl"),
      arguments: [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-days", "2", "-subj", "/CN=\(host)",
        "-addext", "subjectAltName=\(isAddress ? "IP" : "DNS"):\(host)",
        "-keyout", files.key.string, "-out", files.certificate.string,
      ],
      output: .discarded, error: .string(limit: 64 << 10))
    guard result.terminationStatus.isSuccess else {
      throw Failure(
        description: "openssl could not make a certificate; is OpenSSL 1.1.1 or later installed? "
          + result.standardError)
    }
    return files
  }

  /// Removes the folder that `selfSigned` made.
  package func remove() {
    try? FileManager.default.removeItem(atPath: certificate.removingLastComponent().string)
  }

  func configuration() throws -> TLSConfiguration {
    TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMFile(certificate.string).map {
        .certificate($0)
      },
      privateKey: .privateKey(try NIOSSLPrivateKey(file: key.string, format: .pem)))
  }
}
