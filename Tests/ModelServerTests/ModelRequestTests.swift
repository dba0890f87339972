import Expressions
import Foundation
import ModelServer
import Testing

@Suite("What a request asks for, and what it is answered")
struct ModelRequestTests {
  @Test("Every protocol's request is understood", arguments: Vendor.allCases)
  func understood(_ vendor: Vendor) throws {
    let request = try #require(ModelRequest(Samples.request(vendor)))
    #expect(request.vendor == vendor)
    #expect(request.model == "test-model")
    #expect(request.system == "Find.")
    #expect(request.user == "[1] Get out of here!")
    #expect(request.schema == Samples.schema)
    #expect(request.schemaMode == (vendor == .anthropic ? .tool : .jsonSchema))
    #expect(request.hasKey)
    let parameter =
      switch vendor {
      case .gemini: "maxOutputTokens"
      case .openai: "max_completion_tokens"
      case .ollama: "num_ctx"
      case .anthropic: "max_tokens"
      }
    #expect(request.parameters[parameter]?.integer == (vendor == .ollama ? 8192 : 99))
  }

  @Test("Weaker modes are told apart")
  func modes() throws {
    var body = Samples.body(.openai)
    body["response_format"] = ["type": "json_object"]
    #expect(ModelRequest(Samples.request(.openai, body))?.schemaMode == .jsonObject)
    body["response_format"] = nil
    #expect(
      ModelRequest(Samples.request(.openai, body))?.schemaMode == ModelRequest.SchemaMode.none)
    body = Samples.body(.ollama)
    body["format"] = "json"
    #expect(ModelRequest(Samples.request(.ollama, body))?.schemaMode == .jsonObject)
    body = Samples.body(.gemini)
    body["generationConfig"] = ["responseMimeType": "application/json"]
    #expect(ModelRequest(Samples.request(.gemini, body))?.schemaMode == .jsonObject)
    body = Samples.body(.anthropic)
    body["tool_choice"] = ["type": "auto"]
    #expect(
      ModelRequest(Samples.request(.anthropic, body))?.schemaMode == ModelRequest.SchemaMode.none)
    body["output_config"] = ["format": ["type": "json_schema", "schema": Samples.schema]]
    #expect(ModelRequest(Samples.request(.anthropic, body))?.schema == Samples.schema)
  }

  @Test("Other requests are nobody's: another route, another method, no JSON")
  func nobodys() {
    var request = Samples.request(.openai)
    request.path = "/v1/completions"
    #expect(ModelRequest(request) == nil)
    request = Samples.request(.openai)
    request.method = "GET"
    #expect(ModelRequest(request) == nil)
    request = Samples.request(.anthropic)
    request.headers["anthropic-version"] = nil
    #expect(ModelRequest(request) == nil)
    request = Samples.request(.ollama)
    request.body = Array("{".utf8)
    #expect(ModelRequest(request) == nil)
    #expect(PlausibleModel().reply(to: request).status == 404)
  }

  @Test("A key in the query counts and is not exported")
  func keyInQuery() throws {
    var request = Samples.request(.gemini)
    request.headers["x-goog-api-key"] = nil
    #expect(ModelRequest(request)?.hasKey == false)
    request.query = "alt=json&key=hidden-key"
    #expect(ModelRequest(request)?.hasKey == true)
    let exported = String(decoding: RecordedRequest.export([request]), as: UTF8.self)
    #expect(exported.contains(#""query":"alt=json&key=(present)""#))
    #expect(!exported.contains("hidden"))
  }

  @Test("Equal questions are answered in equal bytes", arguments: Vendor.allCases)
  func stable(_ vendor: Vendor) throws {
    let request = Samples.request(vendor)
    #expect(PlausibleModel().reply(to: request) == PlausibleModel().reply(to: request))
  }

  @Test(
    "Every failure has its status in every protocol, and a body in JSON", arguments: Vendor.allCases
  )
  func faults(_ vendor: Vendor) throws {
    let request = try #require(ModelRequest(Samples.request(vendor)))
    let faults: [(ModelFault, Int)] = [
      (.rateLimited(), 429), (.daySpent(limit: 20), 429), (.daySpent(limit: 0), 429),
      (.parameterRefused("temperature"), 400), (.schemaRefused, 400), (.modelUnknown, 404),
      (.internalError, 500), (.unavailable, 503), (.overloaded, 529), (.contextTooLong, 400),
      (.keyRefused, vendor == .gemini ? 400 : 401),
      (.moneySpent, vendor == .anthropic ? 400 : vendor == .ollama ? 402 : 429),
    ]
    for (fault, status) in faults {
      let reply = fault.reply(to: request)
      #expect(reply.status == status, "\(fault)")
      #expect(reply.json?["error"] != nil, "\(fault)")
    }
    let crash = ModelFault.schemaCrash.reply(to: request)
    #expect(crash.status == 500)
    #expect(crash.json == nil)
    let named = ModelFault.parameterRefused("temperature").reply(to: request)
    guard case .bytes(let bytes) = named.body else { return }
    #expect(String(decoding: bytes, as: UTF8.self).contains("temperature"))
  }

  @Test("Google's limit of 0 may leave its value out; its day's limit is a string")
  func quotas() throws {
    let request = try #require(ModelRequest(Samples.request(.gemini)))
    func value(_ fault: ModelFault) -> JSONValue? {
      fault.reply(to: request).json?["error"]?["details"]?.array?.first?["violations"]?.array?
        .first?["quotaValue"]
    }
    #expect(value(.daySpent(limit: 20)) == "20")
    #expect(value(.daySpent(limit: 0)) == "0")
    #expect(value(.daySpent(limit: 0, statesValue: false)) == nil)
  }

  @Test("A date in Retry-After is an HTTP date")
  func httpDate() throws {
    let date = Date(timeIntervalSince1970: 784_111_777)
    #expect(RetryHint.httpDate(date) == "Sun, 06 Nov 1994 08:49:37 GMT")
    let request = try #require(ModelRequest(Samples.request(.openai)))
    let reply = ModelFault.rateLimited(.date(date)).reply(to: request)
    #expect(reply.headers["Retry-After"] == "Sun, 06 Nov 1994 08:49:37 GMT")
  }
}
