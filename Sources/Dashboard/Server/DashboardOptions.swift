/// How the dashboard is served.
package struct DashboardOptions: Sendable {
  /// An IP address or a name to listen on, and the port; 0 lets the system choose one.
  package var host: String
  package var port: Int
  /// Whether only this machine can reach the address.
  package var isLoopback: Bool
  /// What people sign in with and programs send; nil for none.
  package var token: String?
  /// Names that browsers may use besides addresses and the machine's own name; "*" for any.
  package var hosts: [String]
  /// This machine's own name.
  package var machineName: String
  /// So many event streams may be open at once.
  package var streams: Int
  /// The shortest time between two updates of a stream.
  package var pace: Duration

  package init(
    host: String, port: Int, isLoopback: Bool, token: String?, hosts: [String] = [],
    machineName: String, streams: Int = 256, pace: Duration = .seconds(1)
  ) {
    self.host = host
    self.port = port
    self.isLoopback = isLoopback
    self.token = token
    self.hosts = hosts
    self.machineName = machineName
    self.streams = streams
    self.pace = pace
  }
}
