extension Regrounding {
  /// How many of the candidates that occur in the old transcript occur in the new one, too.
  package func holding(
    _ candidates: [Candidate], of old: Grounding
  ) -> (held: Int, of: Int) {
    Self.count(candidates, of: old, in: grounding) { first, last in
      mapping.cues(at: first...last).map { Array($0.prefix(Self.reach)) } ?? []
    }
  }

  /// The same where answers are kept as they are, each batch's cues counted so many later.
  /// - Parameter shifts: of the batches, by the cues that they had.
  package static func holding(
    _ candidates: [Candidate], of old: Grounding, in new: Grounding,
    shifted shifts: [(cues: ClosedRange<Int>, by: Int)]
  ) -> (held: Int, of: Int) {
    count(candidates, of: old, in: new) { first, last in
      guard let shift = shifts.first(where: { $0.cues.contains(first) }) else { return [] }
      return Array((first + shift.by...last + shift.by).prefix(reach))
    }
  }

  private static func count(
    _ candidates: [Candidate], of old: Grounding, in new: Grounding,
    places: (Int, Int) -> [Int]
  ) -> (held: Int, of: Int) {
    var (held, all) = (0, 0)
    for candidate in candidates {
      guard case .success(let expression) = old.ground(candidate),
        let first = expression.cueNumbers.min(), let last = expression.cueNumbers.max()
      else { continue }
      all += 1
      var moved = candidate
      moved.cueNumbers = places(first, last)
      if case .success = new.ground(moved) { held += 1 }
    }
    return (held, all)
  }
}
