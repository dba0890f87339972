import Expressions
import Testing

@Suite struct EnglishFormsTests {
  /// Each form is found by the first of its row.
  @Test(arguments: [
    "go goes went gone going", "be am is are was were been being", "have has had having",
    "lie lies lied lying lay", "lay lays laid laying", "stop stops stopped stopping",
    "hope hopes hoped hoping", "carry carries carried carrying", "watch watches watched watching",
    "do does did done doing", "die dies died dying", "echo echoes echoed echoing",
    "knife knives", "leaf leaves", "man men", "child children", "foot feet",
    "shelf shelves", "quiz quizzes", "kiss kisses kissed kissing", "agree agrees agreed agreeing",
    "panic panics", "will would", "can could", "understand understood understanding",
    "break broke broken breaking", "bus buses",
  ])
  func findsForms(row: String) {
    let forms = row.split(separator: " ").map(String.init)
    for form in forms {
      let row = MatchCase("Now \(form) well", "\(forms[0]) well", "Now [\(form) well]")
      #expect(row.found(.listed) == row.marked, "\(form)")
    }
  }

  @Test(arguments: [
    ("his", "hi"), ("this", "thi"), ("thing", "th"), ("news", "new"), ("bus", "bu"),
    ("shed", "she"),
    ("need", "ne"), ("bring", "br"), ("us", "use"), ("begin", "beg"), ("less", "les"),
    ("went", "wend"), ("over", "up"),
  ])
  func doesNotTakeOthersForForms(said: String, wanted: String) {
    #expect(MatchCase("Now \(said) well", "\(wanted) well", nil).found(.listed) == nil)
  }
}
