// The interface in the browser's language.
const WORDS = {
  en: {
    skip: "Skip to the clips", season: "All episodes", search: "Search", level: "Level", speed: "Speed",
    translations: "Translation", keys: "Keys", all: "All", noLevel: "No level", known: "I know this",
    isKnown: "Known. Undo", knownNot: "That was not saved", signIn: "Sign in to langflix first",
    fileHint: "Opened from a file. On the page that langflix itself serves you can also mark what you know.",
    readOnly: "This page is read-only: sign in to langflix to mark what you know.",
    summary: (clips, expressions) => `${count(clips, "clip")}, ${count(expressions, "expression")}`,
    shown: (shown, all) => `${shown} of ${count(all, "expression")}`, none: "Nothing fits.",
    pending: (n) => `More may come: ${count(n, "part")} of the dialogue still to be searched.`,
    failedBatches: (n) => `${count(n, "part")} of the dialogue could not be searched.`,
    noClip: "This clip could not be made.", noPlay: "This browser does not play this clip.", open: "Open the file",
    clipOf: (names) => `Clip: ${names}`, lines: "Dialogue", playLine: "Play from this line",
    repeat: (name) => `Repeat the sentence with “${name}”`, listen: "Sentence alone",
    literally: "Literally", note: "Note", similar: "Similar", examples: "Examples", also: "Also here",
    episodes: "Episodes", more: "More episodes", page: "Page of this episode", at: (time) => `at ${time}`,
    keySpace: "Play, pause", keyLines: "Line before, line after", keyClips: "Clip before, clip after",
    keyNumbers: "Repeat the sentence of that expression", keyR: "Repeat the sentence once more", keyS: "Next speed",
    keyT: "Translation on, off", keySlash: "Search", keyEscape: "End repeating", space: "Space",
    formal: "formal", neutral: "neutral", informal: "informal", slang: "slang", vulgar: "vulgar", noun: "noun",
    verb: "verb", adjective: "adjective", adverb: "adverb", phrase: "phrase",
  },
  ko: {
    skip: "클립으로 건너뛰기", season: "모든 에피소드", search: "검색", level: "수준", speed: "속도",
    translations: "번역", keys: "단축키", all: "전체", noLevel: "수준 없음", known: "아는 표현",
    isKnown: "아는 표현임 (취소)", knownNot: "저장하지 못했습니다", signIn: "먼저 langflix에 로그인하세요",
    fileHint: "파일로 열었습니다. langflix가 제공하는 페이지에서는 아는 표현을 표시할 수도 있습니다.",
    readOnly: "읽기 전용 페이지입니다. 아는 표현을 표시하려면 langflix에 로그인하세요.",
    summary: (clips, expressions) => `클립 ${clips}개, 표현 ${expressions}개`,
    shown: (shown, all) => `표현 ${all}개 중 ${shown}개`, none: "맞는 표현이 없습니다.",
    pending: (n) => `아직 찾는 중인 대사가 ${n}부분 있어 클립이 더 나올 수 있습니다.`,
    failedBatches: (n) => `대사 ${n}부분은 찾지 못했습니다.`,
    noClip: "이 클립은 만들지 못했습니다.", noPlay: "이 브라우저에서는 재생할 수 없습니다.", open: "파일 열기",
    clipOf: (names) => `클립: ${names}`, lines: "대사", playLine: "이 줄부터 재생",
    repeat: (name) => `“${name}” 문장 반복`, listen: "문장만 듣기",
    literally: "직역", note: "참고", similar: "비슷한 표현", examples: "예문", also: "이 장면의 다른 표현",
    episodes: "에피소드", more: "다른 에피소드", page: "이 에피소드 페이지", at: (time) => `${time} 지점`,
    keySpace: "재생, 일시정지", keyLines: "앞 줄, 다음 줄", keyClips: "앞 클립, 다음 클립",
    keyNumbers: "해당 표현의 문장 반복", keyR: "문장 다시 반복", keyS: "다음 속도",
    keyT: "번역 켜기, 끄기", keySlash: "검색", keyEscape: "반복 끝내기", space: "스페이스",
    formal: "격식체", neutral: "보통", informal: "비격식", slang: "속어", vulgar: "비속어", noun: "명사",
    verb: "동사", adjective: "형용사", adverb: "부사", phrase: "구",
  },
};

const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

const LANGUAGE = (() => {
  const wanted = navigator.languages && navigator.languages.length ? navigator.languages : [navigator.language || "en"];
  const known = wanted.map((tag) => String(tag).toLowerCase().split("-")[0]).find((tag) => tag in WORDS);
  return known || "en";
})();
const say = WORDS[LANGUAGE];
