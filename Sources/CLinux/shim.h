#pragma once
// What Swift's Glibc module leaves out: it is built without _GNU_SOURCE, and its `syscall` is variadic.
#include <errno.h>
#include <fcntl.h>
#include <linux/stat.h>
#include <malloc.h>
#include <stdint.h>
#include <sys/fsuid.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { CLINUX_EMPTY_PATH = 0x1000 /* AT_EMPTY_PATH */ };

/// What a watcher needs to know of a file; times in nanoseconds since 1970.
struct clinux_status {
  uint64_t device;
  uint64_t inode;
  int64_t size_bytes;
  int64_t modified;
  int64_t changed;
  uint32_t owner;
  /// As in a folder's entries: DT_REG and the like.
  uint8_t type;
};

/// Asks for just those fields, so that a network file system need not ask its server for the rest. 0, or -1 and errno.
static inline int clinux_status_at(int folder, const char *name, int flags, struct clinux_status *status) {
  struct statx info;
  long result = syscall(SYS_statx, folder, name, flags,
                        STATX_TYPE | STATX_UID | STATX_INO | STATX_SIZE | STATX_MTIME | STATX_CTIME, &info);
  if (result != 0) return -1;
  status->device = makedev(info.stx_dev_major, info.stx_dev_minor);
  status->inode = info.stx_ino;
  status->size_bytes = (int64_t)info.stx_size;
  status->modified = info.stx_mtime.tv_sec * 1000000000LL + info.stx_mtime.tv_nsec;
  status->changed = info.stx_ctime.tv_sec * 1000000000LL + info.stx_ctime.tv_nsec;
  status->owner = info.stx_uid;
  status->type = (uint8_t)(info.stx_mode >> 12);
  return 0;
}

/// Bytes read, 0 at the end, or -1 and errno. The records are `linux_dirent64`.
static inline long clinux_read_folder(int folder, void *buffer, unsigned long size) {
  return syscall(SYS_getdents64, folder, buffer, size);
}

/// The magic number of the file system that an open file lies on, or -1 and errno.
static inline int64_t clinux_file_system(int file) {
  struct statfs info;
  return fstatfs(file, &info) == 0 ? (int64_t)(uint32_t)info.f_type : -1;
}

/// Where the first hole or the first data at or after an offset begins, or -1 and errno.
static inline int64_t clinux_hole(int file, int64_t offset) { return lseek(file, offset, 4 /* SEEK_HOLE */); }
static inline int64_t clinux_data(int file, int64_t offset) { return lseek(file, offset, 3 /* SEEK_DATA */); }

/// At most so many heaps for all threads. 1, or 0 where the allocator takes no such wish.
static inline int clinux_limit_heaps(int count) { return mallopt(M_ARENA_MAX, count); }

/// A block of at least so many bytes is given back to the system when it is freed, however often that was done before.
/// 1, or 0 where the allocator takes no such wish.
static inline int clinux_map_blocks_from(int bytes) { return mallopt(M_MMAP_THRESHOLD, bytes); }

/// Gives free pages of all heaps back to the system. 1 where there were any.
static inline int clinux_trim_heaps(void) { return malloc_trim(0); }
