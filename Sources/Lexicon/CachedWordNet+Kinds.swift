/// What a noun is a kind of.
extension CachedWordNet {
  private static let highestAncestor = 12

  /// Whether the head names a kind that this meaning is of; a phone number is a number.
  func isKind(of head: String, _ synset: Synset) throws(LexiconError) -> Bool {
    var waiting = [synset]
    var seen: Set<Int> = []
    var height = 0
    while !waiting.isEmpty, height < Self.highestAncestor {
      var above: [Synset] = []
      for synset in waiting {
        let names = synset.words.map { $0.lowercased() }
        // A compound of the same head, higher up, says as much as the head itself.
        if names.contains(head) || height > 0 && names.contains(where: { $0.hasSuffix("_" + head) })
        {
          return true
        }
        for offset in synset.hypernyms where seen.insert(offset).inserted {
          if let hypernym = try self.synset(at: offset, as: .noun) { above.append(hypernym) }
        }
      }
      waiting = above
      height += 1
    }
    return false
  }
}
