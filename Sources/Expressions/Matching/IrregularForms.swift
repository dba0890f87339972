/// English forms that no rule gives, each with the words that it may be a form of.
enum IrregularForms {
  static func bases(of form: String) -> [String] { table[form] ?? [] }

  private static let table: [String: [String]] = {
    var table: [String: [String]] = [:]
    for line in (verbs + others).split(separator: "\n") {
      for entry in line.split(separator: ",") {
        let words = entry.split(separator: " ").map(String.init)
        guard let base = words.first else { continue }
        for form in words.dropFirst() where table[form]?.contains(base) != true {
          table[form, default: []].append(base)
        }
      }
    }
    return table
  }()

  /// A verb, then its forms that are not regular.
  private static let verbs = """
    arise arose arisen,awake awoke awoken,be am is are was were been being,bear bore borne born
    beat beaten,become became,befall befell befallen,begin began begun,behold beheld,bend bent
    beset,bet,bid bade bidden,bind bound,bite bit bitten,bleed bled,blow blew blown
    break broke broken,breed bred,bring brought,build built,burn burnt,burst,buy bought
    can could,cast,catch caught,choose chose chosen,cling clung,come came,cost,creep crept,cut
    deal dealt,dig dug,do does did done,draw drew drawn,dream dreamt,drink drank drunk
    drive drove driven,dwell dwelt,eat ate eaten,fall fell fallen,feed fed,feel felt,fight fought
    find found,flee fled,fling flung,fly flies flew flown,forbid forbade forbidden,forecast
    foresee foresaw foreseen,forget forgot forgotten,forgive forgave forgiven
    forsake forsook forsaken,freeze froze frozen,get got gotten,give gave given
    go goes went gone,grind ground,grow grew grown,hang hung,have has had having,hear heard
    hide hid hidden,hit,hold held,hurt,keep kept,kneel knelt,know knew known,lay laid,lead led
    lean leant,leap leapt,learn learnt,leave left,lend lent,let,lie lay lain lying,light lit
    lose lost,make made,may might,mean meant,meet met,mislead misled,mistake mistook mistaken
    misunderstand misunderstood,mow mown,outdo outdid outdone,outgrow outgrew outgrown
    overcome overcame,overdo overdid overdone,overhear overheard,oversee oversaw overseen
    oversleep overslept,overtake overtook overtaken,overthrow overthrew overthrown,pay paid
    plead pled,prove proven,put,quit,read,rebuild rebuilt,redo redid redone,repay repaid,rid
    ride rode ridden,ring rang rung,rise rose risen,run ran,saw sawn,say said,see saw seen
    seek sought,sell sold,send sent,set,sew sewn,shake shook shaken,shed,shine shone
    shoot shot,show shown,shrink shrank shrunk,shut,sing sang sung,sink sank sunk,sit sat
    slay slew slain,sleep slept,slide slid,sling slung,slit,smell smelt,sneak snuck,sow sown
    speak spoke spoken,speed sped,spell spelt,spend spent,spill spilt,spin spun,spit spat
    split,spoil spoilt,spread,spring sprang sprung,stand stood,steal stole stolen,stick stuck
    sting stung,stink stank stunk,stride strode stridden,strike struck stricken,string strung
    strive strove striven,swear swore sworn,sweep swept,swell swollen,swim swam swum
    swing swung,take took taken,teach taught,tear tore torn,tell told,think thought
    throw threw thrown,thrust,tread trod trodden,undergo underwent undergone
    understand understood,undertake undertook undertaken,undo undid undone,unwind unwound
    uphold upheld,upset,wake woke woken,wear wore worn,weave wove woven,weep wept,will would
    win won,wind wound,withdraw withdrew withdrawn,withhold withheld,withstand withstood
    wring wrung,write wrote written

    """

  /// Plurals, and what ends in -eed without being a word of its own.
  private static let others = """
    man men,woman women,child children,foot feet,tooth teeth,goose geese,mouse mice,louse lice
    ox oxen,person people,penny pence,die dice,gentleman gentlemen,policeman policemen,quiz quizzes
    agree agreed,disagree disagreed,free freed,guarantee guaranteed
    """
}
