/// Why WordNet's files can't be used; names the file and says how to mend it.
package struct LexiconError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Kind: String, Sendable, Hashable { case missing, unreadable, damaged }

  package var kind: Kind
  package var path: String
  /// What exactly is wrong with the file.
  package var detail: String

  package init(kind: Kind, path: String, detail: String) {
    self.kind = kind
    self.path = path
    self.detail = detail
  }

  package var description: String {
    "The WordNet file \(path) is \(kind.rawValue): \(detail). "
      + "Install WordNet 3.0 with 'apt-get install wordnet-base', "
      + "or set lexicon.wordnet_folder to the folder that holds it."
  }
}
