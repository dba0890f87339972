"""What is said in the sample season, and what is worth learning in it."""

from sample import expression, make_episode

WEATHER = {
    "name": "bd turn down, figure out",
    "first": 12,
    "at": 61.4,
    "colours": ("0x1d3b53", "0xd98e4a"),
    "lines": [
        {"speaker": "ADA", "text": "They turned down the whole forecast.", "translation": "일기 예보를 통째로 퇴짜 놨어."},
        {
            "speaker": "BEN",
            "voice": "en-us",
            "text": "Give me an hour.\nI'll figure it all out.",
            "translation": "한 시간만 줘.\n내가 다 알아낼게.",
        },
        {"speaker": "ADA", "text": "You said that yesterday, and it rained frogs.", "translation": "어제도 그랬는데 개구리가 쏟아졌잖아."},
    ],
    "expressions": lambda group: [
        expression(
            group, 0, "turned down", dictionary_form="turn down", meaning="to refuse an offer or a request",
            translation="거절하다", register="neutral", level="B1", similar=["reject", "say no to"],
            examples=["She turned down the job."]),
        expression(
            group, 1, "figure it all out", dictionary_form="figure out", meaning="to come to understand something by thinking",
            translation="알아내다, 이해하다", literal_meaning="모양을 밖으로 그려 내다", register="informal", level="B2",
            similar=["work out", "make sense of"], usage_note="The object may stand between the two words.",
            spans=[
                {"cue": 13, "start": 22, "end": 28, "text": "figure"},
                {"cue": 13, "start": 36, "end": 39, "text": "out"},
            ]),
    ],
    "also": lambda group: [
        expression(group, 2, "rained frogs", meaning="made up from 'rain cats and dogs'", part_of_speech="phrase", level="C1")
    ],
}  # fmt: skip
SILENCE = {
    "name": "ck dead air",
    "first": 31,
    "at": 184.0,
    "colours": ("0x2b4d3f", "0xe7d8a1"),
    "poster": False,
    "lines": [
        {"speaker": "BEN", "voice": "en-us", "text": "Ten seconds of dead air, live.", "translation": "생방송에서 십 초나 방송 사고라니."},
        {"speaker": "ADA", "text": "Nobody noticed. Nobody ever does.", "translation": "아무도 몰랐어. 늘 그렇듯이."},
    ],
    "expressions": lambda group: [
        expression(
            group, 0, "dead air", part_of_speech="noun", meaning="silence on the radio where there should be sound",
            translation="방송 중의 무음", register="informal", level="C1", similar=["silence"])
    ],
}  # fmt: skip
ARABIC = {
    "name": "bc the house",
    "first": 4,
    "at": 20.0,
    "colours": ("0x40304f", "0xb9c6e8"),
    "lines": [
        {"text": "أين البيت؟", "voice": "ar", "translation": "Where is the house?"},
        {"text": "لا أعرف.", "voice": "ar", "translation": "I don't know."},
    ],
    "expressions": lambda group: [
        expression(
            group, 0, "البيت", part_of_speech="noun", meaning="the house", translation="the house", level="A1")
    ],
}  # fmt: skip


def make_season(shelf):
    make_episode(shelf, "Radio Puddle season one episode two", "Radio Puddle - S01E02 - Dead Air", [WEATHER, SILENCE])
    make_episode(
        shelf, "Radio Puddle season one episode ten", "Radio Puddle - S01E10 - Al Bayt", [ARABIC], source="ar", target="en")
