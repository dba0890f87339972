import Expressions
import Foundation
import Settings

/// One provider of the pool: what is asked, and what it may be asked for.
package struct PoolLane: Sendable {
  /// What the ledger, the log and `status` call it.
  let name: String
  let extractor: any Extractor
  let limits: ExtractorLimits
  let plan: BatchPlan
  /// When its day ends; nil for what costs nothing and is not counted.
  let day: ProviderDay?

  var isLexicon: Bool { name == SettingKeys.lexiconName }
  var isCounted: Bool { day != nil }

  /// Clips that an episode of 45 minutes may have, where this is asked.
  func clips(by settings: LangflixSettings) -> Int {
    isLexicon ? settings.extraction.lexicon.clips : settings.selection.clips
  }

  package init(
    name: String, extractor: any Extractor, limits: ExtractorLimits, plan: BatchPlan,
    day: ProviderDay?
  ) {
    self.name = name
    self.extractor = extractor
    self.limits = limits
    self.plan = plan
    self.day = day
  }
}

/// A provider's calendar: its quotas begin anew at midnight of its own time zone.
package struct ProviderDay: Sendable, Hashable {
  let timeZone: TimeZone

  package init(timeZone: TimeZone) { self.timeZone = timeZone }

  /// The day's name, such as "2026-11-23", and when it ends, in seconds since 1970.
  func current(at now: Double) -> (name: String, end: Double) {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = timeZone
    let date = Date(timeIntervalSince1970: now)
    let parts = calendar.dateComponents([.year, .month, .day], from: date)
    let name = [(parts.year ?? 0, 4), (parts.month ?? 0, 2), (parts.day ?? 0, 2)]
      .map { number, width in
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
      }.joined(separator: "-")
    let end =
      calendar.date(byAdding: .day, value: 1, to: calendar.startOfDay(for: date))
      ?? date.addingTimeInterval(86_400)
    return (name, end.timeIntervalSince1970)
  }
}
