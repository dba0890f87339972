import Subtitles

/// Dialogue in many languages, a line each, for what has to tell languages and charsets apart.
enum SpokenSamples {
  static let texts: [(language: String, text: String)] = [
    (
      "en",
      "I don’t know what you’re talking about.\nWhere were you last night?\nWe have to get out of here before they come back.\nYou can’t just walk away from this.\nThat’s what I was trying to tell you."
    ),
    (
      "es",
      "No sé de qué estás hablando.\n¿Dónde estuviste anoche?\nTenemos que salir de aquí antes de que vuelvan.\nMañana te lo explico todo, ¿de acuerdo?\nEso es lo que yo quería decirte, señor."
    ),
    (
      "fr",
      "Je ne sais pas de quoi tu parles.\nOù étais-tu hier soir ?\nIl faut qu’on parte d’ici avant qu’ils reviennent.\nÇa fait longtemps que je voulais te le dire.\nC’est très gentil à vous, mais non merci."
    ),
    (
      "de",
      "Ich weiß nicht, wovon du sprichst.\nWo warst du gestern Abend?\nWir müssen hier weg, bevor sie zurückkommen.\nDas ist genau das, was ich dir sagen wollte.\nHör auf, es ist schon gut, aber nicht schön."
    ),
    (
      "it",
      "Non so di cosa stai parlando.\nDov’eri ieri sera?\nDobbiamo andarcene di qui prima che tornino.\nÈ quello che stavo cercando di dirti, perché è così.\nNon puoi andare via e basta, hai capito?"
    ),
    (
      "pt",
      "Não sei do que você está falando.\nOnde você estava ontem à noite?\nTemos que sair daqui antes que eles voltem.\nÉ isso que eu estava tentando te dizer.\nMuito obrigado, mas não quero mais nada."
    ),
    (
      "nl",
      "Ik weet niet waar je het over hebt.\nWaar was je gisteravond?\nWe moeten hier weg voordat ze terugkomen.\nDat is wat ik je wilde zeggen.\nJe kan niet zomaar weglopen, hoor."
    ),
    (
      "sv",
      "Jag vet inte vad du pratar om.\nVar var du i går kväll?\nVi måste härifrån innan de kommer tillbaka.\nDet är det jag har försökt säga till dig.\nDu kan inte bara gå, det är för sent nu."
    ),
    (
      "da",
      "Jeg ved ikke, hvad du taler om.\nHvor var du i går aftes?\nVi må væk herfra, før de kommer tilbage.\nDet er det, jeg har prøvet at sige til dig.\nDu kan ikke bare gå, det er for sent nu."
    ),
    (
      "no",
      "Jeg vet ikke hva du snakker om.\nHvor var du i går kveld?\nVi må komme oss vekk før de kommer tilbake.\nDet er det jeg har prøvd å si til deg.\nDu kan ikke bare gå, det er for sent nå."
    ),
    (
      "fi",
      "En tiedä, mistä sinä puhut.\nMissä sinä olit eilen illalla?\nMeidän täytyy lähteä ennen kuin he tulevat takaisin.\nSitä minä olen yrittänyt sanoa.\nEt voi vain kävellä pois, se on nyt niin."
    ),
    (
      "pl",
      "Nie wiem, o czym mówisz.\nGdzie byłeś wczoraj wieczorem?\nMusimy się stąd wydostać, zanim wrócą.\nWłaśnie to próbowałem ci powiedzieć.\nNie możesz tak po prostu odejść, proszę cię."
    ),
    (
      "cs",
      "Nevím, o čem to mluvíš.\nKde jsi byl včera večer?\nMusíme odsud vypadnout, než se vrátí.\nTo je přesně to, co jsem ti chtěl říct.\nNemůžeš jen tak odejít, když už jsme tady."
    ),
    (
      "sk",
      "Neviem, o čom to hovoríš.\nKde si bol včera večer?\nMusíme odtiaľto vypadnúť, kým sa vrátia.\nTo je presne to, čo som ti chcel povedať.\nNemôžeš len tak odísť, keď už sme tu všetci."
    ),
    (
      "sl",
      "Ne vem, o čem govoriš.\nKje si bil sinoči?\nMoramo stran od tukaj, preden se vrnejo.\nTo je tisto, kar sem ti hotel povedati.\nNe moreš kar tako oditi, zdaj je že pozno."
    ),
    (
      "hr",
      "Ne znam o čemu govoriš.\nGdje si bio sinoć?\nMoramo otići odavde prije nego što se vrate.\nTo je ono što sam ti htio reći.\nNe možeš samo tako otići, već je kasno."
    ),
    (
      "ro",
      "Nu știu despre ce vorbești.\nUnde ai fost aseară?\nTrebuie să plecăm de aici înainte să se întoarcă.\nAsta am vrut să-ți spun și eu.\nNu poți să pleci așa, pur și simplu."
    ),
    (
      "hu",
      "Nem tudom, miről beszélsz.\nHol voltál tegnap este?\nEl kell mennünk innen, mielőtt visszajönnek.\nPont ezt akartam mondani neked, de nem hagytad.\nNem mehetsz el csak úgy, ez őrült ötlet."
    ),
    (
      "tr",
      "Neden bahsettiğini bilmiyorum.\nDün gece neredeydin?\nOnlar dönmeden önce buradan çıkmamız gerek.\nBen de sana bunu söylemeye çalışıyordum.\nÖyle çekip gidemezsin, bu çok kötü bir şey."
    ),
    (
      "id",
      "Aku tidak tahu apa yang kau bicarakan.\nDi mana kau tadi malam?\nKita harus pergi dari sini sebelum mereka kembali.\nItu yang ingin aku katakan padamu.\nKau tidak bisa pergi begitu saja."
    ),
    (
      "vi",
      "Tôi không biết anh đang nói gì.\nTối qua anh đã ở đâu?\nChúng ta phải ra khỏi đây trước khi họ quay lại.\nĐó là điều tôi muốn nói với anh.\nAnh không thể cứ thế mà đi được."
    ),
    (
      "ca",
      "No sé de què estàs parlant.\nOn eres ahir a la nit?\nHem de marxar d’aquí abans que tornin.\nAixò és el que et volia dir, però no em deixaves.\nNo pots anar-te’n així, ara ja és tard."
    ),
    (
      "et",
      "Ma ei tea, millest sa räägid.\nKus sa eile õhtul olid?\nMe peame siit minema, enne kui nad tagasi tulevad.\nSee on see, mida ma tahan sulle öelda.\nSa ei saa lihtsalt ära minna, on juba hilja."
    ),
    (
      "lv",
      "Es nezinu, par ko tu runā.\nKur tu biji vakar vakarā?\nMums jātiek prom no šejienes, kamēr viņi nav atgriezušies.\nTas ir tas, ko es gribu tev teikt.\nTu nevari vienkārši aiziet, ir jau vēls."
    ),
    (
      "lt",
      "Aš nežinau, apie ką tu kalbi.\nKur tu buvai vakar vakare?\nMes turime dingti iš čia, kol jie negrįžo.\nTai yra tai, ką aš noriu tau pasakyti.\nTu negali taip paprastai išeiti, jau vėlu."
    ),
    (
      "ru",
      "Я не знаю, о чём ты говоришь.\nГде ты был вчера вечером?\nНадо уходить отсюда, пока они не вернулись.\nЭто то, что я хотел тебе сказать.\nТы не можешь просто уйти, уже поздно."
    ),
    (
      "uk",
      "Я не знаю, про що ти говориш.\nДе ти був учора ввечері?\nТреба йти звідси, поки вони не повернулися.\nЦе те, що я хотів тобі сказати.\nТи не можеш просто піти, вже пізно."
    ),
    (
      "bg",
      "Не знам за какво говориш.\nКъде беше снощи?\nТрябва да се махаме оттук, преди да са се върнали.\nТова исках да ти кажа, но ти не слушаше.\nНе можеш просто така да си тръгнеш, късно е."
    ),
    (
      "sr",
      "Не знам о чему говориш.\nГде си био синоћ?\nМорамо отићи одавде пре него што се врате.\nТо је оно што сам хтео да ти кажем.\nНе можеш само тако да одеш, већ је касно."
    ),
    (
      "el",
      "Δεν ξέρω για τι πράγμα μιλάς.\nΠού ήσουν χθες το βράδυ;\nΠρέπει να φύγουμε πριν γυρίσουν.\nΑυτό προσπαθούσα να σου πω.\nΔεν μπορείς να φύγεις έτσι απλά."
    ),
    (
      "he",
      "אני לא יודע על מה אתה מדבר.\nאיפה היית אתמול בלילה?\nאנחנו חייבים לצאת מפה לפני שהם חוזרים.\nזה מה שניסיתי להגיד לך.\nאתה לא יכול פשוט ללכת."
    ),
    (
      "ar",
      "لا أعرف عمّا تتحدث.\nأين كنت ليلة أمس؟\nيجب أن نخرج من هنا قبل أن يعودوا.\nهذا ما كنت أحاول أن أقوله لك.\nلا يمكنك أن ترحل هكذا."
    ),
    (
      "fa",
      "نمی‌دانم درباره چی حرف می‌زنی.\nدیشب کجا بودی؟\nباید قبل از اینکه برگردند از اینجا برویم.\nاین همان چیزی است که می‌خواستم بگویم.\nنمی‌توانی همین‌طور بگذاری و بروی."
    ),
    (
      "hi",
      "मुझे नहीं पता तुम किस बारे में बात कर रहे हो।\nकल रात तुम कहाँ थे?\nहमें उनके लौटने से पहले यहाँ से निकलना है।\nमैं तुम्हें यही बताने की कोशिश कर रहा था।"
    ),
    (
      "th",
      "ฉันไม่รู้ว่าคุณกำลังพูดถึงอะไร\nเมื่อคืนคุณอยู่ที่ไหน\nเราต้องออกไปจากที่นี่ก่อนที่พวกเขาจะกลับมา\nนั่นคือสิ่งที่ฉันพยายามจะบอกคุณ"
    ),
    (
      "ko",
      "무슨 말을 하는지 모르겠어요.\n어젯밤에 어디 있었어?\n그들이 돌아오기 전에 여기서 나가야 해.\n내가 하려던 말이 바로 그거야.\n그냥 이렇게 가 버리면 안 돼요."
    ),
    ("ja", "何の話をしているのか分からない。\n昨日の夜はどこにいたの?\n彼らが戻る前にここを出なければ。\nそれを言おうとしていたんだ。\nこのまま帰るわけにはいかないよ。"),
    ("zh", "我不知道你在说什么。\n你昨天晚上在哪里?\n我们得在他们回来之前离开这里。\n这就是我想告诉你的。\n你不能就这样走了,已经很晚了。"),
  ]

  static func cues(_ text: String) -> [Cue] {
    text.split(separator: "\n").enumerated().map {
      Cue(
        number: $0.offset + 1, start: .seconds(Double($0.offset)),
        end: .seconds(Double($0.offset) + 0.9), text: String($0.element))
    }
  }
}
