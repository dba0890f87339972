import Dispatch
import GRDB

extension Configuration {
  /// GRDB's threads want to be of a higher class than others; where the kernel does not let them, as in a service,
  /// each complains on standard error.
  static var plain: Configuration {
    var configuration = Configuration()
    configuration.qos = .default
    return configuration
  }
}
