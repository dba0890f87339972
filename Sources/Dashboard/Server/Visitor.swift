import Hummingbird
import NIOCore

/// Who sends a request, as far as the connection tells.
struct Visitor: InitializableFromSource {
  /// An IP address, or "?" where there is none.
  let address: String

  init(source: ApplicationRequestContextSource) {
    address = source.channel.remoteAddress?.ipAddress ?? "?"
  }

  init(address: String) { self.address = address }
}
