import Expressions
import Subtitles
import Testing

@Suite struct OtherLanguagesTests {
  @Test(arguments: [
    MatchCase(
      "Ayer met\u{ED} la pata.", "met\u{ED} la pata", "Ayer [met\u{ED} la pata].", language: "es"),
    // The accent as a mark of its own.
    MatchCase(
      "Ayer meti\u{301} la pata.", "met\u{ED} la pata", "Ayer [meti\u{301} la pata].",
      language: "es"),
    MatchCase("C'est l'amour fou.", "amour fou", "C'est [l'amour fou].", language: "fr"),
    MatchCase("It's going on.", "it is going on", nil, language: "de"),
  ])
  func comparesWordsAsTheyStand(row: MatchCase) {
    #expect(row.found(.spoken) == row.marked)
  }

  @Test(arguments: [
    MatchCase("Er hat aufgegeben.", "aufgeben", nil, language: "de"),
    MatchCase("Wir arbeiteten daran.", "arbeiten", "Wir [arbeiteten] daran.", language: "de"),
    MatchCase("Hablamos luego.", "hablar luego", "[Hablamos luego].", language: "es"),
    MatchCase("La casa es tuya.", "cama", nil, language: "es"),
    MatchCase(
      "Das ist unm\u{F6}glich.", "unm\u{F6}gliche", "Das ist [unm\u{F6}glich].", language: "de"),
    MatchCase("Das ist unm\u{F6}glich.", "unmenschlich", nil, language: "de"),
    MatchCase("Я тебя понимаю.", "понимать", "Я тебя [понимаю].", language: "ru"),
    MatchCase("L\u{E4}gg den p\u{E5} bordet.", "l\u{E4}gg p\u{E5}", nil, language: "sv"),
  ])
  func sharesABeginningInOthers(row: MatchCase) {
    #expect(row.found(.listed) == row.marked)
  }

  @Test(arguments: [
    MatchCase("어제 학교에서 봤어.", "학교", "어제 [학교에서] 봤어."),
    MatchCase("집에서 쉬자.", "집", "[집에서] 쉬자."),
    MatchCase("집중해.", "집", nil),
    MatchCase("눈치를 봤어요.", "눈치 보다", "[눈치를 봤어요]."),
    MatchCase("밥 먹었니?", "밥 먹다", "[밥 먹었니]?"),
    MatchCase("그건 어려워요.", "어렵다", "그건 [어려워요]."),
    MatchCase("마셨어?", "마시다", "[마셨어]?"),
    MatchCase("걱정했어.", "걱정하다", "[걱정했어]."),
    MatchCase("강아지야.", "가다", nil),
  ])
  func knowsKoreanEndings(row: MatchCase) {
    var row = row
    row.language = "ko"
    #expect(row.found(.listed) == row.marked)
  }

  @Test(arguments: [
    MatchCase("それは気にしないで。", "気にしない", "それは[気にしない]で。", language: "ja"),
    MatchCase("気に、\nしないで", "気にしない", "[気に、\nしない]で", language: "ja"),
    MatchCase("今日は気に|しないでね", "気にしないで", "今日は[気に]|[しないで]ね", language: "ja"),
    MatchCase("-気に\n-しない", "気にしない", nil, language: "ja"),
    MatchCase("你吃饭了吗？", "吃饭", "你[吃饭]了吗？", language: "zh"),
    MatchCase("ไม่เป็นไรครับ", "ไม่เป็นไร", "[ไม่เป็นไร]ครับ", language: "th"),
    MatchCase("それはOKです", "ok", "それは[OK]です", language: "ja"),
    MatchCase("それはBOOKです", "ok", nil, language: "ja"),
    // Words of it in a transcript whose language nobody knows.
    MatchCase("すべて安全", "安全", "すべて[安全]", language: "und"),
  ])
  func comparesLettersWhereNoSpaceIsWritten(row: MatchCase) {
    #expect(row.found(.spoken) == row.marked)
    #expect(row.found(.listed) == row.marked)
  }
}
