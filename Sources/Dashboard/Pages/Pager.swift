/// The way to the other parts of a list.
enum Pager {
  /// Nil where the page shows all of it.
  static func values(_ call: Call, _ range: PageRange, _ total: Int) -> [String: Any]? {
    guard total > range.limit || range.offset > 0 else { return nil }
    var values: [String: Any] = [
      "first": min(range.offset + 1, total), "last": min(range.offset + range.limit, total),
      "total": total,
    ]
    if range.offset > 0 {
      values["previous"] = address(call, max(0, range.offset - range.limit))
    }
    if range.offset + range.limit < total {
      values["next"] = address(call, range.offset + range.limit)
    }
    return values
  }

  private static func address(_ call: Call, _ offset: Int) -> String {
    let others = ["q", "state", "library", "level", "limit"].compactMap { name in
      call.query[name].flatMap { $0.isEmpty ? nil : "\(name)=\(Percent.encode($0))" }
    }
    return "?" + (others + ["offset=\(offset)"]).joined(separator: "&")
  }
}
