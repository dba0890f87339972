import Settings

/// What is to become of a set of clips, for where its episode's file is now. Decided from what one look saw; pure.
enum Placement: Sendable, Hashable {
  case stays
  /// Somebody has moved it along with the file already.
  case found
  /// It lies where the file was, or under a name that is not the file's any more.
  case follows
  /// It went with a folder that is gone; the file is back, or elsewhere.
  case isCutAnew
  /// A person deleted it, and it stays deleted.
  case wasDeleted
  /// It went together with the file.
  case isLost
  /// The file is gone, and its clips are to go too.
  case isRemoved

  /// What a look at the disk saw.
  struct Sight: Sendable, Hashable {
    enum Folder: Sendable, Hashable {
      case ours, absent
      /// Somebody else's set or folder is there.
      case foreign
    }

    /// Whether the file is at one of its places.
    var isFileThere: Bool
    /// What is where the clips were published.
    var folder: Folder
    /// Whether that is the folder of the file's present name and place.
    var isHome = false
    /// Whether it is at least on the shelf of the file's present place.
    var isOnShelf = false
    /// Whether a set of the episode lies on the shelf of the file's present place, in another folder than the one known.
    var isFoundElsewhere = false
  }

  /// - Parameter wasLost: whether the clips went together with the file before.
  init(_ sight: Sight, wasLost: Bool, onDelete policy: DeletionPolicy) {
    switch (sight.isFileThere, sight.folder) {
    case (false, .ours): self = policy == .remove ? .isRemoved : .stays
    case (false, .absent): self = .isLost
    case (false, .foreign): self = .stays
    case (true, .ours): self = sight.isHome ? .stays : .follows
    case (true, .absent), (true, .foreign):
      if sight.isFoundElsewhere {
        self = .found
      } else if sight.folder == .foreign {
        self = .stays
      } else {
        self = wasLost || !sight.isOnShelf ? .isCutAnew : .wasDeleted
      }
    }
  }
}
