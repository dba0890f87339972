import Dashboard
import Foundation
import Settings

extension DashboardOptions {
  init(_ settings: DashboardSettings) {
    self.init(
      host: settings.listen.host, port: settings.listen.port,
      isLoopback: settings.listen.isLoopback, token: settings.token?.value,
      hosts: settings.hosts, machineName: ProcessInfo.processInfo.hostName)
  }
}
