/// What queries ask for, checked; the same for the forms of pages and the API.
enum Queries {
  private static let textLimit = 200

  static func episodes(
    _ fields: FormFields, isForm: Bool
  ) throws(RequestProblem) -> EpisodeQuery {
    try fields.expect(only: ["state", "library", "q", "limit", "offset"])
    return EpisodeQuery(
      state: try fields.choice("state", EpisodeQuery.states, isForm: isForm),
      library: try fields.text("library", most: 64), text: try fields.text("q", most: textLimit),
      range: try fields.range())
  }

  static func search(_ fields: FormFields, isForm: Bool) throws(RequestProblem) -> SearchQuery {
    try fields.expect(only: ["q", "level", "limit", "offset"])
    return SearchQuery(
      text: try fields.text("q", most: textLimit) ?? "",
      level: try fields.choice("level", SearchQuery.levels, isForm: isForm),
      range: try fields.range())
  }
}
