import Foundation

/// What media servers do with what lies in a series' folder, as they document it or as their sources say. The
/// expressions are our own wording of those rules; all of them ignore case and see paths with "/".
struct ServerRule: Sendable {
  enum Server: String, Sendable, CaseIterable { case jellyfin, plex, emby, kodi, sonarr }

  enum Effect: Sendable {
    /// A video with such a path is taken for an episode.
    case adopts(String)
    /// Nothing with such a path is looked at.
    case leavesOut(String)
    /// Neither is what lies in or below a folder that holds a file of this name and content.
    case respects(marker: String, content: String)
    /// Videos right in such a folder of a season or, where `inSeasons` is false, of a series are extras.
    case showsExtras(of: String, inSeasons: Bool)
  }

  let server: Server
  let effect: Effect
  /// Where it is said.
  let source: String

  static let all = jellyfin + plex + emby + kodi + sonarr

  private static let jellyfin: [ServerRule] = {
    let naming = "github.com/jellyfin/jellyfin/blob/master/Emby.Naming/Common/NamingOptions.cs"
    let ignored =
      "github.com/jellyfin/jellyfin/blob/master/Emby.Server.Implementations/Library/IgnorePatterns.cs"
    let adopted = [
      #"s[0-9]+[\]\[ ._-]*e[0-9]+[^/]*$"#, #"[._ -]ep_?[0-9]+[^/]*$"#, #"e[0-9]+\.[^/]*$"#,
      #"[0-9]{4}[._ -][0-9]{2}[._ -][0-9]{2}"#, #"[0-9]{2}[._ -][0-9]{2}[._ -][0-9]{4}"#,
      #"/[^/]*s(eason)?\s*[0-9]+\s+e(pisode)?\s*[0-9]+[^/]*$"#,
      #"/(?!episode)[\w\s]+\s[0-9]{1,4}(-[0-9]{2,4})*[^/x]*$"#, #"[/._ \[(-][0-9]+x[0-9]+[^/]*$"#,
      #"\[[^/]*\][^/]*-[\s_]*[0-9]+"#, #"[/._ -][0-9]{3,}([a-i]|\.[1-9])?[._ -][^/]*$"#,
      #"[/._ -]p(ar)?t[_. -]([ivx]+|[0-9]+)[._ -][^/]*$"#, #"episode [0-9]+[^/]*$"#,
      #"/[^/]*[0-9]{1,4}x[0-9]+[^/]*$"#, #"/[^/]*s[0-9]{1,4}[x.]?e[0-9]+[^/]*$"#,
      #"/[0-9]+(-[0-9]+)*\.\w+$"#, #"[0-9]+-[0-9]+"#, #"/[0-9]{1,3}(-[0-9]{2,3})*\s?[-.][^/]*$"#,
      #"/[^/]* - [0-9]{1,3}[^/]*$"#, #"season[._ ][0-9]+/[0-9]{1,3}[^/]*$"#,
    ]
    let extras = [
      "behind the scenes", "deleted scenes", "interviews", "scenes", "samples", "shorts",
      "featurettes", "extras", "other", "clips", "trailers",
    ]
    return adopted.map { .init(server: .jellyfin, effect: .adopts($0), source: naming) }
      + extras.map {
        .init(server: .jellyfin, effect: .showsExtras(of: $0, inSeasons: true), source: naming)
      } + [
        .init(
          server: .jellyfin, effect: .respects(marker: ".ignore", content: ""),
          source: "jellyfin.org/docs/general/server/media/shows"),
        .init(server: .jellyfin, effect: .leavesOut(#"/\.[^/]+(/|$)"#), source: ignored),
        .init(server: .jellyfin, effect: .leavesOut(#"sample[^/]*$"#), source: ignored),
      ]
  }()

  private static let plex: [ServerRule] = {
    let scanner = "github.com/alonalbert/plex-scanners (Plex Series Scanner.py)"
    let names = "support.plex.tv/articles/naming-and-organizing-your-tv-show-files/"
    let local = "support.plex.tv/articles/local-files-for-tv-show-trailers-and-extras/"
    let excluded = "support.plex.tv/articles/201381883-special-keyword-file-folder-exclusion/"
    let adopted = [
      #"s[0-9]+[._ ]*e[0-9]+"#, #"s[0-9]{2}[._ -]+[0-9]+"#, #"([^0-9]|^)[0-9]{1,4}x[0-9]+"#,
      #"(^|[/._ -])sp[0-9]{2,3}([._ -]|$)"#, #"[^0-9a-z/][0-9]{3,4}([^0-9a-z%]|$)"#,
      #"[0-9]{4}[^0-9a-z]+[0-9]{2}[^0-9a-z]+[0-9]{2}([^0-9]|$)"#,
      #"[0-9]{2}[^0-9a-z]+[0-9]{2}[^0-9a-z(]+[0-9]{4}([^0-9a-z]|$)"#,
      #"[0-9]{1,3}[. _-]*of[. _-]*[0-9]{1,3}"#, #"/[0-9]{1,3}[^0-9/][^/]*$"#,
      #"e[a-z]*[ ._-]*[0-9]{2,3}([^0-9c-uw-z%]|$)"#, #"[ ._-][0-9]{2,3}[^0-9c-uw-z%]"#,
      #"[^0-9x/][0-9]{2,3}\.[^./]+$"#,
    ]
    let extras = [
      "behind the scenes", "deleted scenes", "featurettes", "interviews", "scenes", "shorts",
      "trailers", "other",
    ]
    return adopted.map { .init(server: .plex, effect: .adopts($0), source: scanner) }
      + extras.map {
        .init(server: .plex, effect: .showsExtras(of: $0, inSeasons: true), source: local)
      } + [
        .init(
          server: .plex, effect: .adopts(#"(s[0-9]+e[0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2})"#),
          source: names),
        .init(
          server: .plex, effect: .respects(marker: ".plexignore", content: "*\n*/*\n"),
          source: excluded),
        .init(server: .plex, effect: .leavesOut(#"/\.[^/]+(/|$)"#), source: excluded),
        .init(server: .plex, effect: .leavesOut(#"sample[^/]*$"#), source: excluded),
      ]
  }()

  private static let emby: [ServerRule] = {
    let naming = "github.com/MediaBrowser/Emby.Naming (Common/NamingOptions.cs)"
    let excluded = "emby.media/support/articles/Excluding-Files-Folders.html"
    let extras = "support.emby.media/support/solutions/articles/44001159110-tv-naming"
    return jellyfin.compactMap { rule -> ServerRule? in
      // Both grew out of one naming library.
      guard case .adopts = rule.effect else { return nil }
      return ServerRule(server: .emby, effect: rule.effect, source: naming)
    }
      + ["shorts", "scenes", "extras", "featurettes", "interviews", "deleted scenes", "trailers"]
      .map { .init(server: .emby, effect: .showsExtras(of: $0, inSeasons: false), source: extras) }
      + [
        .init(
          server: .emby, effect: .respects(marker: ".embyignore", content: "*\n"), source: excluded),
        .init(server: .emby, effect: .respects(marker: ".ignore", content: ""), source: excluded),
        .init(server: .emby, effect: .leavesOut(#"/\.[^/]+(/|$)"#), source: excluded),
      ]
  }()

  private static let kodi: [ServerRule] = {
    let settings = "github.com/xbmc/xbmc/blob/master/xbmc/settings/AdvancedSettings.cpp"
    let names = "kodi.wiki/view/Naming_video_files/TV_shows"
    return [
      #"s[0-9]+[ ._x-]*e[0-9]+[^/]*$"#, #"[._ -]?e(p[ ._-]?)?[0-9]+[^/]*$"#,
      #"[0-9]{4}[.-][0-9]{2}[.-][0-9]{2}"#, #"[0-9]{2}[.-][0-9]{2}[.-][0-9]{4}"#,
      #"[/._ \[(-][0-9]+x[0-9]+[^/]*$"#, #"[/._ -]p(ar)?t[_. -]([ivx]+|[0-9]+)[._ -][^/]*$"#,
      #"/[^/]+\.special\.[a-z0-9]+$"#, #"[/._ -][0-9]{3,}([a-i]|\.[1-9])?[._ -][^/]*$"#,
    ].map { .init(server: .kodi, effect: .adopts($0), source: settings) } + [
      .init(
        server: .kodi, effect: .leavesOut(#"[!-._ /]sample[-._ /]"#), source: settings),
      .init(server: .kodi, effect: .respects(marker: ".nomedia", content: ""), source: names),
    ]
  }()

  private static let sonarr: [ServerRule] = {
    let parser = "github.com/Sonarr/Sonarr/blob/develop/src/NzbDrone.Core/Parser/Parser.cs"
    let scan =
      "github.com/Sonarr/Sonarr/blob/develop/src/NzbDrone.Core/MediaFiles/DiskScanService.cs"
    let folders = [
      "extras", "extrafanart", "behind the scenes", "deleted scenes", "featurettes", "interviews",
      "other", "scenes", "samples?", "shorts", "trailers", "@eadir", "plex versions", #"\.[^/]+"#,
    ]
    // Tried on a file's name, on its folder's name before it, and on its folder's name alone.
    let adopted = [
      #"^(19[6-9]\d|20\d\d)[-_]?\d\d[-_]?\d\d"#, #"^\W*s?\d{1,4}[-_ ]?[ex]\d{1,3}"#,
      #"[-_\W]s?\d{1,2}([ex]|\W[ex]|_){1,2}\d{2,5}"#, #"[-_\W]s?\d{1,4}[-_. ]?e\d{1,3}"#,
      #"[-_\W]\d{4}\W?x\d{2,3}"#, #"[-_. ]s\d{1,4}([-_. ]?[ex]?\d{1,2})+"#,
      #"\W(part\W?|e)\d{1,2}(?!\d)"#, #"[-._ ]e\d{2,3}"#,
      #"\Wpart[-._ ](one|two|three|four|five|six|seven|eight|nine)[-._ ]"#, #"\W\d{1,2}of\d+"#,
      #"season\W?\d{1,4}"#, #"saison\W?\d{1,4}"#, #"s\d{2}(e\d{2})+"#,
      #"s\d{1,3}[\W_]?ep?[ ._]?\d{1,2}"#,
      #"\d{4}[-_. ]+[0-1]\d[-_. ]+[0-3]\d"#, #"[0-1]\d[-_. ]+[0-3]\d[-_. ]+\d{4}"#,
      #"[-_. ]episode[-_. ]+\d{1,3}"#, #"[_.-]\d{3}([_.]|$)"#, #"(^|[-_\W])\d{4}(\W|_|$)"#,
      #"[-_. ]+\d{2,3}(\.\d{1,2})?(?!\d|[ip])"#, #"(_|-|\s|\.)(e|ep)\d{2,3}"#, #"^\d{1,2}-\d{2,3}"#,
      #"\[第?\d+(-\d+)?话?\]"#, #"\.e\d{2,4}\.\d{6}\."#, #"[_. ]\d{1,2}-\d{1,2}"#,
    ]
    return adopted.map { .init(server: .sonarr, effect: .adopts($0), source: parser) }
      + folders.map { .init(server: .sonarr, effect: .leavesOut("/\($0)/"), source: scan) } + [
        .init(
          server: .sonarr,
          effect: .leavesOut(
            "-(trailer|other|behindthescenes|deleted|featurette|interview|scene|short)\\.[^./]+$"),
          source: scan)
      ]
  }()
}
