import Settings
import SystemPackage

/// How an `HTTPClient` treats every request.
package struct HTTPOptions: Sendable, Hashable {
  /// For the name's resolution, the connection and the TLS handshake together.
  package var connectTimeLimit: Duration = .seconds(10)
  /// Certificates (PEM) to trust.
  ///
  /// They are trusted besides those in libcurl's own folder of certificates, which is
  /// `/etc/ssl/certs` on Debian. A libcurl that was built without such a folder trusts only these.
  /// Nil: what the system trusts.
  package var caFile: FilePath?
  /// For the body, counted after decompression.
  package var responseByteLimit = 16 << 20
  /// A body that comes slower than this many bytes a second is given up after `lowSpeedSpan`.
  ///
  /// Measured from the first byte of the body that isn't blank: a model that thinks sends nothing,
  /// or blanks that keep the connection alive. 0: no such limit.
  package var lowSpeedLimit = 1
  package var lowSpeedSpan: Duration = .seconds(60)
  package var userAgent = "langflix/\(ProgramVersion.current)"
  /// Requests in flight at once; further ones wait their turn, and their time limits run.
  package var transferLimit = 256

  package init() {}
}
