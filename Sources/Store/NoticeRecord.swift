/// Something that is to be told, kept until every receiver has it.
package struct NoticeRecord: Sendable, Hashable {
  package enum Topic: String, Sendable, Hashable, CaseIterable { case clips, trouble }

  package var id: Int64
  package var topic: Topic
  /// Seconds since 1970.
  package var at: Double
  package var content: String

  package init(id: Int64, topic: Topic, at: Double, content: String) {
    self.id = id
    self.topic = topic
    self.at = at
    self.content = content
  }
}

/// How far one receiver has been told of one topic.
package struct ToldMark: Sendable, Hashable {
  package var receiver: String
  package var topic: NoticeRecord.Topic

  package init(receiver: String, topic: NoticeRecord.Topic) {
    self.receiver = receiver
    self.topic = topic
  }
}

/// What is wrong and was told.
package struct TroubleRecord: Sendable, Hashable {
  package var kind: String
  package var subject: String
  /// Seconds since 1970.
  package var since: Double
  package var reason: String
  /// What tells its end, where that can be looked at; JSON.
  package var mark: String?

  package init(
    kind: String, subject: String, since: Double, reason: String, mark: String? = nil
  ) {
    self.kind = kind
    self.subject = subject
    self.since = since
    self.reason = reason
    self.mark = mark
  }
}
