import Expressions

/// What a request asks of a model, whichever protocol it came in.
package struct ModelRequest: Sendable, Hashable {
  /// How an answer in JSON is asked for.
  package enum SchemaMode: String, Sendable, Hashable {
    /// Not at all, or only in words.
    case none
    /// JSON of any shape.
    case jsonObject
    case jsonSchema
    /// A tool that the model is forced to call.
    case tool
  }
  package var vendor: Vendor
  /// The number of the recorded request.
  package var number: Int
  package var model: String
  package var system: String
  /// The user's messages, one after the other.
  package var user: String
  package var schemaMode: SchemaMode
  package var schema: JSONValue?
  /// Of the schema or the tool, where the protocol has one.
  package var schemaName: String?
  /// What else the body sets, under the vendor's names, such as "max_tokens" or "num_ctx".
  package var parameters: [String: JSONValue]
  package var hasKey: Bool

  /// Nil for a request that none of the vendors' protocols knows.
  package init?(_ request: RecordedRequest) {
    guard let vendor = Vendor(of: request), let body = request.json?.members else { return nil }
    self.init(vendor: vendor, number: request.number, hasKey: vendor.hasKey(request))
    switch vendor {
    case .gemini: readGemini(body, path: request.path)
    case .openai: readOpenAI(body)
    case .ollama: readOllama(body)
    case .anthropic: readAnthropic(body)
    }
  }

  private init(vendor: Vendor, number: Int, hasKey: Bool) {
    self.vendor = vendor
    self.number = number
    self.hasKey = hasKey
    model = ""
    system = ""
    user = ""
    schemaMode = .none
    parameters = [:]
  }
}

extension ModelRequest {
  private mutating func readGemini(_ body: [String: JSONValue], path: String) {
    model = String(path.split(separator: "/").last ?? "").replacing(":generateContent", with: "")
    system = Self.parts(body["systemInstruction"] ?? body["system_instruction"])
    user = (body["contents"]?.array ?? []).filter { $0["role"]?.string != "model" }
      .map(Self.parts).joined(separator: "\n")
    var config = (body["generationConfig"] ?? body["generation_config"])?.members ?? [:]
    let schemas = ["responseSchema", "responseJsonSchema", "response_schema"].compactMap {
      config.removeValue(forKey: $0)
    }
    let type = config.removeValue(forKey: "responseMimeType")
    schema = schemas.first
    schemaMode =
      schema != nil ? .jsonSchema : type?.string == "application/json" ? .jsonObject : .none
    parameters = config
  }

  private mutating func readOpenAI(_ body: [String: JSONValue]) {
    var body = body
    model = body.removeValue(forKey: "model")?.string ?? ""
    readMessages(body.removeValue(forKey: "messages"))
    if let format = body.removeValue(forKey: "response_format") {
      switch format["type"]?.string {
      case "json_schema":
        schemaMode = .jsonSchema
        schema = format["json_schema"]?["schema"]
        schemaName = format["json_schema"]?["name"]?.string
      case "json_object": schemaMode = .jsonObject
      default: break
      }
    }
    parameters = body
  }

  private mutating func readOllama(_ body: [String: JSONValue]) {
    var body = body
    model = body.removeValue(forKey: "model")?.string ?? ""
    readMessages(body.removeValue(forKey: "messages"))
    switch body.removeValue(forKey: "format") {
    case .object(let members)?:
      schemaMode = .jsonSchema
      schema = .object(members)
    case .string("json")?: schemaMode = .jsonObject
    default: break
    }
    let options = body.removeValue(forKey: "options")?.members ?? [:]
    parameters = body.merging(options) { _, option in option }
  }

  private mutating func readAnthropic(_ body: [String: JSONValue]) {
    var body = body
    model = body.removeValue(forKey: "model")?.string ?? ""
    system = Self.parts(body.removeValue(forKey: "system"))
    readMessages(body.removeValue(forKey: "messages"))
    let tools = body.removeValue(forKey: "tools")?.array ?? []
    let choice = body.removeValue(forKey: "tool_choice")
    if choice?["type"] == "tool", let tool = tools.first(where: { $0["name"] == choice?["name"] }) {
      schemaMode = .tool
      schema = tool["input_schema"]
      schemaName = tool["name"]?.string
    } else if let format = body["output_config"]?["format"], format["type"] == "json_schema" {
      schemaMode = .jsonSchema
      schema = format["schema"]
      body["output_config"] = nil
    }
    parameters = body
  }

  private mutating func readMessages(_ messages: JSONValue?) {
    for message in messages?.array ?? [] {
      let text = Self.parts(message["content"])
      switch message["role"]?.string {
      case "system", "developer": system += (system.isEmpty ? "" : "\n") + text
      case "user": user += (user.isEmpty ? "" : "\n") + text
      default: break
      }
    }
  }

  /// Text, or the text of parts, or that of an object which holds parts.
  private static func parts(_ content: JSONValue?) -> String {
    switch content {
    case .string(let text)?: text
    case .array(let parts)?: parts.compactMap { $0["text"]?.string }.joined(separator: "\n")
    case .object(let object)?: parts(object["parts"])
    default: ""
    }
  }
}
