extension LanguageGuess {
  /// What people say most in each language that is written in Latin or Cyrillic letters, as subtitles spell it.
  static let commonWords = """
    en: the you i to a and it is of that in what we this my your not do don't i'm it's was are have be on for with he she they know just me can no but there all so right get here go how want out up come well about like got one oh yeah okay why who did if his her him them were been would could that's you're what's let's
    es: que de no la el es y en lo un por qué me se una te los con para mi está si bien pero yo eso las su tu aquí del al como le más esto ya todo esta vamos muy hay ahora algo estoy tengo nada cuando ha este sé estás así puedo cómo quiero sólo soy tiene gracias bueno él ser hacer son todos era eres vez tienes creo ella he ese voy puede sabes hola sus porque dios quién nunca dónde quieres usted también
    fr: je de est pas le vous la tu que un il et à a ne les ce en on ça une ai pour des moi qui nous mais me y dans elle bien du c'est j'ai n'est qu'il mon si plus tout te au avec suis va oui non toi fait ils as être faire se été même rien comme où était sur quoi lui t'es d'accord là peux ma son votre cette veux dit cela quand ici très vais sais alors merci pourquoi
    de: ich sie das ist du nicht die es und wir der was zu er ein in ja mir mit wie den auf mich dass so hier eine wenn hat all sind von dich war haben für an habe da nein bin noch dir uns sich nur einen kann dem ihr auch als ihn bitte hast oder wird muss aber gut weiß jetzt keine doch mal schon warum nach etwas mehr können alles danke los machen gehen wer wo immer will ihm
    it: che non di è la il un a per in sono una mi ho si lo ma ti le con cosa se da no come io ci hai questo qui bene e sei del tu me più al della solo ha mia perché lei i gli te era tutto fatto molto quando chi so va fare mio allora grazie anche quello sì dove così c'è nel tua lui essere ora niente questa ancora noi voglio sta posso casa ecco andiamo cos'è tuo
    pt: que não o de a é você e eu um se me uma do está para isso com por os da te mas como bem em ele na no sim aqui mais meu isto muito vai as estou tem ela vamos foi ao tudo tu só minha lhe era ser eles quando sei quem agora já estava fazer quero nada há nós eu dos fico também sua nos porque ter sobre obrigado à onde tenho vou pode então até esse acho assim são seu
    nl: ik je het de is dat een niet en wat van we in ze hij op te zijn er maar me die heb voor met als ben was n mijn u dit aan om hier naar dan jij weet kan geen nog moet wil wel ja zo heeft hebben hoe goed nee waar nu gaan doen ook hem over bij uit mij ga wie deze haar alles iets weg jullie gaat waarom daar kom zal door zou alleen kunnen niets
    sv: jag det är du inte att en och har vi på i för han vad med mig som här om dig var den så till kan de ni ska ett men av vill nu ja nej vet bara hon hur min där hade bra då din vara från honom ut måste oss varför något får mycket inget gå upp henne när kom mitt sig ingen ser alla göra säger tror gör man tack igen kommer tillbaka er
    da: jeg det er du ikke at en og har vi på i for han hvad med mig som her om dig var den så til kan de skal et men af vil nu ja nej ved bare hun hvor min der havde godt da din være fra ham ud må os hvorfor noget får meget ikke gå op hende når kom mit sig ingen ser alle gøre siger tror gør man tak igen kommer tilbage jer lad mere også selv
    no: jeg det er du ikke å en og har vi på i for han hva med meg som her om deg var den så til kan de skal et men av vil nå ja nei vet bare hun hvor min der hadde bra da din være fra ham ut må oss hvorfor noe får mye ikke gå opp henne når kom mitt seg ingen ser alle gjøre sier tror gjør man takk igjen kommer tilbake dere la mer også selv
    fi: on ei ja se en hän että mitä minä sinä oli mutta nyt niin ole hyvä joo kun sen jos minun vain sinun olen tämä kuin et olet mikä kyllä siitä voi siellä sitä täällä missä miksi täytyy anna mennä kanssa kaikki tule tiedä voin oletko voit sinut minut hei vielä kiitos ette jotain ovat aina sitten tässä tuo he me te pitää meidän teidän haluan luulen olisi eikö jo
    is: ég að er það þú ekki í og á við hann sem þetta en um til með var hvað mér þér já nei af hún þeir mig þig eru hér ef svo vera fyrir hafa hef verð hvar hvernig bara núna allt gott takk eitthvað ert veit gera get þarf okkur ykkur minn þinn segja sagði koma fara
    pl: nie to się w na i z że co jest do jak mnie tak a ja ty o mi ale za jestem czy po już tylko ma tu ci go dla może od tym mam teraz być jej był są ją wiem jego dobrze dlaczego gdzie proszę by kto będzie chcę ten było masz jesteś wszystko coś nic tego cię pan kiedy więc muszę bardzo powiedział przez nas żeby sobie moja mój twój dziękuję ona chodź panie
    cs: to je se na že co ne v jsem si mi a tak jako ale jo jsi by tady ho do z mě s ty já za o když jen už tě byl má ti bych co pro nic jak můžu proč jsou tohle dobře musím taky ani nebo jeho vím něco kde jste ji teď ještě všechno tam bude byla chci víš můj máš prosím kdo bylo být nevím až řekl sem podle díky když mám nás vás
    sk: je to sa na že čo nie v som si mi a tak ako ale áno by tu ho do z ma s ty ja za o keď len už ťa bol má ti som pre nič môžem prečo sú toto dobre musím tiež ani alebo jeho viem niečo kde ste ju teraz ešte všetko tam bude bola chcem vieš môj máš prosím kto bolo byť neviem až povedal sem ďakujem keby mám nás vás iba aby veľmi
    sl: je da se in ne v na kaj to si za sem pa ti mi s so bi tako kot ali ga bo z me jaz te še lahko imam ni že ja tukaj kako če zakaj zdaj kje vse moj dobro prosim nisem hvala samo nič kdo vem sva smo ste bil bila bilo moram tudi nekaj tvoj biti sploh tam vas nas ima hočem mislim naj pri od do
    hr: je da se i u ne to na što sam za si li što nije ti mi ja bi će su s ali kako sve od ga ovo me samo imam dobro koji o tko gdje zašto bio mogu smo ste još ovdje znam nisam te može kad ako biti nešto tako hvala što treba sada bila vas nas mislim znaš hoćeš ću ćeš moj tvoj moram bez ništa reći idemo nemoj kao
    ro: nu să a de o că e ce în și la cu te pe mai din asta un am pentru mă ai este eu are ne ți dar nimic bine sunt el ei l-am îmi fost aici acum dacă cum unde era așa cine asta știu ca fi ăsta trebuie vreau poate mi-a s-a doar toate aveți despre tu va voi ea lui când da nici sau după până poți mulțumesc haide face ești
    hu: a az nem hogy és is egy ez csak de van meg mi ha ki itt én te ő azt már mit jó el akkor igen vagy kell volt még most mert úgy tudom ezt neked nekem le azért ne fel be lesz minden olyan ott hol miért mint hát csak valami vagyok tudod nincs ember mondta köszönöm velem oda gyere volna amikor semmi jól rendben mondd szia
    tr: bir bu ne ve mi da de için ben o sen çok var değil ama evet iyi hayır daha şey gibi bana sana her onu kadar mı tamam beni seni benim şimdi neden yok bunu olarak mu senin biraz nasıl burada ya hiç biz onun olduğunu siz en sonra kim böyle bak nerede öyle olan zaman işte sadece belki lütfen hadi teşekkür ederim biliyorum istiyorum olur eğer
    id: aku kau tidak yang ini itu dan di kita apa akan ada untuk kami saya dia anda dengan dari bisa ke tahu mereka kamu harus jangan sudah ya tapi seperti jika pergi mau telah dalam punya hanya bukan semua sekarang lebih orang karena baik oleh sini siapa kenapa oh bagaimana mana terima kasih ayo pada adalah lagi jadi sangat begitu mengapa ingin dapat tak
    ms: saya awak tidak yang ini itu dan di kita apa akan ada untuk kami dia kamu dengan dari boleh ke tahu mereka perlu jangan sudah ya tapi seperti jika pergi mahu telah dalam hanya bukan semua sekarang lebih orang kerana baik oleh sini siapa kenapa bagaimana mana terima kasih mari pada adalah lagi jadi sangat begitu encik dapat tak nak kau aku hendak boleh
    vi: tôi không anh là có cô cái em của và được đi ta đã này gì một cho người thì ở đó với làm mình ông phải chúng sẽ biết con nó các nhưng rồi như trong để đến bà nói hãy những bạn muốn cậu lại ra vào nào vậy đang sao thế chỉ về ai nếu khi tại từ cũng rất đây xin cảm ơn
    tl: ang ng sa na mga ako ka ko at mo hindi ito siya ay kung para lang naman po ba may si kami ikaw ano nang niya tayo wala pa iyon nila sila dito kanya din namin natin bakit alam gusto kasi pero rin yung mong saan sino paano oo huwag salamat talaga dahil
    ca: que de no la el és i a en un es per què em una et els amb si però jo això les tu aquí del al com li més ja tot va molt hi ha ara alguna estic tinc res quan aquest ets així puc vull només sóc té gràcies bé ell ser fer són tots era perquè on qui mai també ho seva meva vaig doncs nosaltres vostè heu hem fet pot
    et: ei on ma see ja sa ta et mis ta oli kui aga nii mu ka mind me ole seda kas sind te siin nüüd oma välja mida hea pole mul sul jah olen tema kuidas nad läks kes kus miks olla tagasi teha oled tahan tean kõik mitte midagi ainult veel aitäh meie teie siis või saa peab praegu
    lv: ir un es tu ka nav tas kas ko to ar man mēs no viņš par bet ja kā uz jā viņa tā vai mani tev jūs esmu tikai lai nē tad viss viņi būs esi te kur kad mums ļoti bija šeit paldies kāpēc labi zinu mans tagad vēl nevar ja pie tevi ne jau varu gribu
    lt: ir aš tai ne kad į tu jis ką yra kaip bet mes man su tik o iš tau ar taip mano jie mane jūs tave ji gerai ką čia šį nėra buvo apie dėl per už kas kur jau dabar viskas ačiū kodėl tavo reikia žinau galiu turi labai prašau esu esi niekada dar noriu jei
    sq: të e që në një dhe për është me nuk më si se po do ti unë ai ka nga ju kam ne këtë jam mos mirë tani çfarë jo duhet të gjithë pse ku kjo ky atë mund vetëm shumë sepse faleminderit kush tij saj jemi janë kështu por apo dua di
    eu: da ez eta bat dut ere zer hori zuen da ni hau egin nire bai zure gara naiz dira zara baina ere egiten behar dugu duzu hemen nahi esan beste da zuk orain hor nola zergatik inor ezer dago nago
    ga: agus an na go bhí tá ní sé sí mé tú is ag ar le a i do níl cad sin seo nach leis raibh chun féin anois liom leat agat agam againn conas cén bhfuil
    gl: que de non a o é e en un por unha me se do da os con para as si pero eu iso isto el ela aquí moi máis hai teño estou agora nada todo cando onde quen porque tamén grazas ben foi imos facer só son ti teu meu súa miña vai
    af: ek jy die is nie dit wat van en in dat my ons vir het hy so te jou sal wees kan nou hier sy was maar as weet met hoe hulle na daar gaan om moet waar aan een wil ja nee goed julle iets
    ru: я не что в и ты это на с он как мне вы меня но да все у мы так его за то бы а тебя ну по нет если вот есть чтобы тебе она только из о от быть был еще ещё они когда хорошо здесь кто где для почему уже может сейчас до знаю нас вас надо хочу очень ничего была даже там тут просто спасибо можно
    uk: я не що в і ти це на з він як мені ви мене але так все у ми його за то б а тебе ну по ні якщо ось є щоб тобі вона тільки із о від бути був ще вони коли добре тут хто де для чому вже може зараз до знаю нас вас треба хочу дуже нічого була навіть там та й просто дякую можна цей мій твій
    be: я не што ў і ты гэта на з ён як мне вы мяне але так усё у мы яго за то б а цябе ну па не калі вось ёсць каб табе яна толькі з ад быць быў яшчэ яны добра тут хто дзе для чаму ўжо можа зараз да ведаю нас вас трэба хачу вельмі нічога была нават там проста дзякуй
    bg: не да се на и в ти какво го аз за си че с ще е това тук от ми как ме той как има но съм те по до ли му само я ни са беше един тя всичко къде защо кой може добре моля сега нищо много бях знам искам няма вие така като когато нещо трябва благодаря ако или още
    sr: је да се и у не то на што шта сам за си ли није ти ми ја би ће су с али како све од га ово ме само имам добро који о ко где зашто био могу смо сте још овде знам нисам те може кад ако бити нешто тако хвала треба сада била вас нас мислим знаш хоћеш
    mk: не да се на и во ти што го јас за си дека со ќе е ова тука од ми како ме тој има но сум те по до ли му само ја ни беа беше еден таа сѐ каде зошто кој може добро сега ништо многу знам сакам нема вие така кога нешто треба благодарам ако или уште
    kk: мен сен бұл бір не және жоқ бар үшін ол емес біз сіз деп керек қалай мені сені енді осы жақсы иә қазір болады маған саған кім неге қайда деген оның менің сенің рахмет
    """

  /// Letters that tell more than their number, by the languages that have them; of Latin and Cyrillic ones.
  static let tellingLetters = """
    ñ: es gl tl
    ¿: es
    ¡: es
    ß: de
    ã: pt vi
    õ: pt et vi
    ç: fr pt ca tr sq
    œ: fr
    å: sv da no fi
    ä: de sv fi sk et
    ø: da no
    æ: da no is
    þ: is
    ð: is
    ł: pl
    ż: pl
    ś: pl
    ę: pl lt
    ą: pl lt
    ř: cs
    ě: cs
    ů: cs
    ľ: sk
    ĺ: sk
    ŕ: sk
    ď: cs sk
    ť: cs sk
    đ: hr vi
    ć: hr pl
    č: cs sk sl hr lt lv
    š: cs sk sl hr lt lv et
    ž: cs sk sl hr lt lv et
    ő: hu
    ű: hu
    ă: ro vi
    ș: ro
    ț: ro
    ţ: ro
    ş: tr ro
    ğ: tr
    ı: tr
    ơ: vi
    ư: vi
    ạ: vi
    ế: vi
    ộ: vi
    ā: lv
    ē: lv
    ī: lv
    ņ: lv
    ė: lt
    ų: lt
    į: lt
    ë: sq fr nl
    ы: ru be kk
    э: ru be
    ё: ru be
    ъ: bg ru
    ї: uk
    є: uk
    ґ: uk
    і: uk be kk
    ў: be
    ј: sr mk
    љ: sr mk
    њ: sr mk
    ђ: sr
    ћ: sr
    џ: sr mk
    ѓ: mk
    ќ: mk
    ѕ: mk
    қ: kk
    ң: kk
    ғ: kk
    ү: kk
    ұ: kk
    ә: kk
    ө: kk
    """
}
