/// The full words that spoken English runs together.
enum Contractions {
  /// Other ways to say a word, each as its words; empty for most.
  static func readings(of word: String) -> [[String]] {
    var readings = fixed[word] ?? []
    guard let apostrophe = word.lastIndex(of: "'") else { return readings }
    // "don't" ends in "n't", "it's" in "'s".
    let negation = word.hasSuffix("n't") ? word.dropLast(3) : ""
    let head = negation.isEmpty ? word[..<apostrophe] : negation
    let endings = negation.isEmpty ? clitics[String(word[apostrophe...])] ?? [] : ["not"]
    guard !head.isEmpty, !endings.isEmpty, readings.isEmpty else { return readings }
    // Nothing nests deeper than "shouldn't've".
    for start in [[String(head)]] + (head.contains("'") ? Self.readings(of: String(head)) : []) {
      readings += endings.map { start + [$0] }
    }
    return readings
  }

  private static let clitics: [String: [String]] = [
    "'s": ["is", "has"], "'re": ["are"], "'m": ["am"], "'ve": ["have"],
    "'ll": ["will", "shall"], "'d": ["would", "had", "did"],
  ]

  private static let fixed: [String: [[String]]] = {
    let table = """
      ain't am not,is not,are not,has not,have not,isn't,aren't,hasn't,haven't
      betcha bet you
      c'mon come on
      can't can not,cannot
      cannot can not,can't
      cause because
      'cause because
      coulda could have
      couldja could you
      cuz because
      d'you do you
      didja did you
      dontcha don't you,do not you
      dunno don't know,do not know
      em them
      finna going to
      getcha get you
      gimme give me
      gonna going to
      gotcha got you
      gotta got to,got a,have got to,have to
      hafta have to
      hasta has to
      i'ma i am going to
      imma i am going to
      innit is not it,isn't it
      kinda kind of
      lemme let me
      let's let us
      lotsa lots of
      lotta lot of
      mighta might have
      musta must have
      oughta ought to
      outta out of
      shan't shall not
      shoulda should have
      shouldja should you
      sorta sort of
      supposta supposed to
      tis it is
      tryna trying to
      twas it was
      useta used to
      wanna want to,want a
      whaddya what do you
      whatcha what are you,what do you
      won't will not
      woulda would have
      wouldja would you
      y'all you all
      ya you
      """
    var fixed: [String: [[String]]] = [:]
    for line in table.split(separator: "\n") {
      guard let space = line.firstIndex(of: " ") else { continue }
      fixed[String(line[..<space])] = line[space...].split(separator: ",").map {
        $0.split(separator: " ").map(String.init)
      }
    }
    return fixed
  }()
}
