/// Words of notes about sounds that might else be taken for names.
enum SoundWords {
  /// - Parameter word: in lowercase.
  static func contains(_ word: String) -> Bool {
    (word.utf8.count > 4 && word.hasSuffix("ing")) || all.contains(word)
  }

  private static let all: Set<String> = Set(
    """
    applause ambient barks beep beeps bell bells blows both burps buzzes cackles chatter cheer \
    cheers chimes chirps chokes chuckle chuckles claps clatter clears click clicks closes \
    continues coughs crack crash crashes creak creaks cries dramatic echoes ends exhales \
    explosion fades footsteps foreign gasp gasps giggles groan groans growls grunt grunts \
    gulps gunfire gunshot gunshots hisses howls hums inaudible indistinct inhales instrumental \
    knock knocks laugh laughs laughter meows moans mumbles murmurs music muffled mutters noise \
    opens pants phone plays pops quietly rings roars rustles scoff scoffs scream screams \
    shouts shudders sigh sighs silence silent slams sneezes sniffles sniffs snores snorts sobs \
    softly song speaks squeaks squeals stammers starts static stops stutters suspenseful theme \
    thud thuds thunder ticks upbeat vocalizes wails whimpers whines whispers whistle whistles \
    whoosh yawns yells yelps
    """.split(separator: " ").map(String.init))
}
