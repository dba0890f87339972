import NIOCore

/// Keeps the ledger of open connections, and closes a connection as soon as the client's side ends.
///
/// The server underneath lets a client half-close; without this, a client that hangs up while its
/// reply is delayed would go unseen until the first byte is written. A stream of HTTP/2 is another
/// matter: its client's side ends with every request.
final class HangUpHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = NIOAny

  private let ledger: ServerLedger

  init(ledger: ServerLedger) { self.ledger = ledger }

  func handlerAdded(context: ChannelHandlerContext) { ledger.opened(context.channel.connection) }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    context.fireUserInboundEventTriggered(event)
    guard let event = event as? ChannelEvent, event == .inputClosed else { return }
    if context.channel === context.channel.connection { context.close(promise: nil) }
  }
}

extension Channel {
  /// The connection that a stream of HTTP/2 belongs to; the channel itself with HTTP/1.
  var connection: any Channel {
    // A connection's parent is the listener, which has none.
    guard let parent, parent.parent != nil else { return self }
    return parent
  }
}
